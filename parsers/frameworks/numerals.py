"""Small Chinese numerals as they stand in names: 四, 十二, 两, 双, 24."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2}


def number(word: str) -> int | None:
    """Value of a numeral below one hundred; None for 百, 千, N and everything else."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) < 4 else None
    if len(word) == 1 and word != "十":
        return _DIGITS.get(word)
    tens, ten, ones = word.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1:
        return None
    high = _DIGITS.get(tens) if tens else 1
    low = _DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low
