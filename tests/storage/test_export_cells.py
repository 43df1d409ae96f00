"""Cells that no spreadsheet program computes, and rows high enough for their text."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from storage.exports.cells import encodable, fit, guard, unguard
from storage.exports.heights import HIGHEST, height
from storage.exports.office import LEDGER, LOG, key_of, verdict_of
from storage.exports.office_rows import due

HOSTILE = st.text(st.sampled_from("=+-@＝＋\t\r\n '\"|;,_x0041増8%"), max_size=8) | st.text()


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-5%", "@SUM(A1)", "\t=1", "\r1", " =1", "＝1+1", "\n@x", "\u3000=1", "'=1"]
)
def test_what_a_spreadsheet_might_compute_becomes_text(text) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "增长8%", "2018=100", "1-6月", "“=”号", " 道路"])
def test_other_text_stays_as_it_is(text) -> None:
    assert guard(text) == text


@given(HOSTILE)
def test_guarded_text_is_harmless_and_can_be_had_back(text) -> None:
    guarded = guard(text)
    assert not guarded.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not guarded.startswith(("\t", "\r", "\n"))
    assert unguard(guarded) == text


@given(HOSTILE | st.text(st.characters(codec=None)))
def test_any_text_fits_a_sheet_and_any_encoding(text) -> None:
    assert len(encodable(text).encode("utf-8")) >= len(text)
    book = Workbook()
    cell = book.active.cell(1, 1)
    cell.value, cell.data_type = guard(fit(text)), "s"
    stream = io.BytesIO()
    book.save(stream)
    read = load_workbook(stream).active.cell(1, 1)
    assert read.data_type != "f"


def test_spelt_out_code_points_stay_as_they_were_written() -> None:
    assert fit("_x0041_") == "_x005F_x0041_"
    assert fit("a_b\x01") == "a_b\ufffd"


def test_a_row_grows_with_its_text_up_to_what_a_sheet_allows() -> None:
    assert height([("短", 10)]) < height([("一句很长很长很长的话", 10)]) < height([("行\n" * 9, 10)])
    assert height([("字" * 9999, 10)]) == HIGHEST


def test_columns_are_known_by_their_headings_in_both_languages() -> None:
    for columns in (LEDGER, LOG):
        for column in columns:
            assert key_of(column.zh, columns) == key_of(column.en, columns) == column.key
        assert key_of("另加的一栏", columns) is None


def test_a_verdict_is_one_of_two_words_or_none() -> None:
    assert (verdict_of("确认"), verdict_of(" rejected "), verdict_of(None)) == ("confirmed", "rejected", None)
    with pytest.raises(KeyError):
        verdict_of("也许")


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2020", "2020年", "2020"),
        ("2020-06", "2020年6月", "2020-06"),
        ("2020-06-30", "2020年6月30日", "2020-06-30"),
        ("2016..2020", "2016—2020年", "2016–2020"),
    ],
)
def test_a_period_reads_as_offices_write_it(period, zh, en) -> None:
    assert (due(period, "zh"), due(period, "en")) == (zh, en)
