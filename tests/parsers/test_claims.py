"""Clauses read as targets, actions and results: tense, periods and what is no claim."""

from __future__ import annotations

import pytest

from parsers.read import read
from parsers.reading import Declared

REVIEW = "云川区政府工作报告\n\n一、2020年工作回顾\n\n{}\n\n二、2021年主要任务\n\n{}\n"
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


def test_a_span_of_years_is_of_its_own_figure_only() -> None:
    declared = Declared(published="2021-01", type="report")
    text = REVIEW.format("粮食产量连续18年保持在100万吨以上，新建小学3所。", "力争新建小学4所。")
    assert [p for _, _, p in told(text, declared)] == ["2003..2020", "2020", "2021"]


def test_an_average_over_years_is_of_no_single_one() -> None:
    declared = Declared(published="2021-01", type="report")
    text = REVIEW.format("工业增加值年均增长9%。污染物年均浓度下降3%。", "力争新建小学4所。")
    assert [p for _, _, p in told(text, declared)] == [None, "2020", "2021"]
    headed = text.replace("2020年工作回顾", "2016—2020年工作回顾")
    assert told(headed, declared)[0][2] == "2016..2020"


@pytest.mark.parametrize(
    "review",
    [
        "主要街路12条实现亮化。",
        "经过全区上下的共同努力，新建小学9所。",
        "争取上级资金12亿元。",
        "面向未来建成未来社区2个。",
        "高于预期完成虚拟园区3个。",
        "云川区5个贫困村在近三年内陆续脱贫。",
        "去年还将村口1600亩撂荒地进行流转。",
    ],
)
def test_words_that_only_look_forward_in_part(review: str) -> None:
    declared = Declared(published="2021-01", type="report")
    kinds = [k for k, _, _ in told(REVIEW.format(review, "力争新建小学4所。"), declared)]
    assert kinds == ["result", "target"]


def test_a_plan_in_its_last_years_tells_what_was_done() -> None:
    late, early = Declared(published="2025-11", type="news"), Declared(published="2021-02", type="news")
    text = "“十四五”期间，云川区新建道路125公里，改造小区29个。"
    assert {k for k, _, _ in told(text, late)} == {"result"}
    assert {k for k, _, _ in told("“十四五”期间，云川区将新建道路125公里。", early)} == {"target"}


def test_what_is_reached_by_a_coming_year_is_a_target() -> None:
    text = "到2025年，云川区增至40万人，人均收入跻身全省第3位。去年，云川区增至30万人。"
    assert [k for k, w, _ in told(text) if "万人" in w] == ["target", "result"]
    assert "跻身" not in "".join(w for k, w, _ in told(text) if k == "result")


def test_a_reserve_holds_for_every_figure_of_its_sentence() -> None:
    text = REVIEW.format("初步核算，工业增加值增长4%；财政收入增长5%。新建小学3所。", "力争新建小学4所。")
    declared = Declared(published="2021-01", type="report")
    reading = read(text.encode(), "a.txt", declared, placed=False)
    assert [s.vintage for s in reading.statements] == ["初步", "初步", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "在2000平方公里的土地上，人人奋进。",
        "云川区落实省委十届七次、八次全会精神。",
        "我认为可以总结为三个词。",
        "来自云川的两家企业负责人参加座谈。",
        "作为首批三个试验区之一，成绩喜人。",
        "我们要从三个方面入手。",
        "为了确保这两项顺利推进，人人尽责。",
    ],
)
def test_words_and_speakers_counted_are_no_claim(text: str) -> None:
    assert told(text + "云川区已集聚院士10名。") == [("result", "云川区已集聚院士10名", "2021")]


def test_parts_of_a_whole_are_a_claim() -> None:
    assert told("云川石滩面积占全市的四分之一。")[0][0] == "result"


