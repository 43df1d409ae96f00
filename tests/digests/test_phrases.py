"""Field changes in plain words."""

from __future__ import annotations

import pytest

from digests.amounts import amount, number
from digests.phrases import BOUNDS, FIELDS, difference, differences, editions
from tracking.words.catalogue import translator


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (100_000_000_000, "1000亿", "100 billion"),
        (3_000_000, "300万", "3 million"),
        (22, "22", "22"),
        (8.5, "8.5", "8.5"),
        (12_345, "1.2345万", "12,345"),
        (123_456_789, "12345.6789万", "123,456,789"),
    ],
)
def test_numbers_read_as_people_write_them_and_are_never_rounded(amount: float, zh: str, en: str) -> None:
    assert number(amount, "zh") == zh
    assert number(amount, "en") == en


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ((100_000_000_000, ">", "元"), "超过1000亿元", "> 100 billion yuan"),
        ((8, ">=", "%"), "8%以上", "≥ 8%"),
        ((8, "~", "%"), "8%左右", "about 8%"),
        ((3_000_000, "below", "平方米"), "近300万平方米", "nearly 3 million m²"),
        ((22, None, "个"), "22个", "22"),
        ((22, "=", None), "22", "22"),
    ],
)
def test_an_amount_has_its_bound_and_unit(
    given: tuple[float, str | None, str | None], zh: str, en: str
) -> None:
    value, op, unit = given
    assert amount(value, "zh", op, unit) == zh
    assert amount(value, "en", op, unit) == en


def test_a_result_shows_what_bounds_the_promise() -> None:
    change = {"old": 80_000_000_000, "new": 81_260_000_000, "old_op": ">", "unit": "元", "direction": None}
    assert difference("result", change, "zh") == "提出 超过800亿元，回报 812.6亿元"
    assert difference("result", change, "en") == "promised > 80 billion yuan, reported 81.26 billion yuan"


def test_a_value_shows_old_new_and_direction() -> None:
    assert (
        difference("value", {"old": 22, "new": 31, "direction": "raised"}, "en") == "amount: 22 → 31 (raised)"
    )


def test_parts_show_what_came_and_went_not_what_stayed() -> None:
    change = {"old": ["甲", "乙"], "new": ["甲", "丙"], "added": ["丙"], "removed": ["乙"], "kept": ["甲"]}
    told = difference("components", change, "en")
    assert "added 丙" in told
    assert "乙" in told
    assert "甲" not in told


def test_a_term_that_was_not_stated_before_says_so() -> None:
    assert difference("goal", {"old": None, "new": "全省领先"}, "en") == "ambition: not stated → 全省领先"


def test_the_amount_comes_before_the_wording() -> None:
    fields = {
        "modality": {"old": "确保", "new": "力争", "direction": "softened"},
        "value": {"old": 8, "new": 7, "direction": "lowered"},
    }
    assert [phrase.split(":")[0] for phrase in differences(fields, "en")] == [
        "amount",
        "wording of the promise",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("2018", "2019", "2018 → 2019"), (None, "2019", "2019"), ("2019", "2019", "2019")],
)
def test_editions(old: str | None, new: str, told: str) -> None:
    assert editions({"edition_from": old, "edition_to": new}) == told


@pytest.mark.parametrize("english", [*FIELDS.values(), *BOUNDS.values()])
def test_every_field_and_bound_has_a_chinese_name(english: str) -> None:
    assert translator("zh")(english) != english
