"""How often a place would be accused, and on what: `python -m benchmarks.accusations FOLDER [SAMPLE]`.

FOLDER is the corpus (reports/LEVEL/PLACE/YEAR.md). Prints counts by kind and grade, and the share of
`dropped` among what could be dropped, by place and year. SAMPLE: a file to write a seeded sample to, to be
read by a person: what was promised, what a later text says, what was searched for.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.places import all_concluded
from tracking.model import ACCUSATIONS, Change, Derived, Version

SEED = 20261120
EACH = 30
"""Entries of each kind and grade that are sampled."""
MOST = 0.05


def dropped_shares(places: list[Derived]) -> Iterator[tuple[str, str, int, int]]:
    """(place, year, dropped, could be dropped): indicators set in two editions running, and the next year."""
    for derived in places:
        told: Counter[str] = Counter()
        gone: Counter[str] = Counter()
        whole = {e.period for e in derived.editions if e.complete}
        names = {c.id: c for c in derived.commitments}
        for change in derived.changes:
            if change.change == "dropped" and change.grade != "apparent":
                gone[str(change.edition_to)] += 1
            life = names[change.commitment].life
            again = change.change in ("restated", "changed") and life == "recurring"
            if again and change.edition_to and change.edition_to.isdigit():
                following = str(int(change.edition_to) + 1)
                told[following] += following in whole
        for year in sorted(told):
            if told[year]:
                yield derived.commitments[0].district, year, gone[year], told[year]


def shown(change: Change, title: str, texts: dict[str, Version]) -> str:
    """One entry with its evidence, for reading."""
    lines = [
        f"## {change.change} {change.grade} {change.district} {change.edition_from} → {change.edition_to}"
    ]
    lines.append(f"{title}: {change.why} {[(f.field, f.old, f.new) for f in change.fields]}")
    for piece in change.evidence:
        body = texts[piece.sha256].reading.source.text
        start, end = piece.spans[0][0], piece.spans[-1][1]
        before, behind = body[max(0, start - 40) : start], body[end : end + 20]
        lines.append(f"  {piece.side}: {before}【{piece.quote}】{behind}".replace("\n", "|"))
    if change.searched:
        lines.append(f"  searched: {'、'.join(change.searched['terms'][:8])}")
        for near in change.searched["nearest"]:
            passage = texts[near["sha256"]].reading.source.text[near["start"] : near["end"]]
            lines.append(f"  ~ {passage[:150]}".replace("\n", "|"))
    return "\n".join(lines)


def main() -> int:
    """Print the counts; write the sample where one is asked for."""
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    texts: dict[str, Version] = {}
    places: list[Derived] = []
    for versions, derived in all_concluded(Path(sys.argv[1])):
        texts |= {v.sha256: v for v in versions}
        places += derived
    print(f"{len(texts)} texts, {len(places)} places and levels")
    counts = Counter((c.change, c.grade or "") for d in places for c in d.changes)
    for (kind, grade), n in sorted(counts.items()):
        print(f"{kind:10} {grade:9} {n}")
    shares = list(dropped_shares(places))
    total = sum(gone for *_, gone, _ in shares), sum(could for *_, could in shares)
    high = [row for row in shares if row[3] >= 10 and row[2] / row[3] > MOST]
    print(f"dropped: {total[0]} of {total[1]} that could be, over {len(shares)} place-years")
    print(f"place-years with at least 10 of which more than {MOST:.0%} dropped: {len(high)}")
    for place, year, gone, could in sorted(high, key=lambda row: -row[2] / row[3])[:10]:
        print(f"  {place} {year}: {gone} of {could}")
    if len(sys.argv) == 3:
        Path(sys.argv[2]).write_text("\n\n".join(_sample(places, texts)) + "\n", encoding="utf-8")
    return 0


def _sample(places: list[Derived], texts: dict[str, Version]) -> Iterator[str]:
    draw = random.Random(SEED)
    for kind in sorted(ACCUSATIONS):
        for grade in ("stated", "inferred", "apparent"):
            found = sorted(
                (
                    (c.id, c, names[c.commitment])
                    for d in places
                    for names in [{m.id: m.title for m in d.commitments}]
                    for c in d.changes
                    if (c.change, c.grade) == (kind, grade)
                ),
                key=lambda row: row[0],
            )
            for _, change, title in draw.sample(found, min(EACH, len(found))):
                yield shown(change, title, texts)


if __name__ == "__main__":
    raise SystemExit(main())
