"""What times a text names and which periods they mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import time_forms
from parsers.periods import Anchor, default_period, due_by, find_times, number, resolve, resolve_all, tense

NEWS = Anchor.of("2021-06-22", "2021")
REPORT = Anchor.of("2021-01", "2021", "report")
DECEMBER = Anchor.of("2020-12-20", "2021", "report")


def period(text: str, anchor: Anchor = NEWS) -> str | None:
    mentions = find_times(text)
    assert len(mentions) == 1, mentions
    return resolve(mentions[0], anchor)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019年建成两座桥", "2019"),
        ("2020年底完成", "2020"),
        ("2021年6月22日开工", "2021-06-22"),
        ("二〇二一年六月开工", "2021"),
        ("二〇二一年六月二十二日开工", "2021-06-22"),
        ("2018—2020年", "2018..2020"),
        ("2018年至2020年", "2018..2020"),
        ("到2025年", "2025"),
        ("6月22日开播", "2021-06-22"),
        ("９月底前完成", "2021-09"),
        ("1—9月", "2021"),
        ("2020年前三季度", "2020"),
    ],
)
def test_absolute_times(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年", "2021"),
        ("今年6月底前", "2021-06"),
        ("去年", "2020"),
        ("上年末", "2020"),
        ("明年", "2022"),
        ("前年开工", "2019"),
        ("全年", "2021"),
        ("年内", "2021"),
        ("年底前", "2021"),
        ("上半年", "2021"),
        ("一季度", "2021"),
        ("本月", "2021-06"),
        ("上月", "2021-05"),
        ("今年以来", "2021"),
        ("从今天起", "2021-06-22"),
        ("14日下午", "2021-06-14"),
    ],
)
def test_relative_times(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近三年", "2018..2020"),
        ("五年来", "2016..2020"),
        ("过去五年", "2016..2020"),
        ("过去一年", "2020"),
        ("五年累计", "2016..2020"),
        ("连续三年", "2018..2020"),
        ("未来五年", "2021..2025"),
        ("今后3—5年", "2021..2025"),
        ("力争三年内", "2021..2024"),
        ("力争三年累计", "2021..2023"),
        ("用三年时间", "2021..2024"),
        ("2018年以来", "2018..2021"),
        ("改革开放以来", "1978..2021"),
    ],
)
def test_stretches_of_years(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“十四五”期末", "2025"),
        ("到“十四五”末", "2025"),
        ("“十三五”时期", "2016..2020"),
        ("十三五时期", "2016..2020"),
        ("“十四五”开局之年", "2021"),
        ("“三五”计划时期", "1966..1970"),
        ("第十四个五年规划时期", "2021..2025"),
    ],
)
def test_five_year_plans(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    "text",
    ["下一步", "今后一个时期", "提前两年", "届时", "近年来", "目前", "35天内", "任期内", "经过五年努力"],
)
def test_what_cannot_be_known_stays_unknown(text: str) -> None:
    assert period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "安全年",
        "健全年",
        "未成年人",
        "文明年",
        "以上年龄",
        "项目前期",
        "70周年",
        "“七五”普法",
        "每人每月",
        "青年",
        "12个",
        "三年级",
        "如今年轻人",
    ],
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert [m for m in find_times(text) if m.kind != "vague"] == []


@pytest.mark.parametrize("text", ["今年", "6月22日", "去年", "近三年", "年底前", "今天起"])
def test_a_text_without_a_date_gives_relative_times_no_year(text: str) -> None:
    assert period(text, Anchor()) is None


def test_a_report_given_in_december_speaks_of_next_years_plan() -> None:
    assert period("今年", DECEMBER) == "2020"
    assert period("明年", DECEMBER) == "2021"
    assert period("全年", DECEMBER) == "2021"
    assert period("过去五年", DECEMBER) == "2016..2020"
    assert period("今年", REPORT) == "2021"


def test_a_reports_review_is_about_the_year_before() -> None:
    back = REPORT.facing("back")
    assert [period(t, back) for t in ("全年", "年末", "9月")] == ["2020", "2020", "2020-09"]
    assert period("今年", back) == "2021"


def test_a_communique_tells_of_the_year_before_it_was_published() -> None:
    communique = Anchor.of("2024-02", "2024", "communique")
    assert [period(t, communique) for t in ("全年", "年末", "上年")] == ["2023", "2023", "2022"]


def test_a_month_belongs_to_the_year_named_before_it_in_its_sentence() -> None:
    text = "2019年5月开工，12月通车。3月启用。"
    assert resolve_all(text, find_times(text), NEWS) == ["2019-05", "2019-12", "2021-03"]


@pytest.mark.parametrize(
    ("text", "kind", "direction", "role"),
    [
        ("到2025年", "absolute", "forward", "time"),
        ("截至2019年底", "absolute", "past", "time"),
        ("2019年建成", "absolute", "neutral", "time"),
        ("年内建成", "relative", "forward", "time"),
        ("今年以来", "relative", "past", "time"),
        ("比上年增长", "relative", "past", "baseline"),
        ("是2015年的两倍", "absolute", "neutral", "baseline"),
        ("与去年持平", "relative", "past", "baseline"),
        ("2035年远景目标", "absolute", "neutral", "name"),
        ("“十四五”规划", "plan", "neutral", "name"),
        ("“十四五”期间", "plan", "neutral", "time"),
        ("近三年", "duration", "past", "time"),
        ("三年内", "duration", "forward", "time"),
        ("下一步", "vague", "forward", "time"),
    ],
)
def test_class_direction_and_role(text: str, kind: str, direction: str, role: str) -> None:
    (mention,) = find_times(text)
    assert (mention.kind, mention.direction, mention.role) == (kind, direction, role)


def test_a_plans_years_begin_with_its_own() -> None:
    assert period("三年内", REPORT) == "2021..2023"
    assert period("未来五年", REPORT) == period("未来五年", NEWS) == "2021..2025"


def test_promises_of_a_report_default_to_its_plan_year_and_results_to_the_year_before() -> None:
    assert default_period("target", REPORT) == "2021"
    assert default_period("result", REPORT) == "2020"
    assert default_period("target", NEWS) is None


def test_a_deadline_can_be_finer_than_its_period() -> None:
    (half,) = find_times("上半年")
    (year,) = find_times("2022年")
    assert due_by(half, NEWS) == "2021-06"
    assert due_by(year, NEWS) == "2022"


def test_tense_tells_past_from_future_years() -> None:
    assert tense("2019", NEWS) == "past"
    assert tense("2022..2025", NEWS) == "forward"
    assert tense("2021", NEWS) == "neutral"
    assert tense("2022", Anchor()) == "neutral"


PIECES = st.sampled_from(
    [
        "2019年",
        "今年",
        "十",
        "五",
        "“十四五”",
        "“",
        "”",
        "年",
        "月",
        "日",
        "1",
        "2",
        "底",
        "前",
        "—",
        "以来",
        "至",
        "近",
        "三",
        "。",
        "季度",
    ]
)


@pytest.mark.parametrize(
    ("words", "value"),
    [("十五", 15), ("两", 2), ("３", 3), ("二十", 20), ("三五", None), ("十十", None), ("²", None)],
)
def test_a_small_count_is_read_or_left_open(words, value):
    assert number(words) == value


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_mentions_are_cut_from_the_text_in_order_without_overlap(text: str) -> None:
    last = 0
    for mention in find_times(text):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.words
        last = mention.end
        for anchor in (NEWS, REPORT, Anchor()):
            found = resolve(mention, anchor)
            assert found is None or len(found) in (4, 7, 10, 12)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_look_ahead_hides_no_form(text: str) -> None:
    unfiltered = time_forms.compile_forms(look_ahead=False)
    assert [m.span() for m in time_forms.PATTERN.finditer(text)] == [
        m.span() for m in unfiltered.finditer(text)
    ]
