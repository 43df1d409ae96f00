"""Amounts and times that readers of Chinese get wrong, each in a sentence of our own (of 22 June 2021)."""

from __future__ import annotations

import pytest

from parsers.read import read
from parsers.reading import Declared
from parsers.statement import Statement

PLACE = "云川市澄湖区"


def statements(text: str) -> list[Statement]:
    declared = Declared(PLACE, "district", published="2021-06-22", type="news")
    padded = text + "全区启动“云湖”工程。"
    found = read(padded.encode(), "a.txt", declared, placed=False).statements
    return [s for s in found if s.spans[0][1] <= len(text)]


def amounts(text: str) -> list[str]:
    """Bound, nearness, value, unit of each amount, in order; the printed words are checked on the way."""
    found = []
    for statement in statements(text):
        for q in statement.quantities:
            value = f"{q.value:f}".rstrip("0").rstrip(".") if "." in f"{q.value:f}" else f"{q.value:f}"
            found.append(f"{q.op}{value}{q.unit}" + (f" {q.approx}" if q.approx else ""))
            assert any(
                c.isdigit() or c in "一二两三四五六七八九十百千万亿数半" for c in text[q.start : q.end]
            )
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今年地区生产总值突破1000亿元。", [">100000000000元"]),
        ("全区市场主体近12万家。", ["~120000家 below"]),
        ("去年新增绿地2900余亩。", [">2900亩 above"]),
        ("去年造林3600多公顷。", [">3600公顷 above"]),
        ("累计拆除违建1.1万余处、1100万平方米。", [">11000处 above", "=11000000平方米"]),
        ("今年财政收入将过百亿。", [">10000000000元"]),
        ("去年地区生产总值突破千亿元大关。", [">100000000000元"]),
        ("今年将新建厂房300万平方米以上。", [">=3000000平方米"]),
        ("今年将引进项目至少1000个。", [">=1000个"]),
        ("去年社区图书借阅量同比增长51.1%。", ["=51.1%"]),
        ("去年分配安置房两万余套。", [">20000套 above"]),
        ("去年下放审批事项十大类、200余项。", ["=10类", ">200项 above"]),
        ("去年培训近千人次。", ["~1000人次 below"]),
        ("去年审批时间压缩15个小时。", ["=15小时"]),
        ("去年加装电梯59栋。", ["=59栋"]),
        ("今年居民消费价格涨幅控制在3%以内。", ["<=3%"]),
        ("近三年高新技术企业数量平均增速31.8%。", ["=31.8%"]),
        ("今年百件实事全部办结，新办理百件实事。", ["=100件"]),
        ("总投资305亿元的11个市级重点项目去年落地。", ["=30500000000元", "=11个"]),
        ("去年群众满意度列全市第一名。", []),
        ("今年将新建4+18所学校。", ["=4所", "=18所"]),
    ],
)
def test_amounts(text: str, wanted: list[str]) -> None:
    found = amounts(text)
    assert found[-len(wanted) :] == wanted if wanted else not found


@pytest.mark.parametrize(
    "text",
    [
        "今年将打造万灵山景区公园。",
        "今年将启动千岛湖路改造。",
        "全区入选百强区。",
        "今年将落实“三重一大”制度。",
        "今年将建设5G科技园。",
        "今年将打通二环路和经十路。",
        "今年将拆除108号院。",
        "今年将建设千亿级产业园。",
        "今年将引进世界500强企业总部项目。",
        "今年将推动企业登陆A股上市。",
        "今年将开通12345热线平台。",
        "今年将发布2.0版本政策清单。",
        "今年将举办“三八”大集活动。",
    ],
)
def test_numbers_in_names_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("五年累计新建公园12处。", "2016..2020"),
        ("近三年新建公园12处。", "2018..2020"),
        ("今年将新建公园12处。", "2021"),
        ("去年新建公园12处。", "2020"),
        ("2019年新建公园12处。", "2019"),
        ("年内将新建公园12处。", "2021"),
        ("到2025年新建公园12处。", "2025"),
        ("“十四五”期末公园将达到12处。", "2025"),
        ("今年上半年新建公园12处。", "2021"),
        ("6月22日新建公园2处。", "2021-06-22"),
        ("下一步将新建公园12处。", "2021"),
        ("力争三年新建公园12处。", "2021..2023"),
        ("力争12个月内新建公园12处。", "2021"),
        ("五年来新建公园12处。", "2016..2020"),
    ],
)
def test_times(text: str, period: str) -> None:
    assert [s.period for s in statements(text)] == [period]


def test_a_time_that_tells_when_the_object_came_to_be_dates_no_deed() -> None:
    (told,) = statements("今年将继续执行去年出台的助企政策12项。")
    assert told.period == "2021"


def test_early_by_years_is_no_time_of_its_own() -> None:
    """提前两年 moves a deadline that the sentence may not name; it is never 两年 or 前两年."""
    (told,) = statements("提前两年完成公园建设任务12处。")
    assert [q.unit for q in told.quantities][-1] == "处"
    assert told.period not in ("2019..2020", "2021..2022")
    for text in (
        "到2025年的公园建设任务将提前两年完成12处。",
        "公园任务到2025年底前完成，争取提前两年建成12处。",
    ):
        assert statements(text)[-1].period == "2023"


def test_a_report_given_in_december_is_for_the_next_year() -> None:
    text = """# 云川市澄湖区政府工作报告

2020年12月28日

一、今年工作回顾

今年新建公园3处。新建学校2所。

二、明年工作安排

明年将新建公园15处。新建学校4所。
"""
    declared = Declared(PLACE, "district", published="2020-12-28", type="report")
    found = read(text.encode(), "a.md", declared, placed=False)
    assert found.plan_year is not None
    assert found.plan_year.value == "2021"
    assert [(s.kind, s.period) for s in found.statements] == [("result", "2020")] * 2 + [
        ("target", "2021")
    ] * 2


def test_a_time_nobody_says_stays_unknown() -> None:
    (told,) = statements("累计新建公园12处。")
    assert told.period is None
