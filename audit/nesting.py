"""Marked stretches of a text as properly nested elements, whatever way they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) of a text, marked with `key`; of two equal ones the lower rank is outside."""

    start: int
    end: int
    key: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """An element begins; `first` where the stretch itself begins and is not merely taken up again."""

    stretch: Stretch
    first: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The innermost open element ends."""

    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Words:
    """Characters [start, end) of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """A sign that stands between two characters."""

    at: int
    key: str


Token = Opened | Closed | Words | Point


def nested(
    length: int, stretches: Iterable[Stretch], points: Iterable[Point] = (), cuts: Iterable[int] = ()
) -> Iterator[Token]:
    """The text and its stretches as nested elements, in order.

    At each boundary elements close before others open, and of those that open the longer comes first. A
    stretch that crosses another is cut at the other's end and taken up again, so that elements never cross.
    Empty stretches are left out. cuts: further offsets at which `Words` end.
    """
    starting: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        if stretch.start < stretch.end:
            starting.setdefault(stretch.start, []).append(stretch)
    signs: dict[int, list[Point]] = {}
    for point in points:
        signs.setdefault(point.at, []).append(point)
    ends = {s.end for several in starting.values() for s in several}
    stack: list[Stretch] = []
    at = 0
    for here in sorted({*starting, *ends, *signs, *cuts, length}):
        if at < here:
            yield Words(at, here)
            at = here
        keep = next((i for i, s in enumerate(stack) if s.end <= here), len(stack))
        again = [s for s in stack[keep:] if s.end > here]
        for stretch in reversed(stack[keep:]):
            yield Closed(stretch)
        del stack[keep:]
        yield from signs.get(here, ())
        opening = [*again, *starting.get(here, ())]
        for stretch in sorted(opening, key=lambda s: (-s.end, s.rank, s.start, s.key)):
            yield Opened(stretch, first=stretch.start == here)
            stack.append(stretch)