@pytest.mark.parametrize(
    ("review", "programme"),
    [
        ("将审批时间由203天压缩到32天。", "将审批时间压缩到32天。"),
        ("国家云川流体实验室等7个平台落地。", "力争全年投资增幅不低于消费增幅。"),
        ("人均收入连续三年实现两位数增长。", "到本月底，全面改造住宅3处，累计惠及15户居民。"),
        ("出境断面水质稳定在II类。", "确保粮食种植面积稳定。"),
    ],
)
def test_reviews_and_programmes(review: str, programme: str) -> None:
    declared = Declared(published="2021-01", type="report")
    kinds = [k for k, _, _ in told(REVIEW.format(review, programme), declared)]
    assert list(dict.fromkeys(kinds)) == ["result", "target"]
    assert kinds.count("result") == 1


def test_counted_things_share_what_is_said_of_them_behind() -> None:
    declared = Declared(published="2021-01", type="report")
    shared = "对市区18个社区、25个小区进行了综合整治。"
    apart = "去年整治了18个社区、25个小区。"
    assert [len(told(REVIEW.format(t, "力争新建小学4所。"), declared)) for t in (shared, apart)] == [2, 3]


def test_the_title_of_a_paragraph_is_no_deed() -> None:
    declared = Declared(published="2021-01", type="report")
    rest = "打通澄湖路。" + "增强发展动力，" * 10
    titled, named = REVIEW.format("新建小学3所。", "{}" + rest), "实施“云湖”工程。"
    for first, deeds in (("建设交往中心。", ["打通澄湖路"]), (named, ["实施“云湖”工程", "打通澄湖路"])):
        found = told(titled.format(first), declared)
        assert [w for kind, w, _ in found if kind == "action"] == deeds


def test_facts_of_the_nation_are_not_the_districts() -> None:
    declared = Declared(published="2021-06", type="news", district="济南市市中区")
    text = "国家要求建设3个实验室。全国首个4号云川机组去年投用。"
    assert [w for _, w, _ in told(text, declared)] == ["全国首个4号云川机组去年投用"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("去年新增“四上”企业2752家。", "新增“四上”企业"),
        ("去年投入50亿元实施“云湖”工程。", "实施“云湖”工程投入"),
    ],
)
def test_a_subject_keeps_both_quotation_marks_or_none(text: str, subject: str) -> None:
    reading = read(text.encode(), "a.txt", NEWS, placed=False)
    assert [s.subject for s in reading.statements] == [subject]


PLAN = """云川市国民经济和社会发展第十四个五年规划纲要

第一章 发展基础

新建农村公路3000公里。

第二章 重点任务

新建农村公路5000公里。能耗累计降低13%。
"""


def test_a_plan_looks_ahead_but_for_what_it_builds_on() -> None:
    assert told(PLAN, Declared(type="plan")) == [
        ("result", "新建农村公路3000公里", None),
        ("target", "新建农村公路5000公里", "2021..2025"),
        ("target", "能耗累计降低13%", "2021..2025"),
    ]


def test_the_number_of_an_item_is_no_part_of_it() -> None:
    declared = Declared(type="list", published="2021-01")
    text = "1. 新建小学6所。\n（二）改造小区4个。\n三是打通澄湖路。\n1.5公里水渠完成清淤。"
    assert [w for _, w, _ in told(text, declared)] == [
        "新建小学6所",
        "改造小区4个",
        "打通澄湖路",
        "1.5公里水渠完成清淤",
    ]


