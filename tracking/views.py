"""What a date makes of promises: due soon, overdue, awaiting report.

Time passing is no change: nothing here is stored, all of it is computed for a date that is handed in.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Standing = Literal["due_later", "due_soon", "awaiting_report", "overdue", "reported", "done"]


@dataclass(frozen=True, slots=True)
class Promise:
    """One edition of a commitment. due: its period, YYYY | YYYY-MM | YYYY-MM-DD | YYYY..YYYY."""

    commitment: str
    edition: str
    due: str
    quantified: bool = True
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What later texts tell of a promise's edition.

    entry: id of the log's entry. in_review: the whole text that reviews the period is among those that tell
    it; elsewhere: another text is (a communiqué, a later report). told_of: a result that no link joins and no
    entry tells, only a weaker one (`tracking.told`): told_by is then the key of the statement.
    """

    commitment: str
    edition: str
    kind: Literal["fulfilled", "missed", "reported", "told_of", "unreported"]
    said_on: str | None = None
    apparent: bool = False
    reviewed: bool = False
    value: Decimal | None = None
    entry: str = ""
    in_review: bool = True
    elsewhere: bool = False
    told_by: str = ""


@lru_cache(4096)
def last_day(period: str) -> date | None:
    """The last day of a period, None where it is no date.

    >>> last_day("2019-02"), last_day("2016..2020")
    (datetime.date(2019, 2, 28), datetime.date(2020, 12, 31))
    """
    try:
        numbers = [int(part) for part in period.split("..")[-1].split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
        last = calendar.monthrange(year, month)[1]
        return date(year, month, numbers[2] if len(numbers) > 2 else last)
    except (ValueError, IndexError, calendar.IllegalMonthError):
        return None


def reviewing(edition: str) -> str | None:
    """The year whose report reviews an edition: the one after its last; None where it is no date.

    >>> reviewing("2019"), reviewing("2016..2020")
    ('2020', '2021')
    """
    day = last_day(edition)
    return str(day.year + 1) if day else None


def first_day(period: str) -> date | None:
    """The first day of a period, None where it is no date."""
    try:
        numbers = [int(part) for part in period.split("..")[0].split("-")]
        return date(*[*numbers, 1, 1][:3])
    except (ValueError, IndexError):
        return None


def standing(
    promise: Promise, outcomes: Collection[Outcome], reviewed: bool, on: date, within: timedelta
) -> Standing | None:
    """How a promise stands on a day; None where nobody can say when it is due.

    outcomes: of this very edition, told by that day. reviewed: whether by then a whole text looks back on
    its period; without one it awaits report, however late it is.
    """
    due = last_day(promise.due)
    if due is None:
        return None
    kinds = {o.kind for o in outcomes}
    if "fulfilled" in kinds:
        return "done"
    if on <= due:
        return "due_soon" if due - on <= within else "due_later"
    if kinds & {"reported", "missed", "told_of"}:
        return "reported"
    return "overdue" if reviewed else "awaiting_report"


def elapsed(period: str, on: date) -> float | None:
    """The share of a period that has passed at the end of a day, 0..1."""
    first, last = first_day(period), last_day(period)
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    return min(1.0, max(0.0, ((on - first).days + 1) / days))


def done(promise: Promise, outcomes: Sequence[Outcome]) -> float | None:
    """The share of a promised amount that the latest text reports, None without both amounts."""
    told = [o for o in outcomes if o.value is not None]
    if promise.value is None or promise.value <= 0 or not told:
        return None
    latest = max(told, key=lambda o: o.said_on or "")
    assert latest.value is not None
    return float(latest.value / promise.value)
