"""Measure words: which characters behind a number are its unit, and what that unit measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C loader where libyaml is built in: the tables are read whenever the command starts."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word in its canonical form (平米 is 平方米, 千米 is 公里, 个百分点 is 百分点).

    dimension: money, ratio, area, length, mass, volume, power, energy, time, people, count …
    factor: what one unit is in the dimension's base unit (元, %, 平方米, 米, 公斤 …), None where it has none.
    digits_only: a unit behind Arabic digits alone.
    """

    name: str
    dimension: str
    factor: Decimal | None
    digits_only: bool
    unless: str = ""
    """Characters that, right behind the word, make it the beginning of another one."""
    magnified: bool = False
    """A unit behind 万 or 亿 alone."""


def _factor(written: Any) -> Decimal | None:
    if written is None:
        return None
    above, _, below = str(written).partition("/")
    return Decimal(above) / Decimal(below or 1)


@lru_cache(maxsize=1)
def spellings() -> dict[str, Unit]:
    """Every spelling of every unit."""
    text = files("parsers.data").joinpath("units.yml").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, Any]]] = yaml.load(text, Loader=LOADER)
    found: dict[str, Unit] = {}
    for dimension, units in table.items():
        for name, facts in units.items():
            unit = Unit(
                name,
                dimension,
                _factor(facts.get("factor")),
                bool(facts.get("digits_only")),
                facts.get("unless", ""),
                bool(facts.get("magnified")),
            )
            for spelling in (name, *facts.get("also", ())):
                found[spelling] = unit
    return found


@lru_cache(maxsize=1)
def by_first_character() -> dict[str, tuple[tuple[str, Unit], ...]]:
    """Spellings that begin with a character, longest first: what a reader tries behind a number."""
    groups: dict[str, list[tuple[str, Unit]]] = {}
    for spelling, unit in spellings().items():
        groups.setdefault(spelling[0], []).append((spelling, unit))
    return {first: tuple(sorted(group, key=lambda item: -len(item[0]))) for first, group in groups.items()}


def canonical(spelling: str) -> str:
    """The canonical form of a unit; an unknown one stays as it is."""
    unit = spellings().get(spelling)
    return unit.name if unit else spelling


def dimension(spelling: str) -> str | None:
    """What a unit measures, None where it is unknown."""
    unit = spellings().get(spelling)
    return unit.dimension if unit else None


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """An amount in another unit of the same dimension; None where the two cannot be compared.

    A count of 家 is not a count of 个: counters convert into themselves alone. 百分点 is a
    difference of percentages, never a percentage.
    """
    source, target = spellings().get(unit), spellings().get(to)
    if source is None or target is None:
        return value if unit == to else None
    if source.name == target.name:
        return value
    if source.dimension != target.dimension or source.factor is None or target.factor is None:
        return None
    return value * source.factor / target.factor
