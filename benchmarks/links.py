"""Are the right statements linked: `python -m benchmarks.links FOLDER --draw FILE`, then a person reads.

    python -m benchmarks.links FOLDER --draw docs/samples/links.tsv --seed 7
    python -m benchmarks.samples show docs/samples/links.tsv FOLDER          # then mark: see there
    python -m benchmarks.links FOLDER --again docs/samples/links.tsv         # precision and recall

FOLDER is the corpus. How it is sampled: every promise of a whole report whose next whole report is that
of the very next year is looked at. Promises that are linked to something in that report make the `made`
rows: one promise and one of the statements linked to it, at random. Promises for which statements there are
only proposed (`tracking.doubts`: a person is asked, nothing is concluded) make the `asked` rows: the promise
and those that are proposed, the surest first. Promises
with neither make the `near` rows: the promise with the (at most) three statements of that report that read
most like it, whatever forbade the link. Of each group and kind as many are drawn at random as EACH says; no
more than a tenth of them from one place.

Precision: of the `made` rows those that a reader calls right. Found: of all promises that a reader would link
to something in that report those that are linked (`sure`), and those that are linked or have the right
statement proposed; each row weighed by how many promises of the corpus it stands for. An `asked` row is right
where one of those proposed is what a reader would link; else wrong, with a note that begins with `lost`
where a reader would link another. A `near` row is right where it was rightly left alone, wrong where one of
the three (or another statement of that report that the reader comes across) should have been linked; its
note begins with `not read` where the words were never read as a statement: no link could find them.
--again asks today's rules about the same promises.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import places as corpus_places
from benchmarks.places import PROCESSES, place_folders
from benchmarks.samples import Row, cite, load, tally, write
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.doubts import doubts_among
from tracking.grams import cosine, vector
from tracking.keys import ID_LENGTH, digest
from tracking.mentions import Mention
from tracking.owners import Owner
from tracking.terms import head
from tracking.threads import Thread
from tracking.told import told_in

SEED = 20261121
EACH = {"made": 100, "asked": 45, "near": 50}
GROUPS = tuple(f"{way} {kind}" for way in EACH for kind in ("target", "action"))
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
        for row in _rows(owner, mentions, decided, whole, wanted)
    ]


def _rows(
    owner: Owner,
    mentions: Sequence[Mention],
    decided: Decisions,
    whole: dict[int, str],
    wanted: Collection[str],
) -> Iterator[Row]:
    threads: dict[tuple[str, str], Thread] = {}
    told: dict[str, list[Mention]] = defaultdict(list)
    found, doubts = doubts_among(owner, mentions, decided)
    for thread in found:
        for mention in thread.mentions:
            threads[mention.id] = thread
            told[mention.version.sha256].append(mention)
    beside = told_in(mentions, found)
    asked: dict[int, list[Thread]] = defaultdict(list)
    for doubt in sorted(doubts, key=lambda d: (-d.confidence, d.left.id, d.right.id)):
        left, right = threads[doubt.left.id], threads[doubt.right.id]
        asked[id(left)].append(right)
        asked[id(right)].append(left)
    for promise in mentions:
        if promise.role != "promise" or promise.framework is not None or promise.retrospective:
            continue
        text = whole.get(promise.said + 1)
        if text is None or whole.get(promise.said) != promise.version.sha256:
            continue
        thread = threads[promise.id]
        linked = [(m, thread.joined[m.id][0]) for m in thread.mentions if m.version.sha256 == text]
        one = beside.get(promise.id)
        if one is not None and not one.asked and not linked and one.mention.version.sha256 == text:
            linked = [(one.mention, one.why)]
        proposed = [m for t in asked[id(thread)] for m in t.mentions if m.version.sha256 == text]
        row = _row(promise, text, linked, () if linked else proposed)
        near = _near(promise, told[text]) if row.id in wanted and row.text else ()
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


def _row(
    promise: Mention, text: str, linked: Sequence[tuple[Mention, str]], proposed: Sequence[Mention] = ()
) -> Row:
    name = digest("pair", promise.version.sha256, promise.spans, promise.slot, text)[:ID_LENGTH]
    partner = random.Random(name).choice(linked) if linked else None
    shown = [partner[0]] if partner else proposed
    return Row(
        number=0,
        id=name,
        group=f"{'made' if partner else 'asked' if proposed else 'near'} {promise.statement.kind}",
        place=promise.version.reading.place.name,
        edition_from=promise.edition,
        edition_to=str(promise.said + 1),
        old=cite(promise.version.sha256, promise.spans),
        new=" ".join(dict.fromkeys(cite(m.version.sha256, m.spans) for m in shown)),
        near="",
        text="" if partner else text,
        why=f"{partner[0].role}, {partner[1].partition(':')[0]}" if partner else "",
    )


def drawn(rows: Sequence[Row], seed: int, each: Mapping[str, int] = EACH) -> list[Row]:
    """Rows of every group at random, as many as EACH says, at most a tenth of them from one place, weighed by
    how many promises they stand for."""
    draw = random.Random(seed)
    sample: list[Row] = []
    for group in GROUPS:
        most = each[group.split()[0]]
        own = sorted((row for row in rows if row.group == group), key=lambda row: row.id)
        taken: Counter[str] = Counter()
        kept: list[Row] = []
        for row in draw.sample(own, len(own)):
            if len(kept) < most and taken[row.place] < max(1, most // 10):
                taken[row.place] += 1
                kept.append(row)
        sample += [replace(row, weight=round(len(own) / len(kept), 3)) for row in kept]
    return [replace(row, number=at) for at, row in enumerate(sample, 1)]


def recall(
    rows: Sequence[Row], kind: str = "", *, proposed: bool = False, read: bool = False
) -> float | None:
    """Of what a reader would link, the share that is linked, each row for as many as it stands for.

    kind: target or action, else both. proposed: linked, or the right statement is proposed. read: of pairs
    of statements, without the `near` rows whose note begins with `not read`: what the reader saw there was
    never read as a statement. A `made` row that is wrong counts for nothing here: whether another statement
    should have been linked was not asked.
    """
    own = [row for row in rows if row.group.endswith(kind)]

    def weight(way: str, verdict: str, note: str = "") -> float:
        fitting = (r for r in own if r.group.startswith(way) and r.verdict == verdict)
        return sum(row.weight for row in fitting if row.note.startswith(note))

    made, asked = weight("made", "right"), weight("asked", "right")
    every = made + asked + weight("asked", "wrong", "lost") + weight("near", "wrong")
    every -= weight("near", "wrong", "not read") if read else 0.0
    return (made + proposed * asked) / every if every else None


def again(rows: Sequence[Row], today: dict[str, Row]) -> list[str]:
    """What was read, and what today's rules say of the promises otherwise."""
    lines = tally(rows, {row.id for row in rows if row.id in today and _same(row, today[row.id])})
    for kind in ("target", "action", ""):
        share = recall(rows, kind)
        if share is not None:
            both = recall(rows, kind, proposed=True)
            pairs = [recall(rows, kind, proposed=p, read=True) or 0.0 for p in (False, True)]
            lines.append(f"found as drawn, {kind or 'all'}: {share:.3f} sure, {both:.3f} sure or proposed")
            lines.append(
                f"  of pairs of statements read: {pairs[0]:.3f} sure, {pairs[1]:.3f} sure or proposed"
            )
    lines += as_data(rows)
    for row in rows:
        now = today.get(row.id)
        if row.verdict and (now is None or not _same(row, now)):
            state = "no promise" if now is None else f"{now.group} {now.new}"
            lines.append(f"{row.number}: {row.group} was {row.verdict}, today {state}")
    return lines


def as_data(rows: Sequence[Row]) -> list[str]:
    """The lines of tracking/data/link_error.yml: what scorecards allow for."""
    made = [row for row in rows if row.verdict and row.group.startswith("made")]
    near = [row for row in rows if row.verdict and not row.group.startswith("made")]
    right = sum(row.verdict == "right" for row in made)
    share = recall(rows) or 0.0
    return [
        f"made: {{read: {len(made)}, right: {right}}}",
        f"found: {{read: {len(near)}, share: {share:.2f}}}",
    ]


def _same(row: Row, now: Row) -> bool:
    """Whether the same is said today: what was proposed then is among what is proposed."""
    return row.group == now.group and set(row.new.split()) <= set(now.new.split())


def main() -> int:
    """Draw a sample, or say what came of one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks.links"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", type=Path, metavar="FILE", help="write a sample for reading")
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
        kept = drawn(rows, given.seed)
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
