"""When a text was published and whose year's plan it is."""

from __future__ import annotations

import pytest

from parsers.dating import date_document
from parsers.reading import Declared
from parsers.slogans import find_slogans
from parsers.text import Paragraph, plain


def paragraphs(*texts: str) -> list[Paragraph]:
    found, at = [], 0
    for text in texts:
        found.append(plain(text, at))
        at += len(text) + 1
    return found


def dated(
    *texts: str, title: str | None = None, printed: str | None = None, **declared: str
) -> tuple[str | None, str | None]:
    published, plan_year, _ = date_document(
        paragraphs(*texts),
        title,
        Declared(**declared),
        printed,  # type: ignore[arg-type]
    )
    whole = "\n".join(texts)
    for clue in (published, plan_year):
        assert clue is None or clue.span is None or 0 <= clue.span[0] < clue.span[1] <= len(whole)
    return published and published.value, plan_year and plan_year.value


SALUTATION = "各位代表："


def test_declared_and_printed_dates_come_first() -> None:
    assert dated("2019年将新建学校。", published="2021-03") == ("2021-03", "2021")
    assert dated("2019年将新建学校。", printed="2020-05-06") == ("2020-05-06", "2020")
    assert dated("2019年将新建学校。", printed="2020-05-06", published="2021") == ("2021", "2021")


@pytest.mark.parametrize(
    "line",
    [
        "——2018年1月18日在云中市第十六届人民代表大会第三次会议上",
        "（2018年1月18日）",
        "二〇一八年一月十八日",
        "发布时间：2018-01-18",
    ],
)
def test_date_lines(line: str) -> None:
    assert dated("政府工作报告", line, SALUTATION) == ("2018-01-18", "2018")


def test_a_date_inside_a_story_is_not_the_texts_own() -> None:
    assert dated("项目负责人介绍说，2012年12月8日这座桥动工，当时村里只有三条路，如今已经通车。") == (
        None,
        None,
    )


def test_a_report_given_in_december_is_for_the_next_year() -> None:
    line = "——2018年12月28日在云中市第五届人民代表大会第三次会议上"
    assert dated("政府工作报告", line, SALUTATION) == ("2018-12-28", "2019")
    assert dated("云中市委召开全会。", published="2018-12-28") == ("2018-12-28", "2018")


def test_a_title_can_give_both() -> None:
    assert dated("各位代表：", title="2024年政府工作报告—2024年1月16日在某会上") == ("2024-01-16", "2024")
    assert dated(SALUTATION, title="云中市2024年政府工作报告") == ("2024", "2024")


def test_headings_tell_the_year_of_a_report_without_a_date() -> None:
    assert dated(SALUTATION, "一、2016年工作回顾", "二、2017年重点工作")[1] == "2017"
    assert dated(SALUTATION, "刚刚过去的2016年，全市经济平稳。", "做好2017年工作意义重大。")[1] == "2017"


def test_a_report_that_says_next_year_was_given_in_december() -> None:
    assert dated(SALUTATION, "一、2016年工作回顾", "二、2017年工作安排", "明年是关键一年。") == (
        "2016-12",
        "2017",
    )


def test_a_communique_tells_of_the_year_before() -> None:
    assert dated("全年生产总值增长。", title="云中市2023年国民经济和社会发展统计公报")[1] == "2024"


def test_a_five_year_plan_has_its_years() -> None:
    title = "云中市国民经济和社会发展第十四个五年规划纲要"
    assert dated("第一章", title=title, type="plan")[1] == "2021..2025"


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("2017年，云中区取得了新成绩。", "2018年，我们将新建学校。2018年，我们要修通三条路。"), "2018"),
        (("全会把2019年作为“攻坚年”。",), "2019"),
        (("2019年是建设云中新城的关键之年。下一步，要抓好三件事。",), "2019"),
        (("今年以来，云中区举行2020年重点项目推进大会。",), "2020"),
        (("2020年重点项目推进会在云中区举行。", "今年全区统筹推进九个项目。"), "2020"),
        (("2017年，云中区引进项目52个，同比增长13%。", "2018年，我们打算再进一步。"), "2018"),
        (("2021年是云中区确定的“落地年”。",), "2021"),
        (("7月5日，云中区召开2018年上半年工作调度会。",), "2018"),
    ],
)
def test_the_text_itself_can_tell_its_year(texts: tuple[str, ...], year: str) -> None:
    assert dated(*texts) == (year, year)


@pytest.mark.parametrize(
    "text",
    [
        "6月22日，云中区举行开工仪式，今年将建成。",
        "到2025年，云中区将建成三座公园。",
        "2015年，村里的四条路将陆续改建。",
        "2011年，这座小村迎来了第一批客人。",
        "云中区2008年前动工的工程将完工。",
        "云中区获得过“2019年度丰收年”称号。",
        "与2018年上半年相比，客流多了两成。",
        "2018年下半年，云中区召开过一次调度会。",
    ],
)
def test_what_the_text_does_not_tell_stays_unknown(text: str) -> None:
    assert dated(text) == (None, None)


def test_campaign_years_with_the_year_their_sentence_gives() -> None:
    text = paragraphs(
        "把2019年作为“突破年”，再出发。",
        "今年为“实干年”。",
        "去年开展了“服务年”活动。",
        "开展“学习年”活动。",
        "“百年”老店迎“新年”，今年是“之年”。",
    )
    assert find_slogans(text, 2021) == (("突破年", 2019), ("实干年", 2021), ("服务年", 2020))
    assert find_slogans(text, None) == (("突破年", 2019), ("实干年", None))
