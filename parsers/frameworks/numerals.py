"""Small numerals as they stand in names: 四, 十二, 两, 双, 24."""

from __future__ import annotations

from functools import lru_cache

from parsers.numerals import chinese


@lru_cache(maxsize=1024)
def number(word: str) -> int | None:
    """Value of a numeral below one hundred; None for 百, 千, N and everything else."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) < 3 else None
    if word == "双":
        return 2
    value = chinese(word)
    return int(value) if value is not None and value < 100 else None
