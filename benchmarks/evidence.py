"""What a piece of evidence is worth: `python -m benchmarks.evidence FOLDER` prints data/evidence.yml.

FOLDER is the corpus. Fitted is a logistic regression to pairs that were read by hand (docs/samples;
all but links.tsv, on which the published figures rest): statements proposed for a promise to which nothing
is linked, and statements that read most like one that was rightly left alone. Unclear pairs count as wrong, a
little less. Deterministic: fixed order, fixed steps.

Printed are the worth of each piece, and how many pairs of each stretch of evidence were right, each place
judged by what the other places taught (ten folds).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy
import numpy.typing

from benchmarks import places as corpus_places
from benchmarks.places import PROCESSES, place_folders
from benchmarks.samples import Row, cited, load
from tracking.candidates import OVERLOOKED
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.evidence import OF_THE_THING, Pieces, pieces_of, sound
from tracking.mentions import Mention
from tracking.said import Said
from tracking.vetoes import veto

SAMPLES = Path(__file__).parent.parent / "docs" / "samples"
FOLDS = 10
SHRINK = 3.0
UNCLEAR = 0.6
BOUNDS = (3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.0, -1.0)

Numbers = numpy.typing.NDArray[numpy.float64]


class Pair(NamedTuple):
    """A pair that was read: where, what speaks for it, what the reader said."""

    place: str
    pieces: Pieces
    verdict: str


def read_pairs() -> Iterator[tuple[str, str, str, str]]:
    """(place, promise, statement, verdict) of every pair that a sample says something of."""
    for path in sorted(SAMPLES.glob("links-*.tsv")):
        for row in load(path):
            yield from _pairs(row)


def _pairs(row: Row) -> Iterator[tuple[str, str, str, str]]:
    near = row.group.startswith("near")
    if not row.verdict or (near and row.verdict != "right"):
        return
    several = len(row.new.split()) > 1
    if several and row.verdict == "right":
        return  # which of them is right is not said
    for other in (row.near if near else row.new).split():
        yield row.place, row.old, other, "wrong" if near else row.verdict


def pairs_of(folder: Path, wanted: Sequence[tuple[str, str, str]]) -> list[Pair]:
    """What speaks for the pairs of a place that are not linked and that nothing bars today."""
    versions = corpus_places.versions_of(folder)
    decided = Decisions({v.sha256: v for v in versions}, ())
    found = []
    for owner, mentions in mentions_told(versions, decided):
        if owner.name != folder.name:
            continue
        home = {m.id: n for n, t in enumerate(decided.threads(mentions)) for m in t.mentions}
        later = {(home[m.id], m.said) for m in mentions}
        years: dict[int, Said] = {}
        promised: dict[int, Said] = {}
        by_year: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_year[mention.said].append(mention)
        for year, own in by_year.items():
            years[year] = Said(own)
            promised[year] = Said(m for m in own if m.role == "promise" and not m.retrospective)
        for old, new, verdict in wanted:
            at, there = _at(promised, old), _at(years, new)
            if at is None or there is None:
                continue
            promises, others = promised[at[0]], years[there[0]]
            promise = promises.mentions[at[1]]
            mine, its = promises.told[at[1]].side, others.told[there[1]].side
            pieces = pieces_of(promises, at[1], others, there[1])
            barred = veto(mine.guise, its.guise) not in {None, *OVERLOOKED} or not sound(
                mine.guise, its.guise
            )
            linked = (home[promise.id], promise.said + 1) in later
            if not barred and not linked and pieces.held >= OF_THE_THING:
                found.append(Pair(folder.name, pieces, verdict))
    return found


def _at(years: dict[int, Said], words: str) -> tuple[int, int] | None:
    """Year and number of the mention that stands where a sample says."""
    [(sha, spans)] = cited(words)
    for year, said in years.items():
        for at, mention in enumerate(said.mentions):
            if mention.version.sha256 == sha and list(mention.spans) == spans:
                return year, at
    return None


def fit(pairs: Sequence[Pair]) -> Numbers:
    """Base and worth of the pieces: logistic regression with a little shrinking, by Newton's method."""
    values = numpy.array([pair.pieces for pair in pairs], float)
    right = numpy.array([pair.verdict == "right" for pair in pairs], float)
    counts = numpy.array([UNCLEAR if pair.verdict == "unclear" else 1.0 for pair in pairs])
    middle, spread = values.mean(0), values.std(0) + 1e-9
    known = numpy.column_stack([numpy.ones(len(pairs)), (values - middle) / spread])
    shrink = numpy.diag([0.0] + [SHRINK] * values.shape[1])
    worth = numpy.zeros(known.shape[1])
    for _ in range(30):
        likely = 1 / (1 + numpy.exp(-known @ worth))
        slope = known.T @ (counts * (likely - right)) + shrink @ worth
        bend = (known * (counts * likely * (1 - likely))[:, None]).T @ known + shrink
        worth = worth - numpy.linalg.solve(bend, slope)
    each = worth[1:] / spread
    return numpy.concatenate([[worth[0] - each @ middle], each])


def judged(pairs: Sequence[Pair]) -> list[tuple[float, str]]:
    """Evidence and verdict of each pair, by what the other places taught."""
    found = []
    for fold in range(FOLDS):
        taught = fit([p for p in pairs if crc32(p.place.encode()) % FOLDS != fold])
        for pair in pairs:
            if crc32(pair.place.encode()) % FOLDS == fold:
                found.append((float(taught[0] + taught[1:] @ numpy.array(pair.pieces)), pair.verdict))
    return found


def main() -> int:
    """Print the lines of the data file and the table of stretches."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    wanted: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for place, *words in dict.fromkeys(read_pairs()):
        wanted[place].append((words[0], words[1], words[2]))
    folders = [f for f in place_folders(Path(sys.argv[1])) if f.name in wanted]
    with ProcessPoolExecutor(PROCESSES) as pool:
        own = pool.map(pairs_of, folders, [wanted[f.name] for f in folders])
        pairs = [pair for found in own for pair in found]
    for name, value in zip(("base", *Pieces._fields), fit(pairs), strict=True):
        print(f"{name}: {value:.2f}")
    print(f"\n{len(pairs)} pairs of {len({p.place for p in pairs})} places")
    print("| evidence | right | wrong | unclear |\n| --- | --- | --- | --- |")
    known = judged(pairs)
    for low, high in zip((*BOUNDS, float("-inf")), (float("inf"), *BOUNDS), strict=True):
        counts = Counter(verdict for value, verdict in known if low <= value < high)
        print(f"| {low} to {high} | {counts['right']} | {counts['wrong']} | {counts['unclear']} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
