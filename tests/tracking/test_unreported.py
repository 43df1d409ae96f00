"""What was due within its year and is told by nothing in the whole report that reviews it."""

from __future__ import annotations

from dataclasses import replace

import pytest


def test_a_deed_of_the_year_that_its_review_does_not_mention_is_unreported(report, lanes, accusations):
    assert accusations(report(2018, lanes), report(2019)) == [("unreported", "inferred", "2018", "2019")]


def test_time_alone_accuses_nobody(report, lanes, accusations):
    assert accusations(report(2018, lanes)) == []
    assert accusations(report(2018, lanes), report(2020)) == []


def test_a_deed_told_in_other_words_of_its_own_is_not_unreported(report, lanes, accusations):
    assert accusations(report(2018, lanes), report(2019, words="无障碍的盲道全部铺设完毕")) == []


def test_a_deed_that_only_its_kind_recalls_is_apparent(report, lanes, accusations):
    found = accusations(report(2018, lanes), report(2019, words="城区盲道面貌一新"))
    assert found == [("unreported", "apparent", "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grades"),
    [("成渝铁路前期工作有序推进", ["apparent"]), ("琼崖酒店开门迎客", ["inferred"])],
)
def test_a_line_told_by_the_first_characters_of_its_towns_is_near(
    invented, report, words, grades, accusations
):
    line = invented.row(
        "action", "开工建设成山至渝水大道", deed="开工建设", object="成山至渝水大道", stage="开工"
    )
    found = accusations(report(2018, line), report(2019, words=words))
    assert found == [("unreported", grade, "2018", "2019") for grade in grades]


@pytest.mark.parametrize(("words", "grade"), [("灯箱换上新装", "apparent"), ("花箱换上新装", "inferred")])
def test_each_part_of_a_list_is_looked_for_by_its_kind(invented, report, words, grade, accusations):
    row = invented.row(
        "target", "更换景观灯箱和道旁护栏42公里", "景观灯箱和道旁护栏", invented.amount(42, "公里"),
        deed="更换", object="景观灯箱和道旁护栏", base="flow",
    )  # fmt: skip
    found = accusations(report(2018, row), report(2019, words=words))
    assert found == [("unreported", grade, "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grade"),
    [("省级三馆基本建成", "apparent"), ("省级两馆基本建成", "inferred")],
)
def test_a_list_may_be_told_in_short(invented, report, words, grade, accusations):
    row = invented.row(
        "target", "新建蜡像馆、标本馆和天象馆42处", "蜡像馆、标本馆和天象馆", invented.amount(42, "处"),
        deed="新建", object="蜡像馆、标本馆和天象馆", base="flow",
    )  # fmt: skip
    found = accusations(report(2018, row), report(2019, words=words))
    assert found == [("unreported", grade, "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("整治市容环卫点位75处", "apparent"),
        ("整治市容环卫点位", "inferred"),
        ("整治市容点位75处", "inferred"),
    ],
)
def test_where_figures_of_its_field_are_told_it_may_be_within_them(
    invented, report, words, grade, accusations, entries_of
):
    row = invented.row(
        "target",
        "更换垃圾斗42个",
        "果皮收纳斗",
        invented.amount(42),
        deed="更换",
        object="果皮收纳斗",
        base="flow",
    )
    row["text"] = "更换垃圾旁果皮收纳斗42个"
    texts = [report(2018, row), report(2019, words=words)]
    assert accusations(*texts) == [("unreported", grade, "2018", "2019")]
    [entry] = entries_of(texts, "unreported")
    assert "环卫" in entry.searched["terms"], "what was looked for is said"


@pytest.mark.parametrize(
    ("above", "words", "grade"),
    [
        ("办好十件实事", "十件民生实事全部完成", "apparent"),
        ("办好十个展会", "十件民生实事全部完成", "inferred"),
        ("办好十件实事", "民生实事稳步推进之中", "inferred"),
    ],
)
def test_a_list_that_is_told_as_done_in_sum_holds_its_items(report, lanes, above, words, grade, accusations):
    first = report(2018, lanes)
    text = first.reading.source.text
    at = text.index(lanes["text"])
    source = replace(first.reading.source, text=text[: at - len(above)] + above + text[at:])
    first = replace(first, reading=replace(first.reading, source=source))
    assert accusations(first, report(2019, words=words)) == [("unreported", grade, "2018", "2019")]


def test_what_stands_in_the_review_or_in_a_plan_of_five_years_is_not_due_within_the_year(
    report, lanes, accusations
):
    first = report(2018, lanes)
    text = first.reading.source.text

    def opened(words):
        return replace(
            first,
            reading=replace(
                first.reading, source=replace(first.reading.source, text=words + text[len(words) :])
            ),
        )

    title = "关于第九个五年计划的报告"
    assert accusations(opened("关于一年来工作情况的报告"), report(2019)) != []
    assert accusations(opened(title), report(2019)) == []
    early = [s for s in first.reading.statements if s.kind == "target"]
    late = [s for s in first.reading.statements if s.kind != "target"]
    moved = tuple(replace(s, spans=((0, 4),)) for s in early)
    reading = replace(first.reading, statements=(*moved, *late))
    assert accusations(replace(first, reading=reading), report(2019)) == []


@pytest.mark.parametrize(
    ("words", "deed", "owed"),
    [
        ("新建无障碍盲道42公里", "新建", True),
        ("抓好无障碍盲道42公里", "抓好", False),
        ("以新建无障碍盲道42公里为重点", "新建", False),
        ("在对口支援的县新建无障碍盲道42公里", "新建", False),
    ],
)
def test_attending_to_a_thing_ends_in_nothing_that_could_be_told_back(
    invented, report, words, deed, owed, accusations
):
    amount = invented.amount(42, "公里")
    row = invented.row("target", words, "无障碍盲道", amount, deed=deed, object="无障碍盲道", base="flow")
    assert bool(accusations(report(2018, row), report(2019))) == owed


@pytest.mark.parametrize(
    ("heading", "owed"), [("“十四五”主要目标任务", False), ("2018年工作安排", True), ("惠民工程", True)]
)
def test_what_stands_in_the_sketch_of_a_plan_is_not_due_in_the_first_year(
    report, lanes, heading, owed, accusations
):
    first = report(2018, lanes | {"rule": "claim.target;period.default"})
    text = first.reading.source.text
    at = text.index(lanes["text"])
    # The line before the promise takes the place of as many characters, so that all offsets stay.
    above = text[: at - len(heading) - 2] + "\n" + heading + "\n"
    source = replace(first.reading.source, text=above + text[at:])
    first = replace(first, reading=replace(first.reading, source=source))
    assert bool(accusations(first, report(2019))) == owed


def test_a_report_that_looks_back_on_other_years_reviews_nothing(report, lanes, accusations):
    later = report(2019)
    five = tuple(replace(s, period="2014..2018") for s in later.reading.statements)
    later = replace(later, reading=replace(later.reading, statements=five))
    assert accusations(report(2018, lanes), later) == []


def test_what_another_text_reports_is_not_unreported(invented, report, lanes, accusations):
    done = {**lanes, "kind": "result", "text": "新建无障碍盲道45公里", "period": "2018"}
    news = invented.text(2019, done, published="2019-04-02")
    assert accusations(report(2018, lanes), report(2019), news) == []