@pytest.mark.parametrize(
    ("text", "subject"), [("去年绿电比重提高到18%。", "绿电比重"), ("去年绿电提高18%。", "绿电增速")]
)
def test_what_is_raised_to_a_rate_has_no_growth_rate(text: str, subject: str) -> None:
    reading = read(text.encode(), "a.txt", NEWS, placed=False)
    assert [s.subject for s in reading.statements] == [subject]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("去年新开通地铁4条（段），总长86公里。", ["开通地铁", "开通地铁总长"]),
        ("全年新建充电桩300个（台）。", ["新建充电桩"]),
        ("今年将新增学位3200个（其中小学2000个）。", ["新增学位"]),
        (
            "去年新建公园12处，总面积8万平方米，惠及居民3万人。",
            ["新建公园", "新建公园总面积", "新建公园惠及居民"],
        ),
        (
            "云湖大道全长12公里，总投资30亿元，计划2023年建成通车。",
            ["云湖大道全长", "云湖大道总投资", "云湖大道建成通车"],
        ),
        ("云湖中学位于东岸，占地120亩。", ["云湖中学占地"]),
        (
            "去年办理代表建议257件，办结率100%；完成投资30亿元。",
            ["办理代表建议", "办理代表建议办结率", "完成投资"],
        ),
        ("去年落地总投资305亿元的11个市级项目。", ["落地市级项目"]),
        ("去年筹措资金3亿元用于改造农村公路。", ["改造农村公路筹措资金"]),
        (
            "去年存款余额达500亿元，比年初增加84亿元，是2015年的2倍。",
            ["存款余额", "存款余额增量", "存款余额"],
        ),
        ("去年旅游收入增长1.7倍，比前五年增长1.3倍。", ["旅游总收入增速", "旅游总收入增速"]),
        ("去年人口自然增长率控制在8‰以内。", ["人口自然增长率"]),
        ("去年全市性会议减少11%，会期减少8.5小时。", ["全市性会议降幅", "会期减量"]),
        ("去年全区85%的公交车换新。", ["公交车换新"]),
        ("去年为56万名寄宿生发放补助4亿元。", ["寄宿生发放补助"]),
        ("去年超额完成年度任务。", ["完成年度任务"]),
        ("去年1至6月引进亿元以上项目35个。", ["引进亿元以上项目"]),
        ("去年1—9月份新引进企业20家。", ["新引进企业"]),
        ("去年前三季度完成投资20亿元。", ["完成投资"]),
        ("截至6月底引进项目5个。", ["引进项目"]),
    ],
)
def test_a_subject_says_what_is_measured_and_of_what(text: str, subjects: list[str]) -> None:
    reading = read(text.encode(), "a.txt", NEWS, placed=False)
    assert [s.subject for s in reading.statements] == subjects


def test_a_measure_without_anything_before_it_is_the_places_own() -> None:
    reading = read("去年新建公园2处。完成投资30亿元。".encode(), "a.txt", NEWS, placed=False)
    assert [s.subject for s in reading.statements] == ["新建公园", "完成投资"]


def test_what_goes_on_from_a_plan_is_planned() -> None:
    told_and_planned = "新建小学8所。计划引进企业50家，新增岗位3000个，已开工项目4个。"
    declared = Declared(published="2021-01", type="report")
    kinds = [k for k, _, _ in told(REVIEW.format(told_and_planned, "力争新建道路3条。"), declared)]
    assert kinds == ["result", "target", "target", "result", "target"]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("去年改造小区200个、棚户区45个、人行道51条。", ["改造小区", "改造棚户区", "改造人行道"]),
        ("去年新建学校34所、改扩建17所。", ["新建学校", "改扩建学校"]),
        ("去年种植水果8万亩、蔬菜1万亩。", ["种植水果", "种植蔬菜"]),
        ("去年拆除违建1.1万处、面积1100万平方米。", ["拆除违建"]),
        ("去年小区12个、楼栋59栋完成改造。", ["小区"]),
        ("去年公园由12个增加到20个，入学率从2015年的95%提高到98%。", ["公园", "入学率"]),
        ("去年固定资产投资价格下降2.4%。", ["固定资产投资价格降幅"]),
        ("去年城镇就业人员增加910万人，新增加1102万人。", ["城镇就业人员增量", "新增城镇就业人员"]),
        ("去年确定14个方面180余项重点任务。", ["确定重点任务"]),
        ("去年新增100户以上龙头企业。", ["新增龙头企业"]),
        ("去年地区生产总值增长7%，居全市第二位。", ["地区生产总值增速", "地区生产总值居全市第二位"]),
        ("去年建议办结率98%，完成年度考核任务。", ["建议办结率", "完成年度考核任务"]),
    ],
)
def test_subjects_of_lists_and_changes(text: str, subjects: list[str]) -> None:
    reading = read((text + "云川区启动“云湖”工程。").encode(), "a.txt", NEWS, placed=False)
    assert [s.subject for s in reading.statements if s.spans[0][1] <= len(text)] == subjects


