"""Parts of a report on a plan or on years to come: where they begin, what they date, and where they end."""

from __future__ import annotations

import pytest

from parsers.periods import Anchor
from parsers.plan_parts import plan_years
from parsers.read import read
from parsers.reading import Declared
from parsers.text import plain

AT = Anchor.of(None, "2021", "report")
PLAN = "2021..2025"


def years(*lines, anchor=AT):
    return plan_years([plain(line, 0) for line in lines], anchor)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("二、“十四五”时期主要目标任务", PLAN),
        ("今后五年的奋斗目标", PLAN),
        ("未来五年工作的总体要求：", PLAN),
        ("二、2021-2025年发展目标", PLAN),
        ("二、奋力实现“十四五”良好开局的重点工作", None),
        ("二、“十三五”时期主要工作", None),
        ("二、2021年和“十四五”时期主要任务", None),
        ("二、“十四五”时期我们要牢记初心，", None),
        ("五、以实施总体规划（2021-2030年）为契机推动城市发展", None),
        ("二、重点工作", None),
    ],
)
def test_a_heading_that_sets_out_years_ahead_begins_a_part(heading, expected):
    assert years(heading, "新建小学8所。") == [expected, expected]


def test_a_part_goes_on_below_its_own_headings_and_ends_at_the_next_of_its_rank():
    lines = (
        "二、“十四五”时期目标任务",
        "（一）产业",
        "新建园区。",
        "今后五年的主要任务是：",
        "（二）民生",
        "三、其他工作",
        "新建公园。",
    )
    assert years(*lines) == [PLAN] * 5 + [None] * 2


def test_numbers_that_begin_under_a_heading_without_one_stand_below_it():
    lines = ("今后五年的目标任务", "一、产业", "新建园区。", "二、民生", "2021年工作安排", "新建公园。")
    assert years(*lines) == [PLAN] * 4 + [None] * 2


@pytest.mark.parametrize(
    "turn",
    [
        "今年要做好以下工作：新建公园5处，改造道路12条，办好一批民生实事，让群众得到实惠。",
        "各位代表，2021年是开局之年，我们将新建公园5处，改造道路12条，办好一批民生实事。",
    ],
)
def test_a_paragraph_that_comes_to_the_year_ends_the_part(turn):
    assert years("“十四五”时期主要目标", "新建小学8所。", turn, "新建公园。")[1:] == [PLAN, None, None]


def test_a_paragraph_on_later_years_does_not_end_the_part():
    later = "2035年的远景目标是基本实现现代化，2021年到2025年是打基础的五年，必须把各项任务落到实处。"
    assert years("“十四五”时期主要目标", later, "新建小学8所。")[1:] == [PLAN, PLAN]


def test_within_a_running_plan_its_name_heads_the_work_of_the_year():
    assert years("紧紧围绕“十四五”规划目标抓好重点工作：", anchor=Anchor.of(None, "2023", "report")) == [None]


def test_promises_of_the_part_are_due_within_the_plan_and_others_in_their_own_time():
    text = (
        "澄湖区2021年政府工作报告\n\n一、2020年工作回顾\n\n新建公园3处。\n\n二、“十四五”时期主要目标\n\n"
        "新建小学8所。打通望湖路北段。每年新建停车泊位300个。到2023年建成博物馆1座。\n\n"
        "三、2021年重点工作\n\n新建公园5处。\n"
    )
    read_so = read(text.encode(), "a.txt", Declared("云川市澄湖区", "district", "2021", type="report"))
    found = {s.text.strip("。"): s.period for s in read_so.statements}
    assert found == {
        "新建公园3处": "2020",
        "新建小学8所": PLAN,
        "打通望湖路北段": PLAN,
        "每年新建停车泊位300个": "2021",
        "到2023年建成博物馆1座": "2023",
        "新建公园5处": "2021",
    }
