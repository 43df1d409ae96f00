"""Who owns a statement: the place and level whose promise or fact it is.

A city's system quoted by a district's leader belongs to the city; levels never mix.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.reading import Reading
from parsers.statement import Level, Statement

_CODE_DIGITS: dict[Level, int] = {"nation": 0, "province": 2, "city": 4, "district": 6, "street": 6}
_RANK: dict[Level, int] = {"nation": 0, "province": 1, "city": 2, "district": 3, "street": 4}
_PROVINCE = re.compile(r"^.{2,8}?(?:省|自治区|特别行政区)")
_CITY = re.compile(r"^.{2,12}?(?:市|自治州|地区|盟)")


class Owner(NamedTuple):
    """A place and level that owns statements. code: GB/T 2260; a street has its district's."""

    code: str
    level: Level
    name: str


def owner_of(statement: Statement, reading: Reading) -> Owner:
    """The owner of a statement; the document's own place where the statement names no other."""
    place = reading.place
    level = statement.level or reading.level
    if level == reading.level and statement.district in (None, place.name):
        return Owner(place.code, level, place.name)
    if _RANK[level] <= _RANK[place.level]:
        code = place.code[: _CODE_DIGITS[level]].ljust(6, "0")
        named = statement.district if statement.district != place.name else None
        return Owner(code, level, named or _above(place.name, level))
    return Owner(place.code, level, statement.district or place.name)


def _above(name: str, level: Level) -> str:
    """The full name of the place of that level above a place, as far as its own full name tells it."""
    if level == "nation":
        return "全国"
    province = _PROVINCE.match(name)
    if level == "province":
        return province.group() if province else name
    city = _CITY.match(name, province.end() if province else 0)
    return name[: city.end()] if city else name
