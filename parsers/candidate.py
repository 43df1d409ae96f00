"""A number with its unit before it is decided whether they measure anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.numerals import CHINESE
from parsers.units import Unit, by_first_character

_UNITS = by_first_character()
_D = "0-9０-９"
_NO_THOUSAND = CHINESE.replace("千", "")
_BEHIND = "".join(sorted({*_UNITS, *"余多几分成折番半大至到–—－~～年"} - {"月", "日", "-"}))
"""What can follow a Chinese numeral that is an amount; behind a magnitude anything can."""

SCAN = re.compile(
    rf"[{_D}{CHINESE}](?:"
    # 1,234.5 · 3亿2千万 · 320多亿 · 78.7 亿; 千瓦 and the like are units.
    # Behind a letter or 第 a number is a name or an ordinal.
    rf"(?<=[{_D}])(?<![{_D}A-Za-z.．第].)"
    rf"[{_D}]*+(?:[,，][0-9]{{3}}(?![0-9]))*+(?:[.．][{_D}]++)?+"
    rf"(?:(?:[余多几]|[余多]?[ \u3000](?=[万亿](?![科达州宁]|$)))?+(?:[十百万亿]|千(?![瓦克米伏卡]))++"
    rf"(?:[余多几][万亿]++)?+(?:[{_D}]++(?:\.[{_D}]++)?+[十百千万亿]++(?:[余多][万亿]++)?+)*+)?+"
    # 两千三百 · 三千七百多万 · 一百几十亿
    rf"|(?<=[{CHINESE}])(?<![{CHINESE}第.{_D}].)(?:(?<!千)|(?![瓦克米伏]))"
    rf"(?:[{_NO_THOUSAND}]|千(?![瓦克米伏]))*+(?:[余多几](?=[十百千万亿])[{CHINESE}]++)?+"
    rf"(?:(?<=[百千万亿])|(?=[{re.escape(_BEHIND)}-])))",
    re.DOTALL,
)
"""Finds numerals, each in one match; looks at most at one character before and behind."""

VAGUE = frozenset("余多几 \u3000")
"""Characters inside a numeral that are no part of its value: 320多亿, 十几万, 78.7 亿."""
BARE = frozenset("百千万亿")


@dataclass(slots=True)
class Candidate:
    """Where number and unit stand, and what touches them.

    start: of the numeral. begin: of the span (with 近, 至少). unit_end: behind the unit. stop: end of the
    span (with 以上, 左右). bare: a magnitude without a digit (百件, 千亿元). hedged: a word before the number
    sets its comparator, or 余, 多, 数 stands in it; bounded: a word behind does.
    """

    text: str
    start: int
    begin: int
    unit_end: int
    stop: int
    unit: Unit
    value: Decimal
    numeral: str
    arabic: bool
    bare: bool
    hedged: bool
    bounded: bool

    @property
    def previous(self) -> str:
        """The character before the span, empty at the beginning of the text."""
        return self.text[self.begin - 1 : self.begin] if self.begin else ""

    def preceded_by(self, *words: str) -> bool:
        """Whether the number directly follows one of these words."""
        return self.text.endswith(words, 0, self.start)

    def followed_by(self, *words: str) -> bool:
        """Whether one of these words directly follows the span."""
        return self.text.startswith(words, self.stop)


def unit_behind(text: str, at: int, numeral: str, arabic: bool) -> tuple[Unit, int] | None:
    """The longest unit that begins at `at`, with where it ends."""
    for spelling, unit in _UNITS.get(text[at], ()):
        if not text.startswith(spelling, at):
            continue
        if (unit.digits_only and not arabic and numeral[-1] not in "万亿") or (
            unit.magnified and numeral[-1] not in "万亿"
        ):
            return None
        end = at + len(spelling)
        if unit.unless and end < len(text) and text[end] in unit.unless:
            return None
        return unit, end
    return None
