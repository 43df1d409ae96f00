"""Clauses read as targets, actions and results: tense, periods and what is no claim."""

from __future__ import annotations

import pytest

from parsers.read import read
from parsers.reading import Declared

NEWS = Declared(published="2021-06-22", type="news")


def told(text: str, declared: Declared = NEWS) -> list[tuple[str, str, str | None]]:
    """(kind, words, period) of each claim."""
    reading = read(text.encode(), "a.txt", declared, placed=False)
    return [(s.kind, s.text, s.period) for s in reading.statements if s.kind != "framework"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("目前云川区共有各类金融机构70家。", "result"),
        ("目前，云川区正在建设小学7所。", "target"),
        ("绿地面积从2015年的三千亩，发展到2020年的五千亩。", "result"),
        ("绿地面积将发展到2025年的五千亩。", "target"),
        ("到今年5月，云川区新增绿地30亩。", "result"),
        ("到今年12月，云川区新增绿地30亩。", "target"),
        ("云川区在3天内连续举行了3场签约活动。", "result"),
        ("力争3年内改造老旧小区9个。", "target"),
    ],
)
def test_whether_an_article_tells_or_promises(text: str, kind: str) -> None:
    assert {k for k, _, _ in told(text)} == {kind}


def test_a_rise_between_two_years_tells_of_all_of_them() -> None:
    assert told("云川区轨道客运量从2015年的18万人次增加到2020年的91万人次，增长了近4倍。") == [
        ("result", "云川区轨道客运量从2015年的18万人次增加到2020年的91万人次", "2015..2020"),
        ("result", "增长了近4倍", "2015..2020"),
    ]


def test_a_rise_to_come_is_due_at_its_end() -> None:
    (target,) = told("云川区力争公园从2020年的50座增加到2025年的90座。")
    assert target[0] == "target"
    assert target[2] == "2025"


def test_a_name_in_quotes_tells_no_tense() -> None:
    text = "一年来，云川区不断创新。成功举办“才聚云川·共创未来”颁奖大会。云川区已集聚院士10名。"
    assert [k for k, _, _ in told(text)] == ["result", "result"]


@pytest.mark.parametrize(
    "text",
    [
        "我认为可以总结为三个词。",
        "来自云川的两家企业负责人参加座谈。",
        "作为首批三个试验区之一，成绩喜人。",
        "我们要从三个方面入手。",
    ],
)
def test_words_and_speakers_counted_are_no_claim(text: str) -> None:
    assert told(text + "云川区已集聚院士10名。") == [("result", "云川区已集聚院士10名", "2021")]


def test_parts_of_a_whole_are_a_claim() -> None:
    assert told("云川石滩面积占全市的四分之一。")[0][0] == "result"


REVIEW = "云川区政府工作报告\n\n一、2020年工作回顾\n\n{}\n\n二、2021年主要任务\n\n{}\n"


@pytest.mark.parametrize(
    ("review", "programme"),
    [
        ("将审批时间由203天压缩到32天。", "将审批时间压缩到32天。"),
        ("国家云川流体实验室等7个平台落地。", "力争全年投资增幅不低于消费增幅。"),
        ("出境断面水质稳定在II类。", "确保粮食种植面积稳定。"),
    ],
)
def test_reviews_and_programmes(review: str, programme: str) -> None:
    declared = Declared(published="2021-01", type="report")
    kinds = [k for k, _, _ in told(REVIEW.format(review, programme), declared)]
    assert kinds == ["result", "target"]


def test_facts_of_the_nation_are_not_the_districts() -> None:
    declared = Declared(published="2021-06", type="news", district="济南市市中区")
    text = "国家要求建设3个实验室。全国首个4号云川机组去年投用。"
    assert [w for _, w, _ in told(text, declared)] == ["全国首个4号云川机组去年投用"]
