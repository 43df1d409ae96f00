"""A bare value of a table, read together with its task or indicator and with the unit printed elsewhere."""

from __future__ import annotations

import re

from parsers.cells import cut, joined
from parsers.quantities import find_quantities
from parsers.text import Paragraph

_BARE = re.compile(r"[≥≤>＞＜<=不低少超高于过达到约以上内左右%/％\s，。（）()]*")
_BRACKET = re.compile(r"\s*[（(](?P<unit>[^（）()]{1,8})[）)]\s*$")
_NUMBER = re.compile(r"[^\d]{0,6}\d[\d,]*(?:\.\d+)?")
_UNIT_SAID = re.compile("(?:单位[:：])?")


def valued(name: Paragraph, value: Paragraph, *units: Paragraph) -> Paragraph | None:
    """The name with the bare value beside it; None where the cell speaks for itself.

    units: cells that may print the unit, best first: a column of units, then headings with a bracket.
    """
    label, *own = without_unit(name)
    if len(label.text) < 2 or find_quantities(label.text):
        return None
    for unit in (
        None,
        units[0] if units else None,
        *own,
        *(u for h in units[1:] for u in without_unit(h)[1:]),
    ):
        words = _with_unit(value, unit) if unit is not None and unit.text else value
        amounts = find_quantities(words.text)
        if len(amounts) != 1:
            continue
        (amount,) = amounts
        if _BARE.fullmatch(words.text[: amount.start]) and _BARE.fullmatch(words.text[amount.end :]):
            return joined(label, words)
    return None


def without_unit(cell: Paragraph) -> tuple[Paragraph, ...]:
    """The cell without the unit in its closing bracket, and that unit where there is one."""
    found = _BRACKET.search(cell.text)
    if found is None:
        return (cell,)
    start, end = found.span("unit")
    start = _UNIT_SAID.match(cell.text, start).end()  # type: ignore[union-attr]
    return cut(cell, 0, found.start()), cut(cell, start, end)


def _with_unit(value: Paragraph, unit: Paragraph) -> Paragraph:
    """The value with the unit behind its number (5000以上, 人: 5000人以上)."""
    number = _NUMBER.match(value.text)
    if number is None or value.text[number.end() :].startswith(unit.text):
        return value
    return joined(cut(value, 0, number.end()), unit, cut(value, number.end(), len(value.text)))
