"""The absence step alone: `python -m benchmarks.absences FOLDER [--each N] [--seed S] [--show]`.

FOLDER is the corpus. Links that are known to be right are hidden, first as if linking had failed, then as if
the reader had passed over the linked statements too, and the step that concludes from silence is asked
about the promise. What was linked stands in the later text, so every accusation is false; one that is
graded `apparent` says itself that it is weak. EACH links are drawn at random of both kinds that the step
is asked about:

- dropped: an indicator set three years running, told in the third year by the same indicator or words;
- unreported: a deed or amount due within its year, told in the next report by the same name or words.

Prints how many of the hidden links end as nothing, as `apparent` and as a graded accusation; --show
prints the latter with their words.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import places as corpus_places
from benchmarks.places import PROCESSES, place_folders
from tracking.changes.dropped import dropped, set_again
from tracking.changes.unreported import due_back, unreported
from tracking.derive import stories_told
from tracking.links import EQUAL
from tracking.mentions import Mention
from tracking.model import Change
from tracking.shelf import Shelf
from tracking.stories import Story
from tracking.threads import Thread

SEED = 20261121
EACH = 100
MOST = 0.02
KINDS = ("dropped", "unreported")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden link: of which kind of silence, which words stood there.

    change: what was concluded without the link (None: nothing). unread: without the statements too.
    """

    kind: str
    place: str
    year: int
    promised: str
    told: str
    change: Change | None
    unread: Change | None


def hidden_in(folder: Path) -> list[Hidden]:
    """Every link of the place that the step can be asked about, hidden one at a time."""
    versions = corpus_places.versions_of(folder)
    return [
        one
        for story, shelf in stories_told(versions)
        if story.owner.name == folder.name
        for one in (*_dropped(story, shelf), *_unreported(story, shelf))
    ]


def without(story: Story, texts: set[str]) -> Story:
    """The story as it would be told if no statement of these texts were linked to it."""
    kept = tuple(m for m in story.thread.mentions if m.version.sha256 not in texts)
    chapters = tuple(
        replace(chapter, tellings=left)
        for chapter in story.chapters
        if (left := tuple(t for t in chapter.tellings if t.version.sha256 not in texts))
    )
    results = tuple(m for m in story.results if m.version.sha256 not in texts)
    return replace(story, thread=Thread(kept, story.thread.joined), chapters=chapters, results=results)


def unread(shelf: Shelf, year: int, hidden: Sequence[Mention]) -> Shelf:
    """The shelf as if the reader had passed over these statements in the text of a year."""
    text = shelf.whole[year]
    gone = {m.statement.spans for m in hidden}
    left = tuple(s for s in text.reading.statements if s.spans not in gone)
    other = replace(text, reading=replace(text.reading, statements=left))
    return replace(shelf, whole={**shelf.whole, year: other}, programmes={})


def _dropped(story: Story, shelf: Shelf) -> Iterator[Hidden]:
    for chapter in story.chapters:
        if not chapter.period.isdigit() or (text := shelf.whole.get(int(chapter.period))) is None:
            continue
        linked = [m for m in story.thread.mentions if m.version is text]
        promised = [m for m in linked if m.role == "promise" and not m.statement.absent]
        if not promised or any(story.thread.joined[m.id][1] < EQUAL for m in promised):
            continue
        year = int(chapter.period)
        left = without(story, {text.sha256})
        at = next((i for i, c in enumerate(left.chapters) if c.period == str(year - 1)), None)
        if at is None or (awaited := set_again(left, at, shelf)) is None:
            continue
        told = dropped(left, at, shelf), dropped(left, at, unread(shelf, year, promised))
        yield Hidden("dropped", story.owner.name, year, awaited.told.main.quote, promised[0].quote, *told)


def _unreported(story: Story, shelf: Shelf) -> Iterator[Hidden]:
    first = story.chapters[0] if story.chapters else None
    if first is None or not first.period.isdigit() or story.commitment.life == "recurring":
        return
    year = int(first.period)
    text = shelf.whole.get(year + 1)
    linked = [m for m in story.thread.mentions if m.version is text]
    if not linked or any(story.thread.joined[m.id][1] < EQUAL for m in linked):
        return
    alone = without(story, {m.version.sha256 for m in story.thread.mentions if m.said > year})
    alone = replace(alone, commitment=replace(story.commitment, life="one-off"))
    awaited = due_back(alone, shelf)
    if awaited is not None:
        told = unreported(alone, shelf), unreported(alone, unread(shelf, year + 1, linked))
        yield Hidden(
            "unreported", story.owner.name, year + 1, awaited.told.main.quote, linked[0].quote, *told
        )


def drawn(found: Sequence[Hidden], each: int, seed: int) -> list[Hidden]:
    """EACH of both kinds, the same for the same seed."""
    draw = random.Random(seed)
    sample: list[Hidden] = []
    for kind in KINDS:
        own = [one for one in found if one.kind == kind]
        sample += draw.sample(own, min(each, len(own)))
    return sample


def main() -> int:
    """Print what hidden links come to; 1 where more than 2 % become an accusation that is not `apparent`."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.absences",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=EACH, help=f"hidden links of each kind (else {EACH})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", action="store_true", help="print the false accusations")
    given = parser.parse_args()
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = [one for own in pool.map(hidden_in, place_folders(given.folder)) for one in own]
    sample = drawn(found, given.each, given.seed)
    most = 0
    for way, concluded in (("links", "change"), ("statements", "unread")):
        for name, rows in (("all", found), ("drawn", sample)):
            counts = Counter((one.kind, _grade(getattr(one, concluded))) for one in rows)
            for kind in KINDS:
                n = sum(count for (k, _), count in counts.items() if k == kind)
                told = ", ".join(f"{g} {counts[kind, g]}" for g in ("nothing", "apparent", "inferred"))
                print(f"{way:10} {name:5} {kind:10} {n} hidden: {told}")
        wrong = [one for one in sample if _grade(getattr(one, concluded)) == "inferred"]
        most = max(most, len(wrong))
        print(f"{way}: {len(wrong)} of {len(sample)} drawn become a graded accusation")
        for one in found if given.show else ():
            if _grade(getattr(one, concluded)) == "inferred":
                words = f"{one.kind} {one.place} {one.year}: {one.promised} | {one.told}"
                print(("* " if one in wrong else "  ") + words.replace("\n", "/"))
    return int(most > MOST * len(sample))


def _grade(change: Change | None) -> str:
    return "nothing" if change is None else str(change.grade)


if __name__ == "__main__":
    raise SystemExit(main())
