"""What a date makes of promises: due soon, overdue, awaiting report; and rates with their uncertainty.

Time passing is no change: nothing here is stored, all of it is computed for a date that is handed in.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Standing = Literal["due_later", "due_soon", "awaiting_report", "overdue", "reported", "done"]
ENOUGH = 30
"""Commitments below which a rate says too little to be shown as one."""
Z = 1.96
"""Standard normal quantile of 95 % intervals."""


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
    """What a later text tells of a promise's edition."""

    commitment: str
    edition: str
    kind: Literal["fulfilled", "missed", "reported", "unreported"]
    said_on: str | None = None
    apparent: bool = False
    reviewed: bool = False
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n, with the share and its 95 % Wilson interval; enough: whether n allows to speak of a rate."""

    k: int
    n: int
    share: float | None
    low: float
    high: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Quantified commitments due in whole-reviewed editions, and what became of them.

    Missing from every rate: promises without a figure and those whose reviewing text is not there.
    """

    due: int
    reported_back: Rate
    met: Rate
    missed: Rate
    unreported: Rate
    restated: Rate
    reviewed: Rate
    not_quantified: int
    not_observed: int
    rows: tuple[tuple[str, str, str], ...]
    """(commitment, edition, outcome) of each counted one; outcome "" where nothing was found either way."""


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
    if kinds & {"reported", "missed"}:
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


def rate(k: int, n: int) -> Rate:
    """A share with its 95 % Wilson interval, which stays within 0..1 and is wide where n is small.

    >>> rate(0, 10).low, round(rate(0, 10).high, 2)
    (0.0, 0.28)
    """
    if n == 0:
        return Rate(k, n, None, 0.0, 1.0, False)
    p = k / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Rate(k, n, p, low, high, n >= ENOUGH)


def scorecard(
    promises: Collection[Promise], outcomes: Collection[Outcome], whole: Collection[int]
) -> Scorecard:
    """What became of one place's yearly promises.

    whole: years of which the whole text is there; that of the year after an edition reviews it. An outcome
    that is only apparent is not counted as missed or unreported. One commitment counts once an edition.
    """
    yearly = {(p.commitment, p.edition): p for p in promises if p.edition.isdigit()}
    quantified = {key: p for key, p in yearly.items() if p.quantified}
    counted = sorted(key for key in quantified if int(key[1]) + 1 in whole)
    found: dict[tuple[str, str], str] = {}
    people: set[tuple[str, str]] = set()
    order = ("fulfilled", "missed", "reported", "unreported")
    for outcome in outcomes:
        key = (outcome.commitment, outcome.edition)
        kind = str(outcome.kind)
        if outcome.apparent:
            if kind == "unreported":
                continue
            kind = "reported" if kind == "missed" else kind
        if key not in found or order.index(kind) < order.index(found[key]):
            found[key] = kind
        if outcome.reviewed:
            people.add(key)
    told = [found.get(key, "") for key in counted]
    n = len(counted)
    again = sum((c, str(int(e) + 1)) in yearly for c, e in counted)
    return Scorecard(
        due=n,
        reported_back=rate(sum(k in ("fulfilled", "missed", "reported") for k in told), n),
        met=rate(told.count("fulfilled"), n),
        missed=rate(told.count("missed"), n),
        unreported=rate(told.count("unreported"), n),
        restated=rate(again, n),
        reviewed=rate(sum(key in people for key in counted), n),
        not_quantified=len(yearly) - len(quantified),
        not_observed=len(quantified) - n,
        rows=tuple((c, e, k) for (c, e), k in zip(counted, told, strict=True)),
    )