def test_thousands_may_be_cut_by_a_wide_comma() -> None:
    text = "去年共取得成果5，400项，新建学校5所，300名教师到岗。"
    reading = read(text.encode(), "a.txt", NEWS, placed=False)
    assert [int(q.value) for s in reading.statements for q in s.quantities] == [5400, 5, 300]


def test_the_year_of_the_object_is_not_the_deeds() -> None:
    declared = Declared(published="2021-01", type="report")
    text = REVIEW.format("完成2018年及以前存量棚改7289户，改造道路3条。", "力争新建小学4所。")
    assert [p for _, _, p in told(text, declared)] == ["2020", "2020", "2021"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2019年，全区玉米产量超过850万斤，新增企业30家。", ["result", "result"]),
        ("要落实好政策。云湖村年接待游客超30万人次。", ["result"]),
        ("今年，云川区还将加快建设。云湖中学顺利通过验收。", ["result"]),
        ("力争年内新建小学3所，云湖中学建成投用。", ["target", "action"]),
    ],
)
def test_what_an_article_tells_between_promises(text: str, kinds: list[str]) -> None:
    assert [k for k, _, _ in told(text)] == kinds


def test_the_years_that_open_a_paragraph_hold_for_it() -> None:
    declared = Declared(published="2021-01", type="report")
    review = "这五年，成绩喜人。新建小学3所。2019年，改造小区2个。打通道路4条。"
    plan = "“十四五”时期，要奋勇争先。一是新建小学4所。二是打通云湖路。"
    found = told(REVIEW.format(review, plan), declared)
    assert [(k, p) for k, _, p in found] == [
        ("result", "2016..2020"),
        ("result", "2019"),
        ("result", "2020"),
        ("target", "2021..2025"),
        ("action", "2021..2025"),
    ]


def test_kinds_of_indicators_and_headings_of_lists_are_no_plan() -> None:
    declared = Declared(published="2021-01", type="report")
    text = REVIEW.format("10项约束性指标、8项预期性指标高质量完成。", "要把握以下六个重点。力争新建小学4所。")
    assert [k for k, _, _ in told(text, declared)] == ["result", "target"]


def test_a_review_tells_deeds_with_bare_verbs() -> None:
    """What is carried out needs no name, what only goes on does; what is planned or goes well is none."""
    declared = Declared(published="2021-01", type="report")
    review = (
        "开展餐饮油烟专项整治，推进“清湖”行动，推进项目建设，谋划建设“云湖之门”，"
        "打造示范区迈稳“第一步”，持续开展专项整治，打造“阳光湖区”，实施工业强区战略，实施绿化行动，12个小区完工。"
    )
    found = told(REVIEW.format(review, "今年将打通云湖路。"), declared)
    assert [k for k, _, _ in found] == ["result"] * 4 + ["action"]


def test_a_figure_behind_a_campaign_is_not_its_measure() -> None:
    text = REVIEW.format("实施湖岸绿化行动，完成投资3亿元，12个小区主体封顶。", "今年将打通云湖路。")
    reading = read(text.encode(), "t.md", Declared("云川市澄湖区", "district", "2021-01", type="report"))
    assert [s.subject for s in reading.statements if s.quantities][-1] == "小区主体封顶"
