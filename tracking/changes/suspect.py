"""Where silences come together the rule is suspect, not the place.

A report that leaves out one of its thirty yearly targets dropped it; one that seems to leave out five is more
likely of another kind, cut, or read badly. What is silent there stays `apparent`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from tracking.changes.within import ADDS
from tracking.model import Life

MOST = 0.05
"""Share of the targets of a year that could be dropped above which none is graded."""
SWITCHED = "in the whole text of the next year nothing is found of it; another series is set in its place"
"""What an entry says of a target that went where the text shows what came for it: no sign of a text read
badly, and not counted as one."""
LEAST = 10
"""Targets that could be dropped below which a share says nothing."""


class Entry(Protocol):
    """What is asked of an entry."""

    @property
    def change(self) -> str:
        """Its kind."""
        ...

    @property
    def grade(self) -> str | None:
        """How it is known."""
        ...

    @property
    def why(self) -> str:
        """What it rests on."""
        ...

    @property
    def edition_to(self) -> str | None:
        """The edition that tells it."""
        ...

    @property
    def commitment(self) -> str:
        """Id of its commitment."""
        ...


def shares(
    changes: Iterable[Entry], lives: Mapping[str, Life], whole: Collection[int]
) -> dict[int, tuple[int, int]]:
    """By year (dropped, graded and not replaced, could be dropped): recurring targets set in two editions
    running, before a whole text of the next year.

    lives: of commitments by id. whole: years of which the whole text is there.
    """
    gone: Counter[int] = Counter()
    could: Counter[int] = Counter()
    for change in changes:
        if not change.edition_to or not change.edition_to.isdigit():
            continue
        year = int(change.edition_to)
        if change.change == "dropped" and change.grade != "apparent" and change.why != SWITCHED:
            gone[year] += 1
        again = change.change in ("restated", "changed") and lives[change.commitment] == "recurring"
        again = again and change.why != ADDS  # told within one edition
        could[year + 1] += again and year + 1 in whole
    return {year: (gone[year], n) for year, n in sorted(could.items()) if n}


def suspect_years(
    changes: Iterable[Entry], lives: Mapping[str, Life], whole: Collection[int]
) -> frozenset[int]:
    """Years in which more is dropped than can be believed; arguments as of `shares`."""
    told = shares(changes, lives, whole)
    return frozenset(year for year, (gone, could) in told.items() if could >= LEAST and gone > MOST * could)
