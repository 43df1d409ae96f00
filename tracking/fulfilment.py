"""Does a result meet a promise: arithmetic on intervals, with comparator, hedge, tolerance and unit.

近1000亿 lies below 1000亿 and so misses “above 1000亿”; 约1000亿 and 超900亿 decide nothing about it.
左右 tolerates half a point on rates and five percent on levels.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from parsers.statement import Quantity, Statement
from parsers.units import convert
from tracking.terms import base_of, dimension_of, words

Verdict = Literal["fulfilled", "missed", "open"]

RATE_TOLERANCE = Decimal("0.5")
LEVEL_TOLERANCE = Decimal("0.05")
NEAR = Decimal("0.9")
"""How far below its number 近 is taken to reach."""
_FALLS = re.compile("降幅|下降|降低|减少|压减|削减|消减")
_KEPT = re.compile("控制在")
"""A figure to be kept to: one below it keeps it too, whatever is counted."""
_INDEX = re.compile("指数")
_INDICES = Decimal(90), Decimal(130)
"""An index of the year before's prices (=100): 指数101.5% tells of a rise by 1.5 %."""
_FELL = re.compile(r"(?:下降|下滑|减少|降低|负增长)了?[约近]?[\d.]+[%％]")
_INF = Decimal("Infinity")

_Interval = tuple[Decimal, bool, Decimal, bool]
"""(low, low included, high, high included)."""


def tolerance(quantity: Quantity) -> Decimal:
    """What 左右, 约 and 上下 allow on either side."""
    if dimension_of(quantity) == "ratio":
        return RATE_TOLERANCE
    return abs(quantity.value) * LEVEL_TOLERANCE


def reported_range(quantity: Quantity) -> _Interval:
    """Where the true figure lies, given the words of a result."""
    value = quantity.value
    if quantity.op == "between" and quantity.high is not None:
        return value, True, quantity.high, True
    if quantity.approx == "below":
        return value * NEAR, True, value, False
    if quantity.approx == "around" or quantity.op == "~":
        slack = tolerance(quantity)
        return value - slack, True, value + slack, True
    if quantity.op in (">", ">="):
        return value, quantity.op == ">=", _INF, False
    if quantity.op in ("<", "<="):
        return -_INF, False, value, quantity.op == "<="
    return value, True, value, True


def accepted_range(quantity: Quantity, lower_is_better: bool) -> _Interval:
    """Which figures keep the promise; doing better than promised always does."""
    value, slack = quantity.value, Decimal(0)
    if quantity.op == "~" or quantity.approx == "around":
        slack = tolerance(quantity)
    if quantity.op in ("<", "<=") or (lower_is_better and quantity.op not in (">", ">=")):
        top = quantity.high if quantity.op == "between" and quantity.high is not None else value + slack
        return -_INF, False, top, quantity.op != "<"
    return value - slack, quantity.op != ">", _INF, False


def judge(promise: Quantity, result: Quantity, lower_is_better: bool = False) -> Verdict:
    """Whether one amount meets another of the same kind.

    open: the words leave it undecided, or the units cannot be compared. A figure that just equals a bound
    to be exceeded is open: printed figures are rounded. So is a rate that comes to the promised one where it
    is printed as coarsely (42.78 % for 42.8 %), to a tenth at least.
    """
    factor = convert(Decimal(1), result.unit, promise.unit)
    if factor is None:
        if not _both_count(promise, result):
            return "open"
        factor = Decimal(1)
    low, low_in, high, high_in = reported_range(result)
    low, high = low * factor, high * factor
    floor, floor_in, top, top_in = accepted_range(promise, lower_is_better)
    above = low > floor or (low == floor and (floor_in or not low_in))
    below = high < top or (high == top and (top_in or not high_in))
    if above and below:
        return "fulfilled"
    outside = high < floor or (high == floor and not high_in) or low > top or (low == top and not low_in)
    return "missed" if outside and not _rounded(promise, result) else "open"


def _rounded(promise: Quantity, result: Quantity) -> bool:
    if promise.unit != result.unit or dimension_of(promise) != "ratio" or result.op != "=":
        return False
    places = max(1, -int(promise.value.as_tuple().exponent))
    step = Decimal(1).scaleb(-places)
    return result.value.quantize(step, ROUND_HALF_UP) == promise.value.quantize(step, ROUND_HALF_UP)


