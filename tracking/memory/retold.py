"""What promises are told of by in the next year, as it was worked out before: only years that changed again.

All promises of a year are asked about, linked or not: which of them are in the end is for the threads to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from tracking.memory.marks import Mark
from tracking.threads import Id
from tracking.told import told_year_by_year


class By(NamedTuple):
    """A promise is told of by another statement (ids), why and how surely."""

    promise: Id
    other: Id
    why: str
    confidence: float


@dataclass
class Retold:
    """What was found last time. years: by year what its promises are told of by in the next one."""

    years: dict[int, list[By]] = field(default_factory=dict)

    def update(self, marks: Iterable[Mark], changed: Collection[int]) -> set[Id]:
        """Look again at the years in which something is said otherwise; returns the promises there that are
        told of, or were."""
        looked_at = {year - 1 for year in changed} | {*changed}
        by_year: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            if (mark.said in looked_at or mark.said - 1 in looked_at) and mark.face.family != "framework":
                by_year[mark.said].append(mark)
        moved: set[Id] = set()
        for year in looked_at:
            moved.update(by.promise for by in self.years.pop(year, ()))
        for year, told in told_year_by_year(by_year, dict.fromkeys(looked_at), attrgetter("mention")):
            if told:
                self.years[year] = [
                    By(name, one.mention.id, one.why, one.confidence) for name, one in sorted(told.items())
                ]
                moved.update(told)
        return moved

    def by(self, marks: Iterable[Mark]) -> dict[Id, tuple[By, Mark]]:
        """What every promise is told of by, by its id."""
        told = {by.promise: by for own in self.years.values() for by in own}
        others = {by.other for by in told.values()}
        known = {mark.id: mark for mark in marks if mark.id in others}
        return {promise: (by, known[by.other]) for promise, by in told.items()}
