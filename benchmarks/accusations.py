"""How often a place would be accused, and on what: `python -m benchmarks.accusations FOLDER`.

FOLDER is the corpus (reports/LEVEL/PLACE/YEAR.md). Prints counts by kind and grade, and the share of
`dropped` among what could be dropped, by place and year. To read a sample by hand:

    python -m benchmarks.accusations FOLDER --draw docs/samples/accusations.tsv --each 150 --seed 7
    python -m benchmarks.samples show docs/samples/accusations.tsv FOLDER      # then mark, tally: see there
    python -m benchmarks.accusations FOLDER --again docs/samples/accusations.tsv

--draw takes EACH entries of every kind at random among those of the grades asked for (all where there are
fewer). --again counts the verdicts anew beside those of entries that today's rules still write.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.places import all_concluded
from benchmarks.samples import Row, cite, load, tally, write
from tracking.changes.suspect import LEAST, MOST, shares
from tracking.model import ACCUSATIONS, Change, Derived

SEED = 20261121
EACH = 150
GRADES = ("stated", "inferred")


def dropped_shares(places: list[Derived]) -> Iterator[tuple[str, str, int, int]]:
    """(place, year, dropped, could be dropped): indicators set in two editions running, and the next year."""
    for derived in places:
        whole = {int(e.period) for e in derived.editions if e.complete and e.period.isdigit()}
        lives = {c.id: c.life for c in derived.commitments}
        for year, (gone, could) in shares(derived.changes, lives, whole).items():
            yield derived.commitments[0].district, str(year), gone, could


def row_of(change: Change, derived: Derived) -> Row:
    """An entry as a row of a sample, not yet numbered."""
    sides = {
        side: " ".join(cite(e.sha256, e.spans) for e in change.evidence if e.side == side)
        for side in ("old", "new")
    }
    near = (change.searched or {}).get("nearest", ())
    told = [f"{f.field}: {f.old} → {f.new}" for f in change.fields]
    return Row(
        number=0,
        id=change.id,
        group=f"{change.change} {change.grade}",
        place=change.district,
        edition_from=change.edition_from or "",
        edition_to=change.edition_to or "",
        old=sides["old"],
        new=sides["new"],
        near=" ".join(cite(n["sha256"], [(n["start"], n["end"])]) for n in near),
        text="" if sides["new"] else _silent(change, derived),
        why="; ".join([change.why, *told]),
    )


def _silent(change: Change, derived: Derived) -> str:
    """The text found silent."""
    near = (change.searched or {}).get("nearest", ())
    whole = (e.documents for e in derived.editions if e.complete and e.period == change.edition_to)
    return str(near[0]["sha256"]) if near else next(whole, ("",))[0]


def drawn(
    places: Sequence[Derived], each: int, seed: int, kinds: Sequence[str], grades: Sequence[str]
) -> list[Row]:
    """A random sample, numbered kind by kind in random order."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for kind in sorted(kinds):
        found = {c.id: (c, d) for d in places for c in d.changes if c.change == kind and c.grade in grades}
        for name in draw.sample(sorted(found), min(each, len(found))):
            rows.append(row_of(*found[name]))
    return [replace(row, number=at) for at, row in enumerate(rows, 1)]


def as_data(rows: Sequence[Row]) -> list[str]:
    """The lines of tracking/data/accusation_error.yml: what scorecards allow for."""
    lines = []
    for kind in sorted(ACCUSATIONS):
        own = [row for row in rows if row.verdict and row.group.startswith(kind)]
        if own:
            lines.append(f"{kind}: {{read: {len(own)}, right: {sum(r.verdict == 'right' for r in own)}}}")
    return lines


def main() -> int:
    """Print the counts; draw a sample or count its verdicts where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="benchmarks.accusations",
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", type=Path, metavar="FILE", help="write a sample for reading")
    parser.add_argument("--each", type=int, default=EACH, help=f"entries of each kind (else {EACH})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kind", nargs="+", default=sorted(ACCUSATIONS), choices=sorted(ACCUSATIONS))
    parser.add_argument("--grade", nargs="+", default=GRADES, choices=(*GRADES, "apparent"))
    parser.add_argument("--again", type=Path, metavar="FILE", help="count the verdicts of a sample anew")
    given = parser.parse_args()
    places = [d for _, derived in all_concluded(given.folder) for d in derived]
    if given.again is not None:
        today = {c.id for d in places for c in d.changes}
        rows = load(given.again)
        print("\n".join([*tally(rows, today), *as_data(rows)]))
        return 0
    counts = Counter((c.change, c.grade or "") for d in places for c in d.changes)
    for (kind, grade), n in sorted(counts.items()):
        print(f"{kind:10} {grade:9} {n}")
    shares = list(dropped_shares(places))
    total = sum(gone for *_, gone, _ in shares), sum(could for *_, could in shares)
    high = [row for row in shares if row[3] >= LEAST and row[2] / row[3] > MOST]
    print(f"dropped: {total[0]} of {total[1]} that could be, over {len(shares)} place-years")
    print(f"place-years with at least {LEAST} of which more than {MOST:.0%} dropped: {len(high)}")
    for place, year, gone, could in sorted(high, key=lambda row: -row[2] / row[3]):
        print(f"  {place} {year}: {gone} of {could}")
    if given.draw is not None:
        rows = drawn(places, given.each, given.seed, given.kind, given.grade)
        write(given.draw, rows)
        print(f"{len(rows)} entries of {len({row.place for row in rows})} places in {given.draw}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
