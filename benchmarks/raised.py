"""Accusations as they are raised when a report arrives: `python -m benchmarks.raised FOLDER [--draw FILE]`.

FOLDER is the corpus (reports/LEVEL/PLACE/YEAR.md). Each place's reports are given year by year, as they came;
what is accused of the year before while the next report is the newest text is counted, and how much of it
holds where all later reports are known. What a later text takes back is seen here only: who has read all that
`benchmarks.accusations` draws has not seen it. See there for reading a sample.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.accusations import EACH, GRADES, SEED, drawn
from benchmarks.places import PROCESSES, place_folders, versions_of
from benchmarks.samples import write
from tracking.dates import plan_year
from tracking.derive import derive
from tracking.memory.again import Memory, derive_again
from tracking.model import ACCUSATIONS, Change, Derived, Version


def told(change: Change) -> tuple[str, str | None, str, str | None]:
    """What an accusation says, whatever else is known: kind, grade, statement, year."""
    return change.change, change.grade, change.about, change.edition_from


def raised(versions: Sequence[Version]) -> list[tuple[Change, Derived, bool]]:
    """Accusations of each report when it was the newest one; with whether they hold today."""
    held = {told(change) for derived in derive(versions) for change in derived.changes}
    memory = Memory()
    found: list[tuple[Change, Derived, bool]] = []
    for newest, own in _as_they_came(versions):
        again = derive_again(own, (), memory, {v.sha256: v.sha256 for v in own})
        parts = {**memory.parts, **again.written}
        memory = Memory({name: part for name, part in parts.items() if name in again.needed})
        for derived in again.derived:
            found += [
                (change, derived, told(change) in held)
                for change in derived.changes
                if change.change in ACCUSATIONS and change.edition_to == str(newest)
            ]
    return found


def _as_they_came(versions: Sequence[Version]) -> list[tuple[int, list[Version]]]:
    """The year of each report with all reports up to it."""
    dated = sorted((year, v.sha256, v) for v in versions if (year := plan_year(v.reading)) is not None)
    years = sorted({year for year, *_ in dated})
    return [(year, sorted((v for y, _, v in dated if y <= year), key=lambda v: v.sha256)) for year in years]


def of_place(folder: Path) -> list[tuple[Change, Derived, bool]]:
    """The same for the reports of a folder."""
    return raised(versions_of(folder))


def main() -> int:
    """Print the counts; draw a sample of what later texts take back where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks.raised"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", type=Path, metavar="FILE", help="write a sample of what was taken back")
    parser.add_argument("--each", type=int, default=EACH, help=f"entries of each kind (else {EACH})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--every", type=int, default=1, metavar="K", help="of the places each K-th only")
    given = parser.parse_args()
    folders = place_folders(given.folder)[:: given.every]
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = [one for own in pool.map(of_place, folders) for one in own]
    counts = Counter((c.change, c.grade or "", holds) for c, _, holds in found)
    for (kind, grade, holds), n in sorted(counts.items()):
        print(f"{kind:10} {grade:9} {'still held' if holds else 'taken back'} {n}")
    if given.draw is not None:
        gone = [replace(derived, changes=(change,)) for change, derived, holds in found if not holds]
        rows = drawn(gone, given.each, given.seed, sorted(ACCUSATIONS), GRADES)
        write(given.draw, rows)
        print(f"{len(rows)} entries of {len({row.place for row in rows})} places in {given.draw}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
