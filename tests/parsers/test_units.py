"""Measure words in their canonical form, and which of them can be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.units import by_first_character, canonical, convert, dimension, spellings


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("平米", "平方米"),
        ("㎡", "平方米"),
        ("千米", "公里"),
        ("％", "%"),
        ("个百分点", "百分点"),
        ("美金", "美元"),
    ],
)
def test_spellings_have_one_canonical_form(printed: str, name: str) -> None:
    assert canonical(printed) == name


def test_an_unknown_unit_stays_as_printed() -> None:
    assert canonical("筐") == "筐"
    assert dimension("筐") is None


def test_areas_convert_exactly_and_counters_do_not() -> None:
    assert convert(Decimal(3), "亩", "平方米") == Decimal(2000)
    assert convert(Decimal(2), "平方公里", "公顷") == Decimal(200)
    assert convert(Decimal(2), "家", "个") is None
    assert convert(Decimal(1), "百分点", "%") is None
    assert convert(Decimal(1), "美元", "元") is None
    assert convert(Decimal(5), "家", "家") == 5


def test_longer_spellings_are_tried_first() -> None:
    for group in by_first_character().values():
        lengths = [len(spelling) for spelling, _ in group]
        assert lengths == sorted(lengths, reverse=True)


def test_every_spelling_leads_to_a_unit_that_knows_itself() -> None:
    for unit in spellings().values():
        assert spellings()[unit.name] == unit
