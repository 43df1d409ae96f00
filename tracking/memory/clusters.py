"""Mentions that sure links or rulings hold together: what follows from them depends on no others.

Threads are cut within a cluster, never across, and a story reads nothing but its own mentions and the whole
texts of the years around its editions. So a cluster that is as it was leads to what it led to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.statement import Span
from tracking.changes.dropped import set_twice
from tracking.changes.unreported import due_once
from tracking.memory.linked import Sure
from tracking.memory.marks import Mark, brief
from tracking.memory.retold import By
from tracking.ruled_threads import Pairs
from tracking.rulings import overlap
from tracking.shelf import Shelf
from tracking.stories import Story
from tracking.threads import Id

Reviews = Mapping[str, Sequence[tuple[tuple[Span, ...], str]]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Marks in the order of their ids, and the sure links between them. ruled: people joined or parted some
    of them. told: what promises among them may be told of by (`tracking.told`), with the statement's mark."""

    marks: tuple[Mark, ...]
    links: tuple[Sure, ...]
    ruled: bool
    told: tuple[tuple[By, Mark], ...] = ()

    @property
    def promises(self) -> bool:
        """Whether any of them promises: else it leads to nothing."""
        return any(mark.role == "promise" for mark in self.marks)

    @property
    def guises(self) -> list[str]:
        """The guises of its marks."""
        return [*dict.fromkeys(mark.guise for mark in self.marks)]

    def name(self, tokens: Mapping[str, str], reviews: Reviews) -> str:
        """A hash of all that its stories are told from, but for whole texts. tokens: of texts by hash."""
        texts = sorted({tokens[m.version.sha256] for m in (*self.marks, *(mark for _, mark in self.told))})
        said = "".join([mark.digest for mark in self.marks])
        told = [(*by, mark.digest) for by, mark in self.told]
        return brief(f"{said}{sorted(self.links)}{told}{texts}{sorted(_reviewed(self.marks, reviews))}")


Silence = tuple[int, bool]
"""A year whose next one's text may be found silent, and whether that needs two whole texts before it."""


def silences(stories: Iterable[Story], shelf: Shelf) -> list[Silence]:
    """Where stories look at whole texts: behind a single edition of what is due once, and behind two in a row
    that no third one follows (`tracking.changes.dropped`, `tracking.changes.unreported`)."""
    found: set[Silence] = set()
    for story in stories:
        if due_once(story, shelf) is not None:
            found.add((int(story.chapters[0].period), False))
        for at, chapter in enumerate(story.chapters):
            if set_twice(story, at) is not None:
                found.add((int(chapter.period), True))
    return sorted(found)


def around(silent: Iterable[Silence], shelf: Shelf, tokens: Mapping[str, str]) -> str:
    """A hash of what is known of the whole texts that stories look at."""
    found: list[object] = []
    for year, twice in silent:
        after = shelf.whole.get(year + 1)
        treated = [(tokens[v.sha256], sorted(areas)) for v, areas in shelf.covering.get(year + 1, ())]
        before = (year - 1 in shelf.whole, year in shelf.whole) if twice else ()
        found.append((year, before, after and tokens[after.sha256], treated))
    return brief(repr(found)) if found else ""


def _reviewed(marks: Iterable[Mark], reviews: Reviews) -> set[str]:
    """Reviews that cite words of these mentions."""
    found: set[str] = set()
    for mark in marks:
        for spans, ruling in reviews.get(mark.version.sha256, ()):
            own = mark.mention.spans
            if own == spans or overlap(own, spans):
                found.add(ruling)
    return found


def groups_of(
    marks: Iterable[Mark],
    links: Mapping[tuple[str, str], Sure],
    told: Mapping[Id, tuple[By, Mark]],
    pairs: Pairs,
) -> Iterator[Cluster]:
    """Marks that links or rulings hold together, those that promise nothing too."""
    marks = list(marks)
    home: dict[str, str] = {mark.guise: mark.guise for mark in marks}

    def root(name: str) -> str:
        while home[name] != name:
            home[name] = home[home[name]]
            name = home[name]
        return name

    for left, right in links:
        home[root(left)] = root(right)
    ruled = set()
    if pairs:
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for mark in marks:
            for called in {mark.id, (mark.key, "")}:
                by_name[called].append(mark.guise)
        for pair in (*pairs.same, *pairs.apart):
            named = [guise for called in pair for guise in by_name.get(called, ())]
            ruled |= set(named)
            for one in named[1:]:
                home[root(one)] = root(named[0])
    ruled = {root(guise) for guise in ruled}
    grouped: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        grouped[root(mark.guise)].append(mark)
    between: dict[str, list[Sure]] = defaultdict(list)
    for (left, _), link in links.items():
        between[root(left)].append(link)
    for name, own in grouped.items():
        own.sort(key=lambda m: m.id)
        beside = tuple(told[mark.id] for mark in own if mark.id in told)
        yield Cluster(tuple(own), tuple(between[name]), name in ruled, beside)
