"""Two ends said as one amount: 6%—6.5%, 1至3个, 100—200万元, 三到五个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.numerals import CHINESE, MAGNITUDES, number
from parsers.units import Unit

CONNECTORS = frozenset("-—–－~～至到 ")
_CONNECTED = re.compile(rf" ?(?:[-－–~～至到]|—{{1,2}}) ?(?=[0-9０-９{CHINESE}])")
_FROM = ("由", "从", "自")
_NOT_MAGNITUDE = "".join("0123456789.,０１２３４５６７８９．")


@dataclass(frozen=True, slots=True)
class Lower:
    """The first end: where it starts, where the second must begin, its numeral, its unit if printed."""

    start: int
    stop: int
    numeral: str
    unit: Unit | None


def begins_range(text: str, start: int, behind: int, numeral: str, unit: Unit | None) -> Lower | None:
    """The lower end where a connector and another numeral follow; 从3个到5个 is a change, not a range."""
    connected = _CONNECTED.match(text, behind)
    if connected is None:
        return None
    if unit is not None and connected[0].strip() in "至到" and text.endswith(_FROM, 0, start):
        return None
    return Lower(start, connected.end(), numeral, unit)


def both_ends(low: Lower, numeral: str, high: Decimal, unit: Unit) -> tuple[Decimal, Decimal] | None:
    """Both values; a lower end without magnitude takes the upper one's (100—200万元)."""
    if low.unit is not None and low.unit.name != unit.name:
        return None
    value = number(low.numeral)
    if value is None:
        return None
    if low.unit is None and low.numeral[-1] not in MAGNITUDES and numeral[0] not in CHINESE:
        scale = number("1" + numeral.lstrip(_NOT_MAGNITUDE))
        if scale is not None and value * scale < high:
            value *= scale
    elif low.unit is None and len(low.numeral) == 1 and len(numeral) > 1 and numeral[0] in CHINESE:
        # 三到五百: both ends count hundreds.
        scale = number(numeral[1:])
        if scale is not None and value * scale < high and numeral[1:][0] in MAGNITUDES:
            value *= scale
    return (value, high) if value < high else None
