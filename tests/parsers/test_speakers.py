"""Who speaks in an interview and in a report that quotes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.people import leaders
from parsers.speakers import Utterance, speakers
from parsers.text import Paragraph, plain


def page(*lines: str, title: str = "") -> list[Paragraph]:
    found = [replace(plain(title, 0), role="title")] if title else []
    return [*found, *(plain(line, 0) for line in lines)]


def said(paragraphs: list[Paragraph], part: str) -> Utterance:
    """The utterance that holds the words `part`."""
    for utterance in speakers(paragraphs):
        text = paragraphs[utterance.paragraph].text
        at = text.find(part)
        if at >= 0 and utterance.start <= at < utterance.end:
            return utterance
    raise AssertionError(part)


TITLE = "云湖区委书记周禾安：把湖水还给市民"


class TestInterview:
    PAGE = page(
        "云湖晚报：今年有哪些打算？",
        "周禾安：我们打算办成两件大事。",
        "大建设：启动7座桥梁改造。",
        "云湖晚报：难在哪里？",
        "周禾安：难在资金，也难在人手。",
        title=TITLE,
    )

    def test_questions_are_the_reporters(self) -> None:
        assert (said(self.PAGE, "打算？").speaker, said(self.PAGE, "难在哪里").role) == (
            "云湖晚报",
            "reporter",
        )

    def test_answers_are_the_leaders(self) -> None:
        assert (said(self.PAGE, "两件大事").speaker, said(self.PAGE, "两件大事").role) == ("周禾安", "leader")

    def test_an_answer_goes_on_over_paragraphs_with_labels_of_their_own(self) -> None:
        assert said(self.PAGE, "7座桥梁").speaker == "周禾安"

    def test_labels_without_anybody_who_asks_make_no_interview(self) -> None:
        plain_list = page("大建设：启动7座桥梁改造。", "周禾安：负责桥梁。", title=TITLE)
        assert said(plain_list, "7座桥梁").role == "narration"


class TestQuotations:
    @pytest.mark.parametrize(
        "text",
        [
            "“我们要在年内建成12座公厕。”周禾安表示。",
            "“我们要在年内建成12座公厕，”周禾安在调度会上说，“一座也不能少。”",
            "周禾安指出：“我们要在年内建成12座公厕。”",
            "周禾安介绍，全区将在年内建成12座公厕。",
            "“我们要在年内建成12座公厕。”6月3日，现场会召开，区委书记周禾安在会上强调。",
        ],
        ids=["after", "interrupted", "before", "reported", "further on"],
    )
    def test_the_leader_is_found_wherever_the_name_stands(self, text: str) -> None:
        utterance = said(page(text, title=TITLE), "12座公厕")
        assert (utterance.speaker, utterance.role) == ("周禾安", "leader")
        assert utterance.why

    def test_an_interrupted_quotation_has_one_speaker(self) -> None:
        text = "“年内建成12座公厕，”周禾安在调度会上说，“一座也不能少，一天也不能拖。”"
        assert said(page(text, title=TITLE), "一座也不能少").speaker == "周禾安"

    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("“明年我们再添两条生产线，招工300人。”云澄传感公司总裁助理秦越说。", "秦越"),
            ("“出门就有公园，真是太方便了。”家住湖东的居民刘阿婆说。", "刘阿婆"),
            ("湖东社区党委书记谭小舟介绍，社区划分了6个网格。", "谭小舟"),
        ],
    )
    def test_a_company_and_a_resident_are_third_parties(self, text: str, speaker: str) -> None:
        utterance = next(u for u in speakers(page(text, title=TITLE)) if u.speaker)
        assert (utterance.speaker, utterance.role) == (speaker, "third_party")

    def test_a_third_partys_words_do_not_run_into_the_leaders(self) -> None:
        paragraphs = page(
            "“明年我们再添两条生产线。”云澄传感公司经理秦越说，公司看好这里。",
            "周禾安介绍了下一步打算。“今年要建成8所学校，一所也不能少。”",
            title=TITLE,
        )
        assert said(paragraphs, "8所学校").speaker == "周禾安"

    def test_a_quoted_name_is_no_speech(self) -> None:
        text = "全区推行“三级平台、四级网格、五级响应”的“345”模式，获评“全国平安建设先进区”。"
        assert [(u.start, u.end, u.role) for u in speakers(page(text))] == [(0, len(text), "narration")]

    def test_who_speaks_after_the_leader_without_a_name_is_still_the_leader(self) -> None:
        paragraphs = page("周禾安说，路要一步步走。", "“今年要先办成两件大事，别的往后放。”", title=TITLE)
        assert said(paragraphs, "两件大事").speaker == "周禾安"

    def test_one_quoted_throughout_by_name_alone_is_the_leader(self) -> None:
        paragraphs = page("“我们要再建8所学校。”周禾安表示。", "“我们还要修3座桥梁。”周禾安强调。")
        assert {u.role for u in speakers(paragraphs) if u.speaker} == {"leader"}

    def test_one_quoted_once_by_name_alone_is_not(self) -> None:
        assert said(page("“我们要再建8所学校。”周禾安表示。"), "8所学校").role == "third_party"


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (TITLE, "周禾安", "云湖区委书记"),
        ("区长何以宁逐项通报了进展。", "何以宁", "区长"),
        ("区委副书记、区长何以宁主持会议。", "何以宁", "区委副书记、区长"),
    ],
)
def test_office_holders_are_known_by_their_office(text: str, name: str, office: str) -> None:
    assert [(leader.name, leader.office) for leader in leaders(page(text))] == [(name, office)]


@pytest.mark.parametrize(
    "text", ["全区经济持续增长高于预期。", "公司总经理秦越到场。", "各街道党工委书记要带头。"]
)
def test_nobody_holds_an_office_here(text: str) -> None:
    assert leaders(page(text)) == ()


PARTS = st.sampled_from(
    [
        "“",
        "”",
        "周禾安",
        "区委书记",
        "表示",
        "说",
        "，",
        "。",
        "：",
        "我们要建8所学校",
        "云湖晚报：",
        "在会上",
        "他",
        "公司",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=6))
def test_utterances_cover_each_paragraph_in_order_and_without_gaps(lines: list[str]) -> None:
    paragraphs = page(*lines)
    for number, paragraph in enumerate(paragraphs):
        at = 0
        for utterance in (u for u in speakers(paragraphs) if u.paragraph == number):
            assert utterance.start == at < utterance.end
            assert (utterance.speaker is None) == (utterance.role == "narration")
            at = utterance.end
        assert at == len(paragraph.text)


@pytest.mark.parametrize(
    "unit", ["“", "”", "说，", "“我们”", "周禾安说", "“好。”周禾安说，", "区委书记", "，表示"]
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    paragraphs = page(unit * (20_000 // len(unit)))
    start = time.process_time()
    speakers(paragraphs)
    assert time.process_time() - start < 2.0


def test_a_companys_manager_quoted_throughout_is_no_leader() -> None:
    manager = page("“我们看中了这里。”云溪公司副总经理秦越说，公司计划再添生产线。")
    assert {u.role for u in speakers(manager) if u.speaker == "秦越"} == {"third_party"}
    nobody = page("“我们看中了这里。”秦越说，全区计划再添一座公园。")
    assert {u.role for u in speakers(nobody) if u.speaker == "秦越"} == {"leader"}
