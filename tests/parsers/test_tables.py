"""Task tables by their columns, in every format; lists that assign their items; evidence inside the cells."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.columns import WIDEST, header
from parsers.deadlines import period_of
from parsers.duties import assigned
from parsers.extraction import extract
from parsers.periods import Anchor
from parsers.read import read
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from parsers.statement import Statement
from parsers.tables import parts
from parsers.text import Paragraph, plain

TITLE = "澄湖区2026年重点工作任务分解表"
HEAD = ["序号", "工作任务", "具体措施", "责任单位", "完成时限"]
ROWS = [
    ["1", "新建小学8所", "编制学校布局规划", "区教育局", "6月底前"],
    ["", "", "打通澄湖路南段", "", ""],
    ["2", "改造老旧小区12个", "", "区住建局", "2026年9月"],
]
WANTED = [
    ("新建小学8所", "target", "2026-06", "区教育局"),
    ("编制学校布局规划", "action", "2026-06", "区教育局"),
    ("打通澄湖路南段", "action", "2026-06", "区教育局"),
    ("改造老旧小区12个", "target", "2026-09", "区住建局"),
]


def reading(content: bytes | str, name: str) -> Reading:
    content = content.encode() if isinstance(content, str) else content
    return read(content, name, Declared("云川市澄湖区", "district", type="list"), placed=False)


def quote(found: Reading, s: Statement) -> str:
    return "".join(found.source.text[start:end] for start, end in s.spans)


def told(found: Reading) -> list[tuple[str, str, str | None, str]]:
    return [(quote(found, s), s.kind, s.period, s.responsible) for s in found.statements]


def as_markdown() -> bytes:
    lines = [f"# {TITLE}", ""] + [f"| {' | '.join(row)} |" for row in (HEAD, ["---"] * 5, *ROWS)]
    return "\n".join(lines).encode()


def as_text() -> bytes:
    return "\n".join([TITLE, *("\t".join(row) for row in (HEAD, *ROWS))]).encode()


def as_html() -> bytes:
    """The second row's number, task, body and deadline are those of the first, by rowspan."""
    first = "".join(f"<td{' rowspan=2' if n != 2 else ''}>{c}</td>" for n, c in enumerate(ROWS[0]))
    rows = [
        "".join(f"<th>{c}</th>" for c in HEAD),
        first,
        f"<td>{ROWS[1][2]}</td>",
        "".join(f"<td>{c}</td>" for c in ROWS[2]),
    ]
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><table>{body}</table></body></html>"
    )
    return page.encode()


def as_xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([TITLE], HEAD, *ROWS):
        sheet.append([c or None for c in row])
    for column in "ABDE":
        sheet.merge_cells(f"{column}3:{column}4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx() -> bytes:
    def cell(words: str, merged: str) -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    def row(cells: list[str]) -> str:
        merged = '<w:vMerge w:val="continue"/>'
        return "<w:tr>" + "".join(cell(c, "" if c else merged) for c in cells) + "</w:tr>"

    wide = '<w:gridSpan w:val="5"/>'
    section = f"<w:tr>{cell('一、社会事业', wide)}</w:tr>"
    table = f"<w:tbl>{row(HEAD)}{section}{''.join(map(row, ROWS))}</w:tbl>"
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>{table}</w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.md", as_markdown),
        ("a.txt", as_text),
        ("a.html", as_html),
        ("a.xlsx", as_xlsx),
        ("a.docx", as_docx),
    ],
)
def test_a_task_table_reads_the_same_in_every_format(name: str, make: object) -> None:
    found = reading(make(), name)  # type: ignore[operator]
    assert told(found) == WANTED


def test_what_was_done_is_a_result_of_the_tables_own_year() -> None:
    table = (
        "# 澄湖区2025年民生实事完成情况\n\n"
        "| 序号 | 实事内容 | 责任单位 | 进展情况 |\n| --- | --- | --- | --- |\n"
        "| 1 | 新建小学8所 | 区教育局 | 截至11月底，新建小学6所 |\n"
        "| 2 | 打通澄湖路南段 | 区住建局 | 已完成 |\n"
        "| 3 | 建设湖滨体育中心 | 区体育局 | 正在推进 |\n"
    )
    results = [one for one in told(reading(table, "a.md")) if one[1] == "result"]
    assert results == [
        ("新建小学6所", "result", "2025-11", "区教育局"),
        ("打通澄湖路南段已完成", "result", "2025", "区住建局"),
    ]


