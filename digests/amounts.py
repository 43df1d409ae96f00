"""Amounts as people write them: 超过1000亿元 in Chinese, > 100 billion yuan in English."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from tracking.words.labels import Lang

_BOUNDS: dict[Lang, dict[str, str]] = {
    "zh": {
        ">": "超过{}",
        ">=": "{}以上",
        "<": "低于{}",
        "<=": "不超过{}",
        "~": "{}左右",
        "around": "约{}",
        "below": "近{}",
        "above": "逾{}",
    },
    "en": {
        ">": "> {}",
        ">=": "≥ {}",
        "<": "< {}",
        "<=": "≤ {}",
        "~": "about {}",
        "around": "about {}",
        "below": "nearly {}",
        "above": "over {}",
    },
}
_ENGLISH_UNITS = {
    "元": " yuan",
    "%": "%",
    "百分点": " points",
    "平方米": " m²",
    "平方公里": " km²",
    "公里": " km",
    "米": " m",
    "亩": " mu",
    "公顷": " ha",
    "吨": " t",
    "人": " people",
    "人次": " visits",
}
"""Units that English writes; measure words (个, 所, 处) have no counterpart and are left out. So is 户, which
counts households and companies alike."""


def amount(value: int | float | str, lang: Lang, op: str | None = None, unit: str | None = None) -> str:
    """A number with its bound and unit. op: as in a field change (`old_op`); None or "=" is a bare number.

    >>> amount(100_000_000_000, "zh", ">", "元"), amount(100_000_000_000, "en", ">", "元")
    ('超过1000亿元', '> 100 billion yuan')
    """
    told = unit or "" if lang == "zh" else _ENGLISH_UNITS.get(unit or "", "")
    return _BOUNDS[lang].get(op or "", "{}").format(number(value, lang) + told)


def number(value: int | float | str, lang: Lang) -> str:
    """A number as people write it: 1000亿 in Chinese, 100 billion in English, small ones with separators."""
    exact = Decimal(str(value))
    steps = ((10**8, "亿"), (10**4, "万")) if lang == "zh" else ((10**9, " billion"), (10**6, " million"))
    for size, word in steps:
        if abs(exact) >= size and (exact / size).normalize().as_tuple().exponent >= -4:  # type: ignore[operator]
            return _decimal(exact / size, lang, grouped=lang == "en") + word
    return _decimal(exact, lang, grouped=lang == "en")


def _decimal(value: Decimal, lang: Lang, *, grouped: bool) -> str:
    return format_decimal(value, format="#,##0.####", locale=lang, group_separator=grouped)
