"""`duixian sample`: a blind sheet, filled in by a person, and error rates that later exports state."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from openpyxl import load_workbook

from audit.hand_sheet import COLUMNS, amount
from audit.targets import NoTarget

AT = {column.key: number for number, column in enumerate(COLUMNS, 1)}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A data folder: the first test fills it, the others copy it."""
    return tmp_path_factory.mktemp("filled") / "var"


@pytest.fixture
def drawn(duixian, examples, filled, tmp_path):
    if not filled.exists():
        assert duixian("run", "--direct").status == 0
        shutil.copytree(tmp_path / "var", filled)
    shutil.copytree(filled, tmp_path / "var", dirs_exist_ok=True)
    assert duixian("sample", "--n", "12", "--out", tmp_path / "sheet.xlsx").status == 0
    assert duixian("export", "panel", "--format", "csv", "--out", tmp_path / "panel").status == 0
    return duixian


def panel(folder):
    with (folder / "panel/panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["statement"][:16]: row for row in csv.DictReader(stream) if row["statement"]}


def fill(path, told, wrong=()):
    """Answer as the panel has it, but otherwise in the rows numbered in `wrong`; what was answered."""
    book = load_workbook(path)
    sheet = book.active
    for number in range(3, sheet.max_row + 1):
        one, other = (told[key] for key in sheet.cell(number, AT["id"]).value.split(" "))
        year = int(one["year"]) + (number - 3 in wrong)
        sheet.cell(number, AT["role"]).value = {"promise": "承诺", "result": "结果"}[one["role"]]
        sheet.cell(number, AT["year"]).value = year
        sheet.cell(number, AT["amount"]).value = one["value_text"].replace("..", "-") or "无"
        sheet.cell(number, AT["same"]).value = "是" if one["commitment"] == other["commitment"] else "否"
    book.save(path)


def test_the_sheet_shows_sentences_and_sources_and_no_answer(drawn, tmp_path) -> None:
    told = panel(tmp_path)
    rows = list(load_workbook(tmp_path / "sheet.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 12
    for row in rows:
        shown = dict(zip(AT, row, strict=True))
        one = told[shown["id"].split(" ")[0]]
        assert shown["quote"] and shown["source"] and shown["date"] == one["date_given"]
        assert {shown[name] for name in ("role", "year", "amount", "same", "remark")} == {None}
        assert one["commitment"] not in map(str, row)


def test_the_same_lot_draws_the_same_bytes_and_another_others(drawn, tmp_path) -> None:
    drawn("sample", "--n", "12", "--out", tmp_path / "again.xlsx")
    drawn("sample", "--n", "12", "--seed", "2", "--out", tmp_path / "other.xlsx")
    first = (tmp_path / "sheet.xlsx").read_bytes()
    assert (tmp_path / "again.xlsx").read_bytes() == first != (tmp_path / "other.xlsx").read_bytes()


def test_rates_are_measured_and_stand_in_later_exports(drawn, tmp_path) -> None:
    fill(tmp_path / "sheet.xlsx", panel(tmp_path), wrong=(0, 5, 7))
    (scored,) = drawn("sample", "--score", tmp_path / "sheet.xlsx", "--json").records
    rates = scored["error_rates"]
    assert (rates["year"]["wrong"], rates["year"]["asked"], rates["year"]["rate"]) == (3, 12, 0.25)
    assert rates["year"]["low"] < 0.25 < rates["year"]["high"]
    assert [rates[name]["wrong"] for name in ("role", "amount", "linked", "unlinked")] == [0, 0, 0, 0]
    assert rates["linked"]["asked"] + rates["unlinked"]["asked"] == 12
    assert min(rates["linked"]["asked"], rates["unlinked"]["asked"]) > 0
    for command in (("export", "panel"), ("export",)):
        out = tmp_path / command[-1]
        drawn(*command, "--format", "csv", "--out", out)
        package = json.loads((out / "datapackage.json").read_text("utf-8"))
        assert package["duixian"]["hand_check"]["error_rates"] == rates
    assert "| year | 12 | 3 | 0.25 |" in (tmp_path / "panel/codebook.md").read_text("utf-8")


def test_what_is_left_open_is_not_counted_and_an_empty_sheet_measures_nothing(drawn, tmp_path) -> None:
    (scored,) = drawn("sample", "--score", tmp_path / "sheet.xlsx", "--json").records
    assert {one["asked"] for one in scored["error_rates"].values()} == {0}
    drawn("export", "panel", "--format", "csv", "--out", tmp_path / "panel")
    assert "hand_check" not in (tmp_path / "panel/datapackage.json").read_text("utf-8")


def test_a_sheet_that_cannot_be_read_is_refused_with_its_row(drawn, tmp_path) -> None:
    book = load_workbook(tmp_path / "sheet.xlsx")
    book.active.cell(5, AT["same"]).value = "也许"
    book.save(tmp_path / "sheet.xlsx")
    done = drawn("sample", "--score", tmp_path / "sheet.xlsx")
    assert (done.status, "row 5 of sheet.xlsx" in done.err) == (2, True)
    (tmp_path / "text.xlsx").write_text("no")
    assert drawn("sample", "--score", tmp_path / "text.xlsx").status == 2
    # A sheet that may hold answers is never written over.
    assert drawn("sample", "--out", tmp_path / "sheet.xlsx").status == 2


@pytest.mark.parametrize(
    ("said", "read"),
    [("3-5万", "30000..50000"), ("1.5亿元", "150000000"), ("4.50%", "4.5"), ("none", "none")],
)
def test_amounts_are_read_as_people_write_them(said, read) -> None:
    assert amount(said) == read


def test_an_amount_without_digits_is_asked_for_again() -> None:
    with pytest.raises(NoTarget, match="row 9"):
        amount("很多", "row 9")
