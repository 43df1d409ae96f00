"""The office ledger (台账): laid out for offices, nothing guessed, nothing that a spreadsheet would run."""

from __future__ import annotations

from openpyxl import load_workbook

from storage.exports.office import FIRST_ROW, HEADER_ROW, LEDGER, LOG
from storage.exports.tables import tables
from storage.queries import commitments
from storage.runs import start_run
from storage.write import record


def test_formulas_in_texts_are_text_in_every_sheet(files, ledger, world, tmp_path) -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    run = start_run(ledger, kind="run", parser_version="p1")
    arrival = world.arrival("a.txt", world.text(f"{formula} 3", "@SUM 4", "-2+3 5"))
    record(ledger, run, [arrival], world.derive)
    files.write(ledger, tmp_path)
    for sheet in load_workbook(tmp_path / "ledger.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr")
                assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t", "\r"))
    for name in tables(demo=True):
        for row in files.table(tmp_path, name):
            assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
    assert {row["subject"] for row in files.table(tmp_path, "statements")} == {
        f"'{formula}",
        "'@SUM",
        "'-2+3",
    }
    assert {line["subject"] for line in files.lines(tmp_path, "statements")} == {formula, "@SUM", "-2+3"}


def test_a_number_below_zero_stays_a_number(files, ledger, world, tmp_path) -> None:
    run = start_run(ledger, kind="run", parser_version="p1")
    record(ledger, run, [world.arrival("a.txt", world.text("增速 -3", "总量 100000000000"))], world.derive)
    files.write(ledger, tmp_path, formats=["csv"])
    assert {row["value"] for row in files.table(tmp_path, "quantities")} == {"-3", "100000000000"}


def test_the_office_ledger_is_laid_out_for_offices(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path, formats=["xlsx"], lang="zh")
    book = load_workbook(tmp_path / "ledger.xlsx")
    assert book.sheetnames == ["台账", "变动", "用语"]
    for sheet, columns, count in ((book["台账"], LEDGER, 3), (book["变动"], LOG, 5)):
        assert [cell.value for cell in sheet[HEADER_ROW]] == [column.zh for column in columns]
        assert sheet.max_row == HEADER_ROW + count
        assert sheet.protection.sheet and not sheet.protection.password
        assert sheet.freeze_panes == f"C{FIRST_ROW}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
        for cell, column in zip(sheet[FIRST_ROW], columns, strict=True):
            assert cell.protection.locked is not column.editable
            assert cell.alignment.wrap_text
    first = {c.key: cell.value for c, cell in zip(LEDGER, book["台账"][FIRST_ROW], strict=True)}
    held = {c["id"]: c for c in commitments(filled)}
    assert held[first["id"]]["title"] in first["task"]
    assert [row[0].value for row in book["台账"].iter_rows(min_row=FIRST_ROW)] == list(held)
    roads = next(r for r in book["台账"].iter_rows(min_row=FIRST_ROW, values_only=True) if "道路" in r[4])
    assert roads[5] == "道路\n2018: 3\n2019: 5\n2020: 9"


def test_cells_that_the_texts_say_nothing_for_stay_empty(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path, formats=["xlsx"])
    for row in load_workbook(tmp_path / "ledger.xlsx")["台账"].iter_rows(min_row=FIRST_ROW, values_only=True):
        told = dict(zip((c.key for c in LEDGER), row, strict=True))
        assert (told["unit_in_charge"], told["progress"], told["remark"], told["verdict"]) == (None,) * 4


def test_a_recorded_verdict_stands_in_the_sheet(files, ledger, world, tmp_path) -> None:
    files.fill(ledger, world, files.accusing(world))
    files.write(ledger, tmp_path, formats=["xlsx"], lang="en")
    rows = load_workbook(tmp_path / "ledger.xlsx")["Changes"].iter_rows(min_row=FIRST_ROW, values_only=True)
    told = [dict(zip((c.key for c in LOG), row, strict=True)) for row in rows]
    assert {(one["change"].split("\n")[0], one["verdict"]) for one in told} == {
        ("new", None),
        ("not listed again", None),
        ("not listed again", "confirmed"),
    }
