"""Which words name a work system, and which only look like it."""

from __future__ import annotations

import pytest

from parsers.frameworks import find_frameworks
from parsers.text import plain


def names(*texts: str) -> list[str]:
    return [m.framework.name for m in find_frameworks([plain(t, 0) for t in texts])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云溪区委提出“1+353”工作体系。", "1+353工作体系"),
        ("推行“456”网格治理模式。", "456网格治理模式"),
        ("健全“1+6+N+2”应急体系。", "1+6+N+2应急体系"),
        ("云溪路网“三横四纵”基本成型。", "三横四纵"),
        ("确保工业实现“两增三降”。", "两增三降"),
        ("建立项目“五办三回访”制度。", "五办三回访制度"),
        ("落实“七个确保”。", "七个确保"),
        ("深化“六有”产业生态圈建设。", "六有产业生态圈建设"),
        ("实施“十百千”育苗工程。", "十百千育苗工程"),
        ("实施“4个100工程”。", "4个100工程"),
        ("开展“百村亮灯、千户改厕”行动。", "百村亮灯、千户改厕行动"),
        ("融入“东进、西优、南拓、北联”格局。", "东进、西优、南拓、北联格局"),
        ("全面推进‘社区食堂+志愿驿站’建设。", "社区食堂+志愿驿站建设"),
        ("形成溪东、溪西、河口三大片区。", "三大片区"),
        ("深入实施民营经济九大工程。", "民营经济九大工程"),
        ('推行"456"网格治理模式。', "456网格治理模式"),
        ("推行「４５６」网格治理模式。", "456网格治理模式"),
    ],
)
def test_a_name_is_found_by_its_form(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "产生“1+1>2”的效果。",
        "拨打“12345”热线反映。",
        "云溪“5G+”应用加快。",
        "引进世界500强企业，推动“互联网+”发展。",
        "取缔“三八”大集。",
        "编制“十四五”规划。",
        "增强“四个意识”，做到“两个维护”。",
        "推行“一企一策”帮扶。",
        "发扬“5+2”“白加黑”精神。",
        "破解“三个短板”，解决“四难三慢”问题。",
        "办好“十件民生实事”。",
        "上榜“十强县”，获评“全国十佳”。",
        "建成“三年扫一遍”台账。",
        "六大主导产业稳步增长。",
        "八大类、八十个重点项目开工。",
        "出台“亮晶晶”计划。",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text: str) -> None:
    assert names(text) == []


def test_a_campaign_year_has_no_parts_and_no_formula() -> None:
    (mention,) = find_frameworks([plain("云溪区把今年作为“提质增效年”。", 0)])
    assert mention.framework.name == "提质增效年"
    assert mention.framework.formula is None
    assert mention.framework.components == ()
    assert mention.framework.unlisted == ()


def test_not_every_quoted_year_is_a_campaign() -> None:
    assert names("他是“老中青年”代表。", "画作《丰年》挂在“元年”厅。") == []


def test_a_formula_has_its_pattern_and_a_headcount_has_none() -> None:
    found = find_frameworks([plain("按照“2+4”布局，培育“三大引擎”。", 0)])
    assert [m.framework.formula for m in found] == ["2+4", None]


def test_a_weak_name_needs_a_type_word_a_list_or_a_verb() -> None:
    assert names("说起“三清”，老人笑了。") == []
    assert names("清路、清河、清街“三清”见效。") == ["三清"]
    assert names("开展“三清”行动。") == ["三清行动"]
    assert names("抓好“五清”。") == ["五清"]


def test_stock_vocabulary_counts_where_the_text_defines_it() -> None:
    body = plain("云溪落实“双减”政策。", 0)
    entry = plain("1.“双减”政策：减轻作业负担、减轻培训负担。", 0, "glossary")
    assert find_frameworks([body]) == []
    (mention,) = find_frameworks([body, entry])
    assert mention.paragraph == 0
    assert [len(c.items) for c in mention.framework.components] == [2]


def test_a_glossary_alone_names_nothing() -> None:
    assert find_frameworks([plain("1.“三清”行动：清路、清河、清街。", 0, "glossary")]) == []


def test_two_names_in_one_clause_share_it_out() -> None:
    text = "区里提出“五个聚焦”提升“六大动能”。"
    first, second = find_frameworks([plain(text, 0)])
    assert text[first.start : first.end] == "区里提出“五个聚焦”"
    assert text[second.start : second.end] == "提升“六大动能”"


def test_a_clause_ends_at_its_mark_but_not_inside_quotes() -> None:
    text = "春风拂面，为了“水清，岸绿”开展“三清”行动，人人夸好。"
    (mention,) = find_frameworks([plain(text, 0)])
    assert text[mention.start : mention.end] == "为了“水清，岸绿”开展“三清”行动"


def test_one_system_is_told_once_where_its_parts_stand() -> None:
    found = find_frameworks(
        [
            plain("“三大引擎”动力足", 0, "heading"),
            plain("云溪区培育科技、金融、文旅“三大引擎”。", 0),
            plain("“三大引擎”还将提速。", 0),
        ]
    )
    assert [(m.paragraph, m.framework.name) for m in found] == [(1, "三大引擎")]


def test_without_parts_running_text_goes_before_a_heading() -> None:
    found = find_frameworks([plain("“三大引擎”动力足", 0, "heading"), plain("云溪培育“三大引擎”。", 0)])
    assert [m.paragraph for m in found] == [1]


def test_five_big_and_five_of_the_same_word_are_one_system() -> None:
    assert names("云溪提出“五大聚焦”。", "“五个聚焦”落地。") == ["五大聚焦"]
    assert names("云溪提出“五大聚焦”。", "“五个统筹”落地。") == ["五大聚焦", "五个统筹"]
