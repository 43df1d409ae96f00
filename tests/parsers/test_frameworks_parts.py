"""From digits and words to the parts that a text lists: before, after, in the glossary, or nowhere."""

from __future__ import annotations

import pytest

from parsers.frameworks import FrameworkMention, find_frameworks
from parsers.read import read
from parsers.reading import Declared
from parsers.text import plain

Parts = dict[str, tuple[str, ...]]


def mention(name: str, *texts: str, glossary: tuple[str, ...] = ()) -> FrameworkMention:
    paragraphs = [plain(t, 0) for t in texts] + [plain(t, 0, "glossary") for t in glossary]
    return next(m for m in find_frameworks(paragraphs) if m.framework.name.startswith(name))


def parts(name: str, *texts: str, glossary: tuple[str, ...] = ()) -> Parts:
    found = mention(name, *texts, glossary=glossary).framework
    return {c.label: c.items for c in found.components if c.items}


def test_a_list_right_before_the_name() -> None:
    assert parts("三大引擎", "着力培育科技、金融、文旅“三大引擎”。") == {"三大引擎": ("科技", "金融", "文旅")}


def test_a_list_in_another_clause_is_not_the_names() -> None:
    assert parts("三大引擎", "云溪种桃、种李、种梅。全区培育“三大引擎”。") == {}


def test_a_list_of_another_length_is_not_the_names() -> None:
    assert parts("三大引擎", "云溪种桃、种李，培育“三大引擎”。") == {}


def test_the_last_two_items_may_be_joined_by_and() -> None:
    assert parts("三大引擎", "培育科技、金融和文旅“三大引擎”。") == {"三大引擎": ("科技", "金融", "文旅")}


def test_a_list_in_quotes_gives_each_item_the_shared_word() -> None:
    text = "实施“教育、生态、工业”三大强区战略。"
    assert parts("三大强区", text) == {"三大强区战略": ("教育强区", "生态强区", "工业强区")}


def test_places_do_not_get_the_word_behind_them() -> None:
    assert parts("三大片区", "形成溪东、溪西、河口三大片区。") == {"三大片区": ("溪东", "溪西", "河口")}


def test_a_list_ending_in_deng_stays_open() -> None:
    found = mention("六库", "建立桥梁库、渡口库等“六库”体系。").framework.components[0]
    assert found.items == ("桥梁库", "渡口库")
    assert found.open_ended
    closed = mention("两库", "建立桥梁库、渡口库“两库”体系。").framework.components[0]
    assert not closed.open_ended


def test_a_list_after_the_name() -> None:
    text = "落实“四个确保”，即确保学有所教、病有所医，老有所养，住有所居，成为人人向往的地方。"
    assert parts("四个确保", text) == {"四个确保": ("学有所教", "病有所医", "老有所养", "住有所居")}
    assert parts("四个确保", "落实“四个确保”，大家都很高兴、满意、安心、放心。") == {}


def test_numbered_sentences_after_the_name() -> None:
    text = "实施“三大行动”：一是清河行动，年内完成；二是绿岸行动，三季度开工；三是护鸟行动。"
    assert parts("三大行动", text) == {"三大行动": ("清河行动", "绿岸行动", "护鸟行动")}


def test_digits_explained_one_by_one() -> None:
    text = (
        "云溪谋划“123”思路，“1”即建设水清岸绿的样板区这一总目标；“2”即突出就业和养老两大主题；"
        "“3”即实施“教育、生态、工业”三大强区战略。"
    )
    assert parts("123", text) == {
        "1": ("建设水清岸绿的样板区",),
        "2": ("就业", "养老"),
        "3": ("教育强区", "生态强区", "工业强区"),
    }


def test_words_explained_one_by_one() -> None:
    text = "建设“一河一谷”。“一河”，即云溪河；“一谷”，即总面积300公顷的桃花谷。"
    assert parts("一河一谷", text) == {"一河": ("云溪河",), "一谷": ("桃花谷",)}


