"""What a new report of a city leaves for people: `python -m benchmarks.review_queue FOLDER [PLACE ...]`.

FOLDER is the corpus. For each place (else twelve cities with at least five reports, drawn with a fixed seed)
its newest report is taken as new: printed are the accusations and the unsure links that it adds to the
queue, and how many links wait behind `duixian review --all`.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from benchmarks.places import place_folders, versions_of
from tracking.derive import derive
from tracking.doubts import MOST, doubts, most_harmful
from tracking.model import ACCUSATIONS
from tracking.owners import Owner

SEED = 20261121
PLACES = 12


def left_by_newest(folder: Path) -> tuple[int, int, int]:
    """(accusations, links asked about, links that wait) which the newest report of a place adds."""
    versions = sorted(versions_of(folder), key=lambda v: v.document)
    newest = versions[-1].reading.plan_year
    year = int(newest.value) if newest else 0
    known = {c.id for d in derive(versions[:-1]) for c in d.changes}
    fresh = [c for d in derive(versions) for c in d.changes if c.change in ACCUSATIONS and c.id not in known]
    accused = {(e.sha256, e.spans) for c in fresh for e in c.evidence}
    taken = Counter((Owner(c.place_code, c.level, c.district), int(c.edition_to or 0)) for c in fresh)
    every = list(doubts(versions))
    asked = [d for _, d in most_harmful(every, accused, taken) if d.later == year]
    return len(fresh), len(asked), sum(d.later == year for d in every)


def main() -> int:
    """Print the table; 1 where a report leaves more than the bar."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folders = place_folders(Path(sys.argv[1]))
    many = [f for f in folders if f.parent.name == "city" and len(list(f.glob("*.md"))) >= 5]
    chosen = [f for f in folders if f.name in sys.argv[2:]] or random.Random(SEED).sample(many, PLACES)
    most = 0
    print("| newest report of | accusations | links asked about | items | links that wait |")
    print("| --- | --- | --- | --- | --- |")
    for folder in chosen:
        accusations, asked, every = left_by_newest(folder)
        most = max(most, accusations + asked)
        print(f"| {folder.name} | {accusations} | {asked} | {accusations + asked} | {every - asked} |")
    print(f"most: {most} (bar {MOST})")
    return int(most > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