def _both_count(a: Quantity, b: Quantity) -> bool:
    """18个 of schools against 18所 of them; where neither is the general counter they stay apart."""
    dimensions = {dimension_of(a), dimension_of(b)}
    return "count:个" in dimensions and all(d.startswith("count") for d in dimensions)


def signed(result: Statement) -> tuple[Quantity, ...]:
    """A result's amounts, a rate below zero where the words say that the thing fell (投资下降5.9%)."""
    fell = len(result.quantities) == 1 and _FELL.search(result.text) and not _FALLS.search(result.subject)
    if fell and base_of(result) == "growth":
        return tuple(replace(q, value=-abs(q.value)) for q in result.quantities)
    return result.quantities


def judge_statements(promise: Statement, result: Statement) -> Verdict:
    """All amounts of the promise against those of the result; one missed amount misses it.

    Where one side gives several (分别增长5%、6%) the other has to give as many, in the same order.
    """
    promise = replace(promise, quantities=_rates(promise, promise.quantities))
    result = replace(result, quantities=_rates(result, signed(result)))
    several = len(promise.quantities) > 1
    if several and list(map(dimension_of, promise.quantities)) != list(map(dimension_of, result.quantities)):
        return "open"
    lower = lower_is_better(promise.subject)
    if several and (len(set(map(dimension_of, promise.quantities))) > 1 or _points_and_level(promise)):
        return _first_amounts(promise, result, lower)
    kept = not lower and bool(_KEPT.search(promise.text)) and not several
    verdicts: list[Verdict] = []
    paired = len(promise.quantities) == len(result.quantities)
    for position, wanted in enumerate(promise.quantities):
        candidates = result.quantities[position : position + 1] if paired else result.quantities
        found = [judge(wanted, got, lower or kept) for got in candidates if _comparable(wanted, got)]
        verdicts.append(found[0] if len(found) == 1 else "open")
    if kept and "missed" in verdicts:
        return "open"  # above it: no dictionary says that this is worse
    if "missed" in verdicts:
        return "missed"
    return "fulfilled" if verdicts and set(verdicts) == {"fulfilled"} else "open"


def _points_and_level(promise: Statement) -> bool:
    """提高1.5个百分点、达到47.7%: a step in points, and the level that it leads to."""
    points = [q.unit == "百分点" for q in promise.quantities]
    return any(points) and not all(points)


def _rates(statement: Statement, amounts: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The amounts, an index of growth as the rate that it tells."""
    if base_of(statement) != "growth" or not _INDEX.search(statement.text):
        return amounts
    low, high = _INDICES
    return tuple(
        replace(q, value=q.value - 100) if q.unit == "%" and low <= q.value <= high else q for q in amounts
    )


def _first_amounts(promise: Statement, result: Statement, lower: bool) -> Verdict:
    """A rate with the level it leads to (增长18%、达到31万户) is met by both, and missed by no one of them:
    the further amount may be told of what came new."""
    verdicts = {
        judge(wanted, got, lower) for wanted, got in zip(promise.quantities, result.quantities, strict=True)
    }
    return "fulfilled" if verdicts == {"fulfilled"} else "missed" if verdicts == {"missed"} else "open"


def lower_is_better(subject: str) -> bool:
    """Limits are better kept low; how much something falls is better high, whatever falls.

    >>> lower_is_better("城镇登记失业率"), lower_is_better("单位地区生产总值能耗降幅")
    (True, False)
    """
    return not _FALLS.search(subject) and any(word in subject for word in words()["lower_is_better"])


def _comparable(a: Quantity, b: Quantity) -> bool:
    return dimension_of(a) == dimension_of(b) or _both_count(a, b)


def crosses(promise: Statement) -> bool:
    """A threshold of a level to be crossed (过千亿): once crossed it is met, whenever that is told."""
    return (
        len(promise.quantities) == 1
        and promise.quantities[0].op in (">", ">=")
        and dimension_of(promise.quantities[0]) == "money"
        and promise.base != "growth"
        and promise.indicator is not None
    )