def test_a_run_of_headcounts_fills_a_formula_in_order() -> None:
    text = (
        "以“1+323”工作体系统领全局，打造山水相融的滨河新城这一总体目标，聚焦教育、生态、工业三个方面，"
        "培育科技、金融“两大引擎”，抓好修路、架桥、植树三项重点工作。"
    )
    components = mention("1+323", text).framework.components
    assert [c.items for c in components] == [
        ("打造山水相融的滨河新城",),
        ("教育", "生态", "工业"),
        ("科技", "金融"),
        ("修路", "架桥", "植树"),
    ]


def test_lists_belong_to_the_formula_nearest_before_them() -> None:
    text = (
        "按照市委“1+323”工作体系要求，以“1+332”工作思路统领全局，聚焦教育、生态、工业三个方面，"
        "实施清河、绿岸、护鸟三大行动，培育科技、金融“两大引擎”。"
    )
    assert parts("1+323", text) == {}
    assert mention("1+323", text).framework.unlisted == ("1", "3", "2", "3")
    assert [len(c.items) for c in mention("1+332", text).framework.components[1:]] == [3, 3, 2]


def test_headcounts_that_fill_a_formula_are_systems_of_their_own() -> None:
    text = "以“3+2”工作思路统领全局，聚焦教育、生态、工业三个方面，培育科技、金融“两大引擎”。"
    found = [m.framework.name for m in find_frameworks([plain(text, 0)])]
    assert found == ["3+2工作思路", "三个方面", "两大引擎"]
    assert find_frameworks([plain("他从教育、生态、工业三个方面作了说明。", 0)]) == []


def test_items_that_open_with_their_own_digit() -> None:
    text = "打造“两级平台、三级网格、四级管理”的“234”治理模式。"
    assert parts("234", text) == {"2": ("两级平台",), "3": ("三级网格",), "4": ("四级管理",)}
    assert parts("235", "打造“两级平台、三级网格、四级管理”的“235”治理模式。") == {}


def test_one_list_dealt_out_to_the_digits() -> None:
    assert parts("2+1", "出台茶叶、竹木和高耗水行业“2+1”规划。") == {
        "2": ("茶叶", "竹木"),
        "1": ("高耗水行业",),
    }


def test_beams_and_pillars() -> None:
    text = "以“茶叶、竹木”两大产业为“梁”，以“人才、资金、土地”三大支撑为“柱”的“两梁三柱”成型。"
    assert parts("两梁三柱", text) == {"两梁": ("茶叶", "竹木"), "三柱": ("人才", "资金", "土地")}


def test_pairs_of_verbs() -> None:
    text = "做到“两破两立”，破因循守旧，立敢闯敢试；破推诿扯皮，立说干就干。"
    assert parts("两破两立", text) == {"两破": ("因循守旧", "推诿扯皮"), "两立": ("敢闯敢试", "说干就干")}
    assert parts("两破两立", "做到“两破两立”，破因循守旧，大家都高兴。") == {}


def test_one_thing_each() -> None:
    text = "建立“三个一”机制，绘制一张云溪河道地图，组建一支由退伍军人参加的巡河队伍，制定一个巡河办法。"
    assert parts("三个一", text) == {"三个一": ("一张云溪河道地图", "一支巡河队伍", "一个巡河办法")}
    assert parts("三个一", "建立“三个一”机制，绘制一张云溪河道地图。") == {}


def test_the_names_verb_opens_each_part() -> None:
    text = "做到“三个坚持”，坚持绿色发展，坚持共同富裕，坚持改革创新。"
    assert parts("三个坚持", text) == {"三个坚持": ("坚持绿色发展", "坚持共同富裕", "坚持改革创新")}


def test_labels_of_the_paragraphs_that_follow() -> None:
    found = parts(
        "三个新变化",
        "去年云溪呈现“三个新变化”：",
        "新面貌：河水变清。",
        "云溪日报：请接着谈。",
        "新风气：作风变实。",
        "新气象：人气变旺。",
    )
    assert found == {"三个新变化": ("新面貌", "新风气", "新气象")}


def test_too_few_labels_are_no_parts() -> None:
    assert parts("三个新变化", "去年云溪呈现“三个新变化”：", "新面貌：河水变清。", "收获不小。") == {}


