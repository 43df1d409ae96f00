"""Offsets and speed hold on any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.frameworks import find_frameworks
from parsers.text import Paragraph, Role, plain

ROLES: tuple[Role, ...] = ("body", "heading", "title", "pull_quote", "glossary", "table", "caption")
PIECES = st.sampled_from(
    [
        "“1+23”工作思路",
        "“四个确保”",
        "，即",
        "甲、乙、丙、丁",
        "四大片区",
        "“一河一谷”",
        "“一河”即",
        "：",
        "。",
        "\n",
        "等",
        "“",
        "”",
        "‘345’",
        "着力",
        "新貌：",
        "“攻坚年”活动",
        "１＋Ｎ",
        "  ",
        "破旧，立新；",
        "三项重点工作",
        "1.“四个确保”：",
        "为“梁”",
        "（",
        "）",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text("一四十百大个项、，。“”+1N即等甲乙", max_size=60)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(ROLES)), max_size=8))
def test_spans_lie_inside_their_paragraphs(drawn: list[tuple[str, Role]]) -> None:
    paragraphs: list[Paragraph] = [plain(text, 0, role) for text, role in drawn]
    earlier = (-1, -1)
    for found in find_frameworks(paragraphs):
        text = paragraphs[found.paragraph].text
        assert 0 <= found.start <= found.name_start < found.name_end <= found.end <= len(text)
        for where, start, end in found.part_spans:
            assert 0 <= start < end <= len(paragraphs[where].text)
        assert paragraphs[found.paragraph].role not in ("glossary", "table")
        assert earlier < (found.paragraph, found.name_start)
        earlier = (found.paragraph, found.name_start)


@given(st.lists(TEXTS, max_size=6))
def test_a_label_is_filled_or_unlisted_never_both(drawn: list[str]) -> None:
    for found in find_frameworks([plain(text, 0) for text in drawn]):
        empty = [c.label for c in found.framework.components if not c.items]
        if found.framework.components:
            assert sorted(empty) == sorted(found.framework.unlisted)
        assert all(item for c in found.framework.components for item in c.items)


def test_text_between_names_does_not_move_them() -> None:
    alone = find_frameworks([plain("推行“456”网格治理模式。", 0)])[0]
    later = find_frameworks([plain("云溪多雨。推行“456”网格治理模式。", 0)])[0]
    assert (later.start - alone.start, later.name_end - alone.name_end) == (5, 5)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "“",
        "（",
        "亿",
        "四大",
        "“四个一",
        "甲、",
        "“五个一”一张图",
        " ",
        "“1”即",
        "1+",
        "，",
        "“十大”：\n",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        began = time.process_time()
        for role in ("body", "glossary"):
            find_frameworks([plain(line, 0, role) for line in text.split("\n")])
        return time.process_time() - began

    assert min(seconds(100_000) for _ in range(2)) < 1.0
