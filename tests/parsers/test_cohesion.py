"""Do two pieces of text belong together where they meet?"""

from __future__ import annotations

import pytest

from parsers.cohesion import always_goes_on, begins_inside, breaks_word, echo, inside_word, is_torn, unclosed


@pytest.mark.parametrize("pair", ["特色", "产业", "改革", "5G", "19"])
def test_characters_bound_to_each_other(pair: str) -> None:
    assert inside_word(pair[0], pair[1])


@pytest.mark.parametrize("pair", ["互色", "区建", "。产", "产。", "5年"])
def test_characters_that_meet_by_chance(pair: str) -> None:
    assert not inside_word(pair[0], pair[1])


@pytest.mark.parametrize("text", ["业园区建成", "的小巷", "，同比增长", "中，新区"])
def test_no_sentence_begins_like_this(text: str) -> None:
    assert begins_inside(text)


@pytest.mark.parametrize("text", ["今年新区", "我们要", "坚持改革", "云湖区"])
def test_sentences_begin_like_this(text: str) -> None:
    assert not begins_inside(text)


@pytest.mark.parametrize(
    "text",
    [
        "新建学校、",
        "打造江北最大的",
        "建设充电互",
        "我们要做到“让群众",
        "两手并举，以技术",
        "统筹推进桥梁，把",
    ],
)
def test_a_line_that_breaks_off(text: str) -> None:
    assert is_torn(text)


@pytest.mark.parametrize(
    "text", ["今后五年努力方向", "打造宜居之城", "账本一笔一笔对", "全国重要的示范基地", "增长12"]
)
def test_a_line_that_may_end_here(text: str) -> None:
    assert not is_torn(text)


def test_the_longest_stretch_across_the_gap_that_the_text_prints_elsewhere() -> None:
    text = "云湖智造产\n业园一期\n云湖智造产业园二期"
    assert echo("云湖智造产", "业园一期", text) == 6
    assert echo("云湖智造产", "房价格", text) == 0


def test_an_echo_does_not_run_over_punctuation() -> None:
    assert echo("学校。", "医院", "学校。医院") == 0


def test_half_a_word_is_known_by_its_other_uses() -> None:
    assert always_goes_on("老旧小", "老旧小\n整治老旧小区20个，老旧小区改造")
    assert not always_goes_on("小区里", "小区里\n小区里，小区里有树")


def test_marks_left_open() -> None:
    assert unclosed("他说：“让（大家") == "“（"
    assert unclosed("“好”（见图）") == ""


def test_only_content_characters_break_a_word() -> None:
    assert breaks_word("互") and not breaks_word("把") and not breaks_word("园") and not breaks_word("5")