def test_parts_told_elsewhere_by_their_shared_word() -> None:
    found = parts("三大强区战略", "“三大强区战略”见效", "云溪教育强区、生态强区、工业强区一齐发力。")
    assert found == {"三大强区战略": ("教育强区", "生态强区", "工业强区")}


def test_what_no_text_lists_is_said_to_be_unlisted() -> None:
    found = mention("1+6+N+2", "健全“1+6+N+2”应急体系。").framework
    assert found.components == ()
    assert found.unlisted == ("1", "6", "N", "2")
    assert mention("1280", "实施“1280”工程。").framework.unlisted == ("1", "2", "80")


@pytest.mark.parametrize(
    ("name", "entry", "expected"),
    [
        ("五清", "1.“五清”行动：指清路、清河、清街、清院、清渠。", {"五清": 5}),
        ("两纵一横", "[2]“两纵一横”：“两纵”指东路、西路；“一横”指中路。", {"两纵": 2, "一横": 1}),
        ("2+1", "③“2+1”产业：茶叶、竹木2个优势产业，1个新兴产业。", {"2": 2, "1": 1}),
        ("四有", "“四有”队伍：有本领、有担当。", {}),
    ],
)
def test_parts_from_the_glossary(name: str, entry: str, expected: dict[str, int]) -> None:
    body = f"云溪推进“{name}”行动。"
    found = mention(name, body, glossary=(entry,))
    assert {c.label: len(c.items) for c in found.framework.components if c.items} == expected
    assert body[found.name_start : found.name_end] == f"“{name}”行动"
    assert body[found.start : found.end] == body[:-1]
    assert all(paragraph == 1 for paragraph, _, _ in found.part_spans)
    cited = "".join(entry[start:end] for _, start, end in found.part_spans)
    assert all(item in cited for c in found.framework.components for item in c.items)


def test_digits_explained_behind_a_second_formula_are_that_ones() -> None:
    text = "对照市里“1456”体系，以“123”思路推进：“1”是建成云溪公园；“2”是种桃、种李；“3”是修桥、铺路、建亭。"
    assert parts("1456", text) == {}
    assert parts("123", text)["3"] == ("修桥", "铺路", "建亭")


def test_a_digit_that_is_only_counted_again_stays_open() -> None:
    text = "确定“123”工作体系：“1”即建成云溪公园一个目标；“2”即两大攻坚行动；“3”即种桃、种李、种梅三项。"
    found = mention("123", text).framework
    assert found.unlisted == ("2",)
    assert found.components[0].items == ("建成云溪公园",)


def test_the_digit_that_a_list_stands_for_is_no_part_of_it() -> None:
    text = "以“13”思路推进：“1”是建成云溪公园；“3”是种桃、种李、种梅三项重点工作。"
    assert parts("三项重点工作", text) == {"三项重点工作": ("种桃", "种李", "种梅")}


def test_a_goal_that_stays_the_same_is_told_behind() -> None:
    text = "以“123”思路推进：“1”是总目标不变，建成云溪公园；“2”是种桃、种李。"
    assert parts("123", text)["1"] == ("建成云溪公园",)


def test_a_speakers_name_is_no_part() -> None:
    texts = (
        "办好“三件大事”",
        "晨报：怎么办？",
        "林溪：分三步走。",
        "大种树：种桃。",
        "大修桥：修桥。",
        "大铺路：铺路。",
    )
    asked = (*texts, "晨报：谁来办？", "林溪：一起办。")
    assert parts("三件大事", *asked) == {"三件大事": ("大种树", "大修桥", "大铺路")}


def test_a_list_told_by_one_of_its_things_is_no_system() -> None:
    text = "\n\n".join(
        [
            "澄湖区政府工作报告",
            "今年将全面推开尿毒症等8类大病保障。",
            "各位代表！让我们团结奋斗！",
            "1.尿毒症等8类大病：指甲病、乙病、丙病等。",
            "2.“三线”：指甲线、乙线、丙线。",
            "3.新农合：指农村医疗互助制度。",
        ]
    )
    found = read(text.encode(), "a.txt", Declared(published="2021", type="report"), placed=False)
    assert [s.kind for s in found.statements] == ["target"]
