"""Traditional characters: read like simplified ones, quoted as printed."""

from __future__ import annotations

from parsers.read import read
from parsers.reading import Declared

TEXT = "澄湖區政府工作報告\n2021年，全區地區生產總值增長6%以上。新建學校3所，開工建設雲湖醫院。\n"


def test_a_traditional_text_is_read_and_quoted_as_printed() -> None:
    reading = read(TEXT.encode(), "report.txt", Declared(published="2021-01", type="report"), placed=False)
    growth = next(s for s in reading.statements if s.subject == "地区生产总值增速")
    (start, end), *_ = growth.spans
    assert reading.source.text[start:end] == "全區地區生產總值增長6%以上"
    assert any("traditional" in note for note in reading.notes)
    assert {s.kind for s in reading.statements} == {"target", "action"}


def test_a_simplified_text_is_left_alone() -> None:
    reading = read("2021年，新建学校3所，招引乾元集团。".encode(), "report.txt", placed=False)
    assert not any("traditional" in note for note in reading.notes)
