"""Numerals are exact decimals, whichever script writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numerals import MOST_DIGITS, chinese, number, span_of_two


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十二", "12"),
        ("二十", "20"),
        ("两千一百零五", "2105"),
        ("一百五", "150"),
        ("三万二", "32000"),
        ("一百零五", "105"),
        ("百亿", "10000000000"),
        ("百万", "1000000"),
        ("三亿二千五百万", "325000000"),
        ("一千零五万三千", "10053000"),
        ("二〇二五", "2025"),
        ("1.1万", "11000"),
        ("3亿2千万", "320000000"),
        ("1千5百万", "15000000"),
        ("1.1万亿", "1100000000000"),
        ("12,345.6", "12345.6"),
        ("３．５", "3.5"),
        ("０", "0"),
    ],
)
def test_a_numeral_has_one_exact_value(written: str, value: str) -> None:
    assert number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "三五", "甲", "1.2.3", "1" * (MOST_DIGITS + 1), "十" * 5])
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert number(written) is None


@pytest.mark.parametrize(
    ("written", "low", "high"), [("两三", 2, 3), ("三五", 3, 5), ("七八十", 70, 80), ("五六百", 500, 600)]
)
def test_neighbouring_digits_are_two_ends(written: str, low: int, high: int) -> None:
    assert span_of_two(written) == (low, high)


@pytest.mark.parametrize("written", ["三", "三二", "一九", "十三", "三五七"])
def test_other_digits_are_not_two_ends(written: str) -> None:
    assert span_of_two(written) is None


def _below_ten_thousand(n: int) -> str:
    out, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return out


def _spelled(n: int) -> str:
    """An own writer of Chinese numerals, for the round trip."""
    parts, out = ((n // 10**8, "亿"), (n // 10**4 % 10**4, "万"), (n % 10**4, "")), ""
    for section, name in parts:
        if section:
            out += ("零" if out and section < 1000 else "") + _below_ten_thousand(section) + name
    return out


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_round_trip(n: int) -> None:
    assert chinese(_spelled(n)) == n


@given(st.integers(0, 10**15))
def test_thousands_separators_and_full_width_digits_change_nothing(n: int) -> None:
    wide = str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert number(f"{n:,}") == number(wide) == number(str(n)) == n


@given(st.text(alphabet="零〇一二两三九十百千万亿0123456789.,０９．，", max_size=40))
def test_no_string_of_digits_breaks_the_reader(text: str) -> None:
    value = number(text)
    assert value is None or value.is_finite()
