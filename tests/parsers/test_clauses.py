"""Clauses: what stands between marks, edges clean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clauses import clauses


def cut(text: str) -> list[str]:
    return [text[c.start : c.end] for c in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建学校3所，改造旧村5个。", ["新建学校3所", "改造旧村5个"]),
        ("投资1,200万元,开工两年", ["投资1,200万元", "开工两年"]),
        ("建成云湖中学（北校区，含操场）。", ["建成云湖中学（北校区，含操场）"]),
        ("目标是：增长6%；就业1万人", ["目标是", "增长6%", "就业1万人"]),
        ("“今年要打通澄湖路。”他说", ["今年要打通澄湖路", "他说"]),
        ("实施“云上澄湖”行动", ["实施“云上澄湖”行动"]),
        ("比例为3:1", ["比例为3:1"]),
        ("　　 ", []),
    ],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_sentences_are_counted() -> None:
    found = list(clauses("一是建路，二是修桥。三是植树"))
    assert [(c.sentence, c.first) for c in found] == [(0, True), (0, False), (1, True)]


@given(st.text(alphabet="建设了“”‘’（）()，。；：、,. 1a\n", max_size=80))
def test_clauses_lie_inside_in_order_and_are_never_blank(text: str) -> None:
    last = 0
    for clause in clauses(text):
        assert last <= clause.start < clause.end <= len(text)
        assert text[clause.start : clause.end].strip()
        last = clause.end


def test_circled_numbers_divide_items_and_footnotes_do_not() -> None:
    for text, count in (
        ("任务：①新建小学8所②改造小区3个③打通澄湖路。", 4),
        ("①新建小学8所②改造小区3个", 2),
        ("推进“三网”①融合和云计算②应用。", 1),
    ):
        assert len(clauses(text)) == count
