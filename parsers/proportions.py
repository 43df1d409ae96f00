"""Shares and ratios that print no sign: 四分之一, 百分之三十, 八成, 3:1."""

from __future__ import annotations

import re
from decimal import Decimal

from parsers import comparators
from parsers.numerals import CHINESE, number
from parsers.statement import Quantity

_FRACTION = re.compile(
    rf"([0-9]{{1,4}}|[{CHINESE}]{{1,4}})分之([0-9]+(?:\.[0-9]+)?|[{CHINESE}]{{1,8}})(?:点([{CHINESE}]{{1,4}}))?"
)
_TENTHS = re.compile(rf"([{CHINESE}])成(?![员立为功果效本绩熟长都群份分交型就套品网规片千不])")
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?)[:：∶]([0-9]+(?:\.[0-9]+)?)(?![:：∶0-9.])")
_PER_CENT = Decimal(100)


def proportion(text: str, start: int, end: int, numeral: str) -> Quantity | None:
    """The share that begins at `start`, as percent (per mille for 千分之); a ratio as its quotient, unit 比."""
    following = text[end : end + 1]
    if following == "分":
        return _fraction(text, start)
    if following == "成":
        m = _TENTHS.match(text, start)
        if m is None or m[1] in "零〇百千万亿":
            return None
        value = number(m[1])
        return None if value is None else _made(text, start, m.end(), value * 10, "%", "tenths")
    if following in ("：", ":", "∶"):
        m = _RATIO.match(text, start)
        # 8:30 and 5:45:50 are a time and a structure: a ratio has a one on one side.
        if m is None or m[2] != "1" and not (m[1] == "1" and "比" in text[max(0, start - 8) : start]):
            return None
        if not Decimal(m[2]):
            return None
        return _made(text, start, m.end(), Decimal(m[1]) / Decimal(m[2]), "比", "ratio")
    return None


def _fraction(text: str, start: int) -> Quantity | None:
    m = _FRACTION.match(text, start)
    if m is None:
        return None
    below, above = number(m[1]), number(m[2])
    if below is None or above is None or not below:
        return None
    if m[3]:
        decimals = "".join(str(number(c) or 0) for c in m[3])
        above += Decimal(f"0.{decimals}") if decimals.isdigit() else 0
    if below == 1000:
        return _made(text, start, m.end(), above, "‰", "per mille")
    return _made(
        text, start, m.end(), above if below == _PER_CENT else above * _PER_CENT / below, "%", "fraction"
    )


def _made(text: str, start: int, end: int, value: Decimal, unit: str, rule: str) -> Quantity:
    prefix = comparators.before(text, start) if start else None
    suffix = comparators.after(text, end, "ratio")
    more = text[end : end + 1] == "多"
    op, approx = comparators.combined(prefix[1] if prefix else None, suffix[1] if suffix else None, more)
    begin = prefix[0] if prefix else start
    return Quantity(begin, suffix[0] if suffix else end + more, op, approx, value, None, unit, rule)