def test_a_bare_value_takes_its_indicator_and_the_bound_of_its_sign() -> None:
    table = "|序号|指标名称|目标值|责任单位|\n|---|---|---|---|\n|1|一般公共预算收入增速|≥5%|区财政局|\n"
    found = reading(f"# {TITLE}\n\n{table}", "a.md")
    (statement,) = found.statements
    assert (statement.subject, statement.quantities[0].op) == ("一般公共预算收入增速", ">=")
    assert quote(found, statement) == "一般公共预算收入增速≥5%"


@pytest.mark.parametrize(
    ("item", "period", "who"),
    [
        ("1.新建小学8所（责任单位：区教育局；完成时限：9月底）", "2026-09", "区教育局"),
        ("1.新建小学8所。（牵头单位：区教育局，责任单位：区住建局）", "2026", "区教育局；区住建局"),
        ("1.新建小学8所（区教育局、区住建局负责，9月底前完成）", "2026-09", "区教育局、区住建局"),
        ("1.新建小学8所。责任单位：区教育局。完成时限：上半年。", "2026-06", "区教育局"),
        ("1.新建小学8所。\n责任单位：区教育局\n完成时限：12月底", "2026-12", "区教育局"),
    ],
)
def test_a_list_says_behind_its_items_who_and_by_when(item: str, period: str, who: str) -> None:
    found = reading(f"澄湖区2026年民生实事项目\n\n{item}\n", "a.txt")
    assert told(found) == [("新建小学8所", "target", period, who)]


def test_brackets_that_assign_nothing_stay_with_their_words() -> None:
    lines = [plain("新建小学8所（含九年一贯制学校2所）。", 0), plain("落实责任单位自评制度。", 30)]
    assert assigned(lines) == {}


def test_figures_in_columns_are_no_task_table() -> None:
    assert header(["街道", "人口", "面积"]) is None
    assert header(["指标", "单位", "绝对量", "增长"]) is None
    assert header(["序号", "责任单位", "完成时限"]) is None
    assert header(["工作任务"] * (WIDEST + 1)) is None


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("6月底前", "2026-06"),
        ("全年", "2026"),
        ("2025年12月", "2025-12"),
        ("2025.12", "2025-12"),
        ("2024—2026年", "2024..2026"),
        ("3月底前开工，10月底前完工", "2026-10"),
        ("持续推进", None),
    ],
)
def test_a_deadline_is_the_period_of_its_row(words: str, period: str | None) -> None:
    assert period_of(words, Anchor(2026, plan_year=2026, type="list")) == period


CELL = st.text(alphabet="新建小学8所12月底前，。；区教育局（）：责任单位|\t≥5%已完成", max_size=14)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=7), min_size=1, max_size=5))
def test_every_part_stands_inside_one_cell_or_is_put_together_of_cells(rows: list[list[str]]) -> None:
    lines = ["\t".join(HEAD), *("\t".join(c.replace("\t", "").replace("|", "") for c in row) for row in rows)]
    at, paragraphs = 0, []
    for line in lines:
        paragraphs.append(plain(line, at, "table"))
        at += len(line) + 1
    source = "\n".join(lines)
    for found in parts(paragraphs).values():
        for part in found:
            spans = part.words.spans(0, len(part.words.text))
            assert "".join(source[s:e] for s, e in spans) == part.words.text
            assert all("\t" not in source[s:e] and "\n" not in source[s:e] for s, e in spans)


@pytest.mark.parametrize("filler", ["（", "责任单位：", "\t", "（责任单位：", "1|", "区教育局、", "负责"])
def test_hostile_tables_take_linear_time(filler: str) -> None:
    def seconds(size: int) -> float:
        text = filler * (size // len(filler))
        table: list[Paragraph] = [plain("\t".join(HEAD), 0, "table"), plain(text, 100, "table")]
        begun = time.perf_counter()
        parts([*table, plain(text, size + 200)])
        return time.perf_counter() - begun

    assert seconds(200_000) < 1.0


def test_hostile_markup_of_cells_is_read_or_refused() -> None:
    cells = "<td colspan=99999 rowspan=99999>一</td>" * 500
    page = f"<html><body><table>{f'<tr>{cells}</tr>' * 20}</table></body></html>"
    try:
        body = extract(page.encode(), "a.html")
    except Refused:
        return
    assert max(p.text.count("\t") for p in body.paragraphs) < 50_000
