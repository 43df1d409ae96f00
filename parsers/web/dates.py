"""Dates as web pages print them: year first, in figures or Chinese numerals, within sane years."""

from __future__ import annotations

import re

_FIRST_YEAR, _LAST_YEAR = 1949, 2049

_FIGURES = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?:\s?[-/.]\s?|\s?年\s?)(\d{1,2})(?:(?:\s?[-/.]\s?|\s?月\s?)(\d{1,2})(?!\d)|(?=\s?月))"
)
_NUMERALS = re.compile(
    r"([一二][九〇○零Ｏ0oO][〇○零Ｏ0oO一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_MONTH_FIRST = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_IN_PATH = re.compile(r"/((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])(?!\d)")
_STAMPED = re.compile(r"[/_]t((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:：]\d{2}(?!\d)")

_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零ＯoO", "0")


def first_date(text: str) -> tuple[str, int, int] | None:
    """The first possible date as YYYY-MM or YYYY-MM-DD with where it stands in `text`."""
    for match in _FIGURES.finditer(text):
        if found := _normal(*match.groups()):
            return found, match.start(), match.end()
    for match in _NUMERALS.finditer(text):
        year, month, day = match.groups()
        figures = "".join(_DIGIT.get(c, c) for c in year)
        if found := _normal(figures, str(_small(month)), str(_small(day)) if day else None):
            return found, match.start(), match.end()
    for match in _MONTH_FIRST.finditer(text):
        month, day, year = match.groups()
        if int(month) > 12 >= int(day):
            month, day = day, month
        elif int(day) <= 12 and month != day:
            continue  # 06/02/2022: whether June or February is anybody's guess
        if found := _normal(year, month, day):
            return found, match.start(), match.end()
    return None


def declared_date(content: str) -> str | None:
    """The date in a meta element or attribute: 2022-02-06T12:48:06+00:00, 20220206, 2022年2月6日."""
    if found := first_date(content):
        return found[0]
    compact = _COMPACT.search(content)
    return _normal(*compact.groups()) if compact else None


def date_in_address(url: str) -> str | None:
    """The date that an address carries: /2022-02/06/, /t20220206_, /202202/ (to the month)."""
    for pattern in (_STAMPED, _IN_PATH, _MONTH_IN_PATH):
        if match := pattern.search(url):
            return _normal(*match.groups(), *([None] * (3 - len(match.groups()))))
    return None


def has_time(text: str) -> bool:
    """Whether a time of day is printed."""
    return _TIME.search(text) is not None


def _normal(year: str | None, month: str | None, day: str | None) -> str | None:
    if year is None or not _FIRST_YEAR <= int(year) <= _LAST_YEAR or not 1 <= int(month or 1) <= 12:
        return None
    if day is not None and not 1 <= int(day) <= 31:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _small(numeral: str) -> int:
    """A Chinese numeral up to 99."""
    tens, ten, ones = numeral.rpartition("十")
    return (int(_DIGIT.get(tens, "1")) * 10 if ten else 0) + int(_DIGIT.get(ones, "0"))
