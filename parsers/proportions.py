"""Shares and ratios that print no sign: 四分之一, 百分之三十, 1/4, 八成, 3:1, 一半, 翻一番."""

from __future__ import annotations

import re
from decimal import Decimal

from parsers import comparators
from parsers.numerals import CHINESE, number
from parsers.statement import Op, Quantity

_PART = rf"[0-9]+(?:\.[0-9]+)?|[{CHINESE}]{{1,8}}"
_FRACTION = re.compile(
    rf"(?P<below>[0-9]{{1,4}}|[{CHINESE}]{{1,4}})分之(?P<above>{_PART})(?:点(?P<decimals>[{CHINESE}]{{1,4}}))?"
    rf"(?:(?:到|至)(?:百分之)?(?P<high>{_PART}))?"
)
_SLASHED = re.compile(r"([1-9])[/／](10|[2-9])(?![0-9/／.])")
_TENTHS = re.compile(
    rf"([{CHINESE}1-9])成(?:(?P<half>半)(?!本))?(?![员立为功果效本绩熟长都群份分交型就套品网规片千不])"
)
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?)[:：∶]([0-9]+(?:\.[0-9]+)?)(?![:：∶0-9.])")
_COLONS = "：:∶"
_PER_CENT = Decimal(100)


def proportion(text: str, start: int, end: int, numeral: str) -> Quantity | None:
    """The share that begins at `start`, in % (千分之: ‰); a ratio as its quotient, unit 比."""
    following = text[end : end + 1]
    if following == "分":
        return _fraction(text, start)
    if following == "成":
        return _tenths(text, start)
    if following in ("/", "／"):
        m = _SLASHED.match(text, start)
        if m is None or int(m[1]) >= int(m[2]) or not "一" <= text[start - 1 : start] <= "龥":
            return None
        return _made(text, start, m.end(), Decimal(m[1]) * _PER_CENT / Decimal(m[2]), "%", "fraction")
    if following and following in _COLONS:
        return _ratio(text, start)
    return None


def _ratio(text: str, start: int) -> Quantity | None:
    """8:30 and 5:45:50 are a time and a structure: a ratio has a one on one side and nothing before."""
    m = _RATIO.match(text, start)
    if m is None or text[start - 1 : start] in tuple(_COLONS) or not Decimal(m[2]):
        return None
    if m[2] != "1" and not (m[1] == "1" and "比" in text[max(0, start - 16) : start]):
        return None
    return _made(text, start, m.end(), Decimal(m[1]) / Decimal(m[2]), "比", "ratio")


def _tenths(text: str, start: int) -> Quantity | None:
    m = _TENTHS.match(text, start)
    value = number(m[1]) if m else None
    if m is None or value is None or not 1 <= value <= 10:
        return None
    return _made(text, start, m.end(), value * 10 + (5 if m["half"] else 0), "%", "tenths")


def _fraction(text: str, start: int) -> Quantity | None:
    m = _FRACTION.match(text, start)
    below, above = (number(m["below"]), number(m["above"])) if m else (None, None)
    if m is None or below is None or above is None or not below:
        return None
    if m["decimals"]:
        digits = "".join(str(number(c) or 0) for c in m["decimals"])
        above += Decimal(f"0.{digits}") if digits.isdecimal() else 0
    unit = "‰" if below == 1000 else "%"
    scale = Decimal(1) if below in (_PER_CENT, 1000) else _PER_CENT / below
    high = number(m["high"]) if m["high"] else None
    if high is not None and high > above:
        return _made(text, start, m.end(), above * scale, unit, "fraction", high * scale)
    stop = m.start("high") - 1 if m["high"] and not m[0].endswith("分之" + m["high"]) else m.end()
    if m["high"] and "百分之" in m[0][3:]:
        stop -= 3
    exact = above if scale == 1 else above * _PER_CENT / below
    return _made(text, start, stop, exact, unit, "fraction")


def _made(
    text: str, start: int, end: int, value: Decimal, unit: str, rule: str, high: Decimal | None = None
) -> Quantity:
    prefix = comparators.before(text, start) if start else None
    more = text[end : end + 1] in ("多", "余") and text[end : end + 1] != ""
    suffix = comparators.after(text, end + more, "ratio")
    op, approx = comparators.combined(prefix[1] if prefix else None, suffix[1] if suffix else None, more)
    begin = prefix[0] if prefix else start
    stop = suffix[0] if suffix else end + more
    return Quantity(begin, stop, op if high is None else "between", approx, value, high, unit, rule)


_WORDS = re.compile(
    r"(?P<more>过半数?)(?![百年天])|(?P<least>半数以上|一半以上)|(?P<below>近半数?)(?![年个小天月])|(?P<half>一半)"
    r"|(?<!个)翻了?(?P<times>[一二两三四1234])?番"
)
_TIMES = {"一": 2, "二": 4, "两": 4, "三": 8, "四": 16, "1": 2, "2": 4, "3": 8, "4": 16}


def said_in_words(text: str, found: list[Quantity]) -> list[Quantity]:
    """`found` with the shares that no numeral begins: 一半 and 过半 are 50 %, 翻一番 is 2 倍, 翻两番 4 倍."""
    if "半" not in text and "番" not in text:
        return found
    added: list[Quantity] = []
    for m in _WORDS.finditer(text):
        start, stop = m.span()
        if m[0][0] == "翻":
            times = Decimal(_TIMES[m["times"] or "一"])
            suffix = comparators.after(text, stop, "ratio")
            op, approx = comparators.combined(None, suffix[1] if suffix else None, False)
            added.append(
                Quantity(start, suffix[0] if suffix else stop, op, approx, times, None, "倍", "doubling")
            )
        elif m["half"]:
            added.append(_made(text, start, stop, Decimal(50), "%", "half"))
        else:
            share: Op = ">" if m["more"] else ">=" if m["least"] else "~"
            approx = "below" if m["below"] else None
            added.append(Quantity(start, stop, share, approx, Decimal(50), None, "%", "half"))
    if not added:
        return found
    merged: list[Quantity] = []
    for q in sorted([*found, *added], key=lambda q: (q.start, q.end)):
        if not merged or merged[-1].end <= q.start:
            merged.append(q)
    return merged
