"""Editions: which issue of which plan a statement belongs to.

A document's edition is its plan year. What is due after that year belongs to a long-term edition
(2016..2020), never to edition 2020. What is told of an earlier year opens that year's edition in retrospect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from parsers.reading import Clue, Reading
from parsers.statement import Statement
from tracking.dates import plan_year, years_of
from tracking.keys import edition_id
from tracking.mentions import Mention, Role
from tracking.model import Edition, Lineage, Version
from tracking.owners import Owner
from tracking.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Belongs:
    """The edition of a statement. said: the plan year of the text that says it."""

    period: str
    said: int
    horizon: Literal["year", "long"]
    retrospective: bool


def belongs(statement: Statement, reading: Reading, announced: bool = False) -> Belongs | None:
    """The edition of a promise or system; None without any year, and for a target of years already past.

    announced: what the statement tells is still to come, whenever it was planned.
    """
    plan = plan_year(reading)
    due = None if announced and plan is not None else years_of(statement.period)
    if plan is None:
        if due is None:
            return None
        plan = due[0]
    if due is None or due == (plan, plan):
        return Belongs(str(plan), plan, "year", False)
    first, last = due
    if last < plan and statement.kind != "framework":
        return None
    if last < plan:
        period = str(last) if first == last else f"{first}..{last}"
        return Belongs(period, plan, "year" if first == last else "long", True)
    if first == last:
        first = _five_year_start(last) if last % 5 == 0 and last - 5 < plan else plan
    if first == last:
        return Belongs(str(plan), plan, "year", False)
    return Belongs(f"{first}..{last}", plan, "long", False)


def _five_year_start(end: int) -> int:
    """A year that ends a five-year plan (2020, 2025) stands for that plan: 2020 is 2016..2020."""
    return end - 4


class Dated(Protocol):
    """What an edition is made of: a mention, or what is remembered of one."""

    @property
    def key(self) -> str:
        """Of the statement."""
        ...

    @property
    def role(self) -> Role:
        """As of `Mention`."""
        ...

    @property
    def edition(self) -> str:
        """Its period."""
        ...

    @property
    def retrospective(self) -> bool:
        """Told of an earlier year."""
        ...

    @property
    def version(self) -> Version:
        """The text that says it."""
        ...


def order_of(mention: Mention) -> tuple[int, int, str]:
    """Editions of a thread in time: by when it is due, then by length."""
    first, last = years_of(mention.edition) or (0, 0)
    return (first, last, mention.edition)


def lineage_of(period: str, reading: Reading) -> Lineage:
    """Which series of plans an edition belongs to."""
    first, last = years_of(period) or (0, 0)
    if last > first:
        return "five-year" if last - first == 4 and last % 5 == 0 else "long-term"
    return "list" if reading.type == "list" else "yearly"


def editions_of(owner: Owner, mentions: Sequence[Dated], shelf: Shelf) -> list[Edition]:
    """The editions that promises and systems stand in, in order of period and lineage."""
    grouped: dict[tuple[str, Lineage], list[Dated]] = defaultdict(list)
    for mention in mentions:
        if mention.role == "promise":
            lineage = lineage_of(mention.edition, mention.version.reading)
            grouped[mention.edition, lineage].append(mention)
    found = []
    for (period, lineage), group in sorted(grouped.items()):
        versions = {m.version.sha256: m.version for m in group}
        shas = tuple(sorted(versions))
        readings = [versions[sha].reading for sha in shas]
        retrospective = all(m.retrospective for m in group)
        found.append(
            Edition(
                id=edition_id(owner.code, f"{owner.level} {owner.name}", lineage, period),
                place_code=owner.code,
                district=owner.name,
                level=owner.level,
                lineage=lineage,
                period=period,
                documents=shas,
                clues=tuple(_clue(reading) for reading in readings),
                complete=not retrospective and _whole(shelf, period) in versions,
                retrospective=retrospective,
                members=tuple(sorted({m.key for m in group})),
                remarks=tuple(remark for sha in shas for remark in shelf.remarks.get(sha, ())),
            )
        )
    return found


def _whole(shelf: Shelf, period: str) -> str | None:
    """The hash of the whole text of that very year, where there is one."""
    text = shelf.whole.get(int(period)) if period.isdigit() else None
    return text.sha256 if text else None


def _clue(reading: Reading) -> Clue:
    return reading.plan_year or reading.published or Clue("", "the statement names its own year")
