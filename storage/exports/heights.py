"""How high a row must be for its wrapped text: not every program works that out for files of others."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

LINE = 14.5
"""Points a line takes at ten points of type."""
HIGHEST = 409.0
"""Points: no spreadsheet row is higher."""


def height(cells: Iterable[tuple[str, int]]) -> float:
    """Points for a row of texts, each with the width of its column in characters.

    >>> height([("一二三四五", 6), ("short", 10)])
    33.0
    """
    return min(HIGHEST, LINE * max((_lines(text, width) for text, width in cells), default=1) + 4)


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(_units(line) / max(1, width - 1))) for line in text.split("\n")) if text else 1


def _units(line: str) -> int:
    """Width in halves of a Chinese character: what GBK has in two bytes is drawn that wide."""
    return len(line.encode("gbk", "replace"))
