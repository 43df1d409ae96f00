"""Task tables as offices make them: merged cells, headers of two rows, units in headings, results."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

from parsers.read import read
from parsers.reading import Declared

Cell = tuple[str, int, int]
"""Words, rows and columns that a cell spans."""
Grid = Sequence[Sequence[Cell]]


def one(words: str, rows: int = 1, columns: int = 1) -> Cell:
    return words, rows, columns


def as_html(title: str, grid: Grid) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>{w}</td>" for w, r, c in row) + "</tr>" for row in grid
    )
    page = f"<head><title>{title}</title></head><body><h1>{title}</h1><table>{rows}</table></body>"
    return f"<html>{page}</html>".encode()


def placed(grid: Grid) -> list[tuple[int, int, Cell]]:
    """Row and column of each cell, as merged cells above push it to the right."""
    taken: set[tuple[int, int]] = set()
    found = []
    for at, row in enumerate(grid):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            found.append((at, column, cell))
            taken |= {(at + r, column + c) for r in range(cell[1]) for c in range(cell[2])}
            column += cell[2]
    return found


def as_xlsx(title: str, grid: Grid) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.cell(1, 1, title)
    for row, column, (words, rows, columns) in placed(grid):
        sheet.cell(row + 2, column + 1, words)
        if rows > 1 or columns > 1:
            sheet.merge_cells(
                start_row=row + 2,
                start_column=column + 1,
                end_row=row + 1 + rows,
                end_column=column + columns,
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx(title: str, grid: Grid) -> bytes:
    cells: dict[tuple[int, int], str] = {}
    for row, column, (words, rows, columns) in placed(grid):
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        for down in range(rows):
            merged = '<w:vMerge w:val="restart"/>' if not down and rows > 1 else "<w:vMerge/>" if down else ""
            shown = words if not down else ""
            cells[row + down, column] = (
                f"<w:tc><w:tcPr>{span}{merged}</w:tcPr><w:p><w:r><w:t>{shown}</w:t></w:r></w:p></w:tc>"
            )
    height = max(row for row, _ in cells) + 1
    rows_xml = "".join(
        "<w:tr>" + "".join(xml for (row, _), xml in sorted(cells.items()) if row == at) + "</w:tr>"
        for at in range(height)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{title}</w:t></w:r></w:p><w:tbl>{rows_xml}</w:tbl></w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


Maker = Callable[[str, Grid], bytes]
FORMATS = pytest.mark.parametrize(
    ("name", "make"), [("a.html", as_html), ("a.xlsx", as_xlsx), ("a.docx", as_docx)]
)


def told(make: Maker, name: str, title: str, grid: Grid) -> list[tuple[str, str, str | None, str]]:
    declared = Declared("云川市澄湖区", "district", type="list")
    found = read(make(title, grid), name, declared, placed=False)
    for s in found.statements:
        assert "".join(found.source.text[a:b] for a, b in s.spans).replace("\n", "") == s.text
    return [(s.text, s.kind, s.period, s.responsible) for s in found.statements]


@FORMATS
def test_a_body_merged_over_rows_is_in_charge_of_them_all(name: str, make: Maker) -> None:
    grid = [
        [one(w) for w in ("序号", "重点任务", "主要内容", "责任单位", "完成时限")],
        [one("1", 3), one("教育提升", 3), one("新建小学8所"), one("区教育局", 3), one("6月底")],
        [one("改造教室200间"), one("9月底")],
        [one("打通澄湖路南段"), one("12月底")],
        [one(w) for w in ("2", "住房保障", "改造老旧小区12个", "区住建局", "10月")],
    ]
    assert told(make, name, "澄湖区2026年重点工作任务分解表", grid) == [
        ("新建小学8所", "target", "2026-06", "区教育局"),
        ("改造教室200间", "target", "2026-09", "区教育局"),
        ("打通澄湖路南段", "action", "2026-12", "区教育局"),
        ("改造老旧小区12个", "target", "2026-10", "区住建局"),
    ]


@FORMATS
def test_a_header_of_two_rows_and_money_with_its_unit_in_the_heading(name: str, make: Maker) -> None:
    grid = [
        [
            one("序号", 2),
            one("项目名称", 2),
            one("年度目标", 1, 2),
            one("责任分工", 1, 2),
            one("完成时限", 2),
        ],
        [one("建设内容"), one("年度投资（亿元）"), one("牵头单位"), one("配合单位")],
        [one(w) for w in ("1", "老旧小区改造", "改造小区12个", "0.8", "区住建局", "各街道", "10月")],
    ]
    found = told(make, name, "澄湖区2026年重点工作任务分解表", grid)
    assert sorted(found) == [
        ("改造小区12个", "target", "2026-10", "区住建局"),
        ("老旧小区改造年度投资0.8亿元", "target", "2026-10", "区住建局"),
    ]


@FORMATS
def test_a_completion_table_tells_goals_and_results(name: str, make: Maker) -> None:
    grid = [
        [one(w) for w in ("序号", "任务", "年度目标", "1-6月完成情况", "责任单位")],
        [one(w) for w in ("1", "新建小学", "8所", "5所", "区教育局")],
        [one(w) for w in ("2", "打通澄湖路南段", "完工", "已完工通车", "区住建局")],
        [one(w) for w in ("3", "校园食堂提升工程", "改造食堂20个", "已完成18个", "区教育局")],
        [one(w) for w in ("4", "森林覆盖率（%）", "42", "41.2", "区园林局")],
    ]
    found = told(make, name, "澄湖区2025年民生实事完成情况表", grid)
    assert {period for _, _, period, _ in found} == {"2025"}
    assert [text for text, kind, _, _ in found if kind == "result"] == [
        "新建小学5所", "打通澄湖路南段已完工通车", "已完成18个", "森林覆盖率41.2%",
    ]  # fmt: skip
    assert {"新建小学8所", "改造食堂20个", "森林覆盖率42%"} <= {
        t for t, kind, _, _ in found if kind == "target"
    }


def test_what_is_reported_of_a_row_is_about_its_goal() -> None:
    grid = [
        [one(w) for w in ("序号", "任务", "年度目标", "完成情况")],
        [one(w) for w in ("1", "校园食堂提升工程", "改造食堂20个", "已完成18个")],
    ]
    declared = Declared("云川市澄湖区", "district", type="list")
    found = read(as_html("澄湖区2025年民生实事完成情况表", grid), "a.html", declared, placed=False)
    assert [s.subject for s in found.statements if s.kind == "result"] == ["改造食堂"]


@FORMATS
def test_units_in_a_column_of_their_own_stand_behind_the_number(name: str, make: Maker) -> None:
    grid = [
        [one(w) for w in ("序号", "指标", "单位", "2025年完成", "2026年目标")],
        [one(w) for w in ("1", "城镇新增就业", "人", "5200", "5000以上")],
        [one(w) for w in ("2", "街道数", "", "8", "8")],
    ]
    assert told(make, name, "澄湖区2026年主要经济指标任务表", grid)[:2] == [
        ("城镇新增就业5200人", "result", "2025", ""),
        ("城镇新增就业5000人以上", "target", "2026", ""),
    ]
