"""Are the right statements linked: `python -m benchmarks.links FOLDER --draw FILE`, then a person reads.

    python -m benchmarks.links FOLDER --draw docs/samples/links.tsv --each 80 --seed 7
    python -m benchmarks.samples show docs/samples/links.tsv FOLDER          # then mark: see there
    python -m benchmarks.links FOLDER --again docs/samples/links.tsv         # precision and recall

FOLDER is the corpus. How it is sampled: every promise of a whole report whose next whole report is that
of the very next year is looked at. Promises that are linked to something in that report make the `made`
rows: one promise and one of the statements linked to it, at random. Promises that are linked to nothing
there make the `near` rows: the promise with the (at most) three statements of that report that read most
like it, whatever forbade the link. EACH are drawn at random of `made target`, `made action`,
`near target` and `near action`; no more than a tenth of them from one place.

Precision: of the `made` rows those that a reader calls right. Recall: what a reader would link and is
linked, of all that a reader would link; each row weighed by how many promises of the corpus it stands for.
A `near` row is right where it was rightly left alone, wrong where one of the three (or another statement
of that report that the reader comes across) should have been linked. --again asks today's rules about the
same promises.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import places as corpus_places
from benchmarks.places import PROCESSES, place_folders
from benchmarks.samples import Row, cite, load, tally, write
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.grams import cosine, vector
from tracking.keys import ID_LENGTH, digest
from tracking.mentions import Mention
from tracking.terms import head
from tracking.threads import Thread

SEED = 20261121
EACH = 80
GROUPS = ("made target", "made action", "near target", "near action")
SHOWN = 3
LEAST = 0.3
"""How alike a statement must read to be shown beside a promise."""


def promises_of(folder: Path, wanted: frozenset[str] = frozenset()) -> list[Row]:
    """A row for each promise of the place that the next year's whole report could speak of.

    wanted: ids of rows that are to show what reads most like them, which takes long for all.
    The id is that of the promise and the report.
    """
    versions = corpus_places.versions_of(folder)
    decided = Decisions({v.sha256: v for v in versions}, ())
    whole = {
        int(r.plan_year.value): v.sha256
        for v in versions
        if (r := v.reading).plan_year is not None and r.complete is not None
    }
    return [
        row
        for owner, mentions in mentions_told(versions, decided)
        if owner.name == folder.name
        for row in _rows(mentions, decided, whole, wanted)
    ]


def _rows(
    mentions: Sequence[Mention], decided: Decisions, whole: dict[int, str], wanted: Collection[str]
) -> Iterator[Row]:
    threads: dict[tuple[str, str], Thread] = {}
    told: dict[str, list[Mention]] = defaultdict(list)
    for thread in decided.threads(mentions):
        for mention in thread.mentions:
            threads[mention.id] = thread
            told[mention.version.sha256].append(mention)
    for promise in mentions:
        if promise.role != "promise" or promise.framework is not None or promise.retrospective:
            continue
        text = whole.get(promise.said + 1)
        if text is None or whole.get(promise.said) != promise.version.sha256:
            continue
        thread = threads[promise.id]
        linked = [(m, thread.joined[m.id][0]) for m in thread.mentions if m.version.sha256 == text]
        row = _row(promise, text, linked)
        near = _near(promise, told[text]) if row.id in wanted and not linked else ()
        yield replace(row, near=" ".join(cite(m.version.sha256, m.spans) for m in near))


def _near(promise: Mention, others: Sequence[Mention]) -> tuple[Mention, ...]:
    """The statements that read most like the promise, by their objects or by their whole clauses."""
    own = vector(promise.terms.head), vector(head(promise.statement.text))
    scored: dict[tuple[tuple[int, int], ...], tuple[float, Mention]] = {}
    for other in others:
        alike = max(
            cosine(own[0], vector(other.terms.head)), cosine(own[1], vector(head(other.statement.text)))
        )
        if alike >= LEAST and alike > scored.get(other.spans, (0.0, other))[0]:
            scored[other.spans] = (alike, other)
    best = sorted(scored.values(), key=lambda pair: (-pair[0], pair[1].id))[:SHOWN]
    return tuple(other for _, other in best)


def _row(promise: Mention, text: str, linked: Sequence[tuple[Mention, str]]) -> Row:
    name = digest("pair", promise.version.sha256, promise.spans, promise.slot, text)[:ID_LENGTH]
    partner = random.Random(name).choice(linked) if linked else None
    return Row(
        number=0,
        id=name,
        group=f"{'made' if partner else 'near'} {promise.statement.kind}",
        place=promise.version.reading.place.name,
        edition_from=promise.edition,
        edition_to=str(promise.said + 1),
        old=cite(promise.version.sha256, promise.spans),
        new=cite(partner[0].version.sha256, partner[0].spans) if partner else "",
        near="",
        text="" if partner else text,
        why=f"{partner[0].role}, {partner[1].partition(':')[0]}" if partner else "",
    )


def drawn(rows: Sequence[Row], each: int, seed: int) -> list[Row]:
    """EACH rows of every group at random, at most a tenth of them from one place, weighed by how many
    promises they stand for."""
    draw = random.Random(seed)
    sample: list[Row] = []
    for group in GROUPS:
        own = sorted((row for row in rows if row.group == group), key=lambda row: row.id)
        taken: Counter[str] = Counter()
        kept: list[Row] = []
        for row in draw.sample(own, len(own)):
            if len(kept) < each and taken[row.place] < max(1, each // 10):
                taken[row.place] += 1
                kept.append(row)
        sample += [replace(row, weight=round(len(own) / len(kept), 3)) for row in kept]
    return [replace(row, number=at) for at, row in enumerate(sample, 1)]


def recall(rows: Sequence[Row], kind: str = "") -> float | None:
    """Of what a reader would link, the share that is linked, each row for as many as it stands for.

    kind: target or action, else both. A `made` row that is wrong counts for nothing here: whether another
    statement should have been linked was not asked.
    """
    own = [row for row in rows if row.group.endswith(kind)]
    hit = sum(row.weight for row in own if row.group.startswith("made") and row.verdict == "right")
    lost = sum(row.weight for row in own if row.group.startswith("near") and row.verdict == "wrong")
    return hit / (hit + lost) if hit + lost else None


def again(rows: Sequence[Row], today: dict[str, Row]) -> list[str]:
    """What was read, and what today's rules say of the promises otherwise."""
    lines = tally(rows, {row.id for row in rows if row.id in today and _same(row, today[row.id])})
    for kind in ("target", "action", ""):
        share = recall(rows, kind)
        if share is not None:
            lines.append(f"recall as drawn, {kind or 'all'}: {share:.3f}")
    lines += as_data(rows)
    for row in rows:
        now = today.get(row.id)
        if row.verdict and (now is None or not _same(row, now)):
            state = "no promise" if now is None else f"{now.group} {now.new}"
            lines.append(f"{row.number}: {row.group} was {row.verdict}, today {state}")
    return lines


