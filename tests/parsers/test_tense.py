"""Said of what has been or of what is to come: by headings, by words, by neighbours."""

from __future__ import annotations

import pytest

from parsers.sections import goals_ahead, heading_tense, section_tenses
from parsers.tense import FORWARD_WORD, lean, smooth
from parsers.text import plain


@pytest.mark.parametrize("clause", ["成功举办首届灯会", "累计拆除违建", "获评全国先进区", "同比增长8%"])
def test_a_report_of_the_past_leans_back(clause: str) -> None:
    assert lean(clause) > 0


@pytest.mark.parametrize(
    "clause",
    ["力争新增就业1万人", "支持澄湖镇建设特色小镇", "确保年内完工", "加快建设新城"],
)
def test_a_promise_leans_ahead(clause: str) -> None:
    assert lean(clause) < 0


def test_one_stray_cue_does_not_turn_a_section() -> None:
    assert smooth([6, 5, -1, 6, 5]) == ["past"] * 5


def test_a_real_turn_is_followed() -> None:
    assert smooth([8, 8, 8, -8, -8, -8]) == ["past"] * 3 + ["forward"] * 3


@pytest.mark.parametrize(
    ("heading", "tense"),
    [
        ("一、2018年工作回顾", "past"),
        ("过去五年工作", "past"),
        ("二、2019年主要任务", "forward"),
        ("今年工作的总体要求", "forward"),
        ("（一）产业强区", None),
        ("2018年，我们干成了许多大事，办成了许多难事。", None),
    ],
)
def test_a_heading_announces(heading: str, tense: str | None) -> None:
    assert heading_tense(heading, 2019) == tense


def test_a_review_of_the_plan_year_itself_is_none() -> None:
    assert heading_tense("2019年工作回顾", 2019) is None


def test_sections_last_until_the_next_heading() -> None:
    lines = ["政府工作报告", "一、2018年工作回顾", "完成投资", "二、2019年工作安排", "新建学校"]
    tenses = section_tenses([plain(line, 0) for line in lines], 2019)
    assert tenses == [None, "past", "past", "forward", "forward"]


def test_a_plan_to_do_something_lies_ahead_a_planned_sum_does_not() -> None:
    assert FORWARD_WORD.search("全区计划引进项目85个")
    assert not FORWARD_WORD.search("计划总投资68亿元")
    assert not FORWARD_WORD.search("各项工作按计划推进")


@pytest.mark.parametrize(
    ("announced", "ahead"),
    [("今年的主要预期目标是：", 3), ("圆满完成了年初确定的预期目标：", 0), ("主要成绩有：", 0)],
)
def test_what_a_list_of_goals_holds_lies_ahead_line_by_line(announced: str, ahead: int) -> None:
    lines = [announced, "渔业产值增长13%；", "稻谷产量90万吨。", "——湖区面积40公顷。", "全年新建学校3所。"]
    tenses = goals_ahead([plain(line, 0) for line in lines], ["past"] * len(lines))
    assert tenses.count("forward") == ahead
    assert tenses[0] == tenses[-1] == "past"


def test_a_list_of_goals_without_marks_ends_with_its_full_stop() -> None:
    lines = ["预期目标是：", "渔业产值增长13%；", "稻谷产量90万吨。", "去年湖区面积40公顷。"]
    assert goals_ahead([plain(line, 0) for line in lines], ["past"] * 4) == [
        "past",
        "forward",
        "forward",
        "past",
    ]
