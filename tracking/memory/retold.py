"""What promises are told of by in the next year, as it was worked out before: only years that changed again.

All promises of a year are asked about, linked or not: which of them are in the end is for the threads to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tracking.memory.marks import Mark, brief
from tracking.threads import Id
from tracking.told import told_of


class By(NamedTuple):
    """A promise is told of by another statement (ids), why and how surely."""

    promise: Id
    other: Id
    why: str
    confidence: float


@dataclass
class Retold:
    """What was found last time. years: by hash of what two years say what the promises of the first are told
    of by in the second."""

    years: dict[str, list[By]] = field(default_factory=dict)

    def update(self, marks: Iterable[Mark]) -> dict[Id, By]:
        """What every promise is told of by, by its id."""
        by_year: dict[int, list[Mark]] = defaultdict(list)
        for mark in sorted(marks, key=lambda m: m.id):
            if mark.face.family != "framework":
                by_year[mark.said].append(mark)
        found = {}
        for year, own in by_year.items():
            if later := by_year.get(year + 1):
                promises = [mark for mark in own if mark.role == "promise"]
                name = brief(f"{[m.digest for m in promises]}{[m.digest for m in later]}")
                found[name] = self.years[name] if name in self.years else _found(promises, later)
        self.years = found
        return {by.promise: by for own in found.values() for by in own}

    def dump(self) -> Any:
        """As JSON has it."""
        return self.years


def retold_from(stored: Any) -> Retold:
    """Undo `Retold.dump`."""
    return Retold(
        {
            name: [By((p[0], p[1]), (o[0], o[1]), why, sure) for p, o, why, sure in own]
            for name, own in stored.items()
        }
    )


def _found(promises: Sequence[Mark], later: Sequence[Mark]) -> list[By]:
    told = told_of([m.mention for m in promises], [m.mention for m in later])
    return [By(name, one.mention.id, one.why, one.confidence) for name, one in sorted(told.items())]