def as_data(rows: Sequence[Row]) -> list[str]:
    """The lines of tracking/data/link_error.yml: what scorecards allow for."""
    made, near = (
        [row for row in rows if row.verdict and row.group.startswith(kind)] for kind in ("made", "near")
    )
    right = sum(row.verdict == "right" for row in made)
    share = recall(rows) or 0.0
    return [
        f"made: {{read: {len(made)}, right: {right}}}",
        f"found: {{read: {len(near)}, share: {share:.2f}}}",
    ]


def _same(row: Row, now: Row) -> bool:
    return (row.group, row.new) == (now.group, now.new)


def main() -> int:
    """Draw a sample, or say what came of one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks.links"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", type=Path, metavar="FILE", help="write a sample for reading")
    parser.add_argument("--each", type=int, default=EACH, help=f"rows of each group (else {EACH})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--again", type=Path, metavar="FILE", help="ask today's rules about a sample")
    given = parser.parse_args()
    folders = place_folders(given.folder)
    if given.again:
        sample = load(given.again)
        names = {row.place for row in sample}
        rows = _all([f for f in folders if f.name in names])
        print("\n".join(again(sample, {row.id: row for row in rows})))
        return 0
    rows = _all(folders)
    counts = Counter(row.group for row in rows)
    print(f"{len(rows)} promises with a next report: " + ", ".join(f"{counts[g]} {g}" for g in GROUPS))
    if given.draw:
        kept = drawn(rows, given.each, given.seed)
        names = {row.place for row in kept}
        full = _all([f for f in folders if f.name in names], frozenset(row.id for row in kept))
        near = {row.id: row.near for row in full}
        write(given.draw, [replace(row, near=near[row.id]) for row in kept])
        print(f"{len(kept)} rows of {len(names)} places in {given.draw}")
    return 0


def _all(folders: Sequence[Path], wanted: frozenset[str] = frozenset()) -> list[Row]:
    with ProcessPoolExecutor(PROCESSES) as pool:
        return [row for own in pool.map(partial(promises_of, wanted=wanted), folders) for row in own]


if __name__ == "__main__":
    raise SystemExit(main())
