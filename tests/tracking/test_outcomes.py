"""Results against promises: arithmetic, periods, thresholds, vintages."""

from __future__ import annotations

import pytest

from tracking.derive import derive
from tracking.fulfilment import judge

YI = 100_000_000


@pytest.mark.parametrize(
    ("promised", "told", "verdict"),
    [
        ((1000, ">", None), (1000, ">", None), "fulfilled"),
        ((1000, ">", None), (1001, "=", None), "fulfilled"),
        ((1000, ">", None), (1000, "=", None), "open"),
        ((1000, ">", None), (999, "=", None), "missed"),
        ((1000, ">=", None), (1000, "=", None), "fulfilled"),
        ((1000, ">", None), (1000, "~", "below"), "missed"),
        ((1000, ">", None), (1000, "~", "around"), "open"),
        ((1000, ">", None), (900, ">", None), "open"),
        ((1000, "~", "around"), (960, "=", None), "fulfilled"),
        ((1000, "~", "around"), (940, "=", None), "missed"),
        ((1000, "=", None), (1100, "=", None), "fulfilled"),
        ((3, "<=", None), (2, "=", None), "fulfilled"),
        ((3, "<=", None), (3, "<", None), "fulfilled"),
        ((3, "<=", None), (4, "=", None), "missed"),
        ((3, "<", None), (3, "=", None), "open"),
        ((3, "<", None), (4, "=", None), "missed"),
    ],
)
def test_arithmetic_with_comparators_and_hedges(invented, promised, told, verdict):
    def made(value, op, approx):
        return invented.amount(value * YI, "元", op, approx)

    assert judge(made(*promised), made(*told)) == verdict


def test_rates_are_tolerated_in_points(invented):
    about = invented.amount(7, "%", "~", "around")
    assert judge(about, invented.amount("6.5", "%")) == "fulfilled"
    assert judge(about, invented.amount("6.4", "%")) == "missed"


def test_a_range_is_met_from_its_lower_end(invented):
    wanted = invented.amount(6, "%", "between", high="6.5")
    assert judge(wanted, invented.amount(6, "%")) == "fulfilled"
    assert judge(wanted, invented.amount("5.9", "%")) == "missed"


def test_what_is_better_lower_is_judged_the_other_way(invented):
    wanted, got = invented.amount(3, "%"), invented.amount(2, "%")
    assert judge(wanted, got, lower_is_better=True) == "fulfilled"
    assert judge(wanted, got) == "missed"


def test_units_convert_and_incomparable_ones_stay_open(invented):
    assert judge(invented.amount(15, "亩"), invented.amount(1, "公顷")) == "fulfilled"
    assert judge(invented.amount(15, "亩"), invented.amount(1, "公里")) == "open"


def test_a_result_of_the_same_year_decides(entries, measured):
    wanted = measured("target", 2018, "2018", 100 * YI)
    assert entries(wanted, measured("result", 2019, "2018", 101 * YI)) == [("fulfilled", "2018", "2019")]
    assert entries(wanted, measured("result", 2019, "2018", 90 * YI)) == [("missed", "2018", "2019")]
    assert entries(wanted, measured("result", 2019, "2017", 90 * YI)) == []


def test_a_result_before_any_promise_makes_no_entry(entries, measured):
    baseline = measured("result", 2018, "2017", 101 * YI)
    assert entries(baseline, kinds=("new", "reported", "fulfilled")) == []
    wanted = measured("target", 2018, "2018", 100 * YI)
    assert entries(baseline, wanted, kinds=("new", "changed", "reported", "fulfilled")) == [
        ("new", None, "2018")
    ]


def test_another_basis_or_base_decides_nothing(entries, measured):
    wanted = measured("target", 2018, "2018", 100 * YI)
    assert entries(wanted, measured("result", 2019, "2018", 90 * YI, basis="同口径")) == [
        ("reported", "2018", "2019")
    ]
    rate = measured("result", 2019, "2018", 9, unit="%", base="growth", subject="一般公共预算收入增速")
    assert entries(wanted, rate) == []


def test_a_threshold_told_as_crossed_is_met_with_its_date_open(entries, measured):
    twice = [measured("target", year, str(year), 1000 * YI, ">") for year in (2018, 2019)]
    crossed = measured("result", 2021, None, 1000 * YI, ">")
    assert entries(*twice, crossed) == [("fulfilled", "2019", "2021")]
    assert entries(*twice, measured("result", 2021, None, 900 * YI, ">")) == []
    counted = measured("target", 2018, "2018", 1000, ">=", unit="个", subject="引进项目")
    assert entries(counted, measured("result", 2021, None, 1100, unit="个", subject="引进项目")) == []


def test_the_later_vintage_decides(entries, measured):
    wanted = measured("target", 2018, "2018", 100 * YI)
    expected = measured("result", 2019, "2018", 101 * YI, vintage="预计")
    final = measured("result", 2019, "2018", 99 * YI, vintage="final")
    assert entries(wanted, expected) == [("fulfilled", "2018", "2019")]
    assert entries(wanted, expected, final) == [("missed", "2018", "2019")]


def test_of_two_figures_of_one_vintage_the_one_that_meets_decides(entries, measured):
    wanted = measured("target", 2018, "2018", 100 * YI)
    low, high = (measured("result", 2019, "2018", value * YI) for value in (99, 101))
    assert entries(wanted, low, high) == [("fulfilled", "2018", "2019")]


def test_a_rate_that_fell_lies_below_zero(invented):
    def rate(kind, year, words, value):
        amount = invented.amount(value, "%")
        return invented.text(
            year, invented.row(kind, words, "投资增速", amount, base="growth", period="2018")
        )

    wanted = rate("target", 2018, "投资增长8%", 8)
    [entry] = [
        c
        for d in derive([wanted, rate("result", 2019, "投资下降9%", 9)])
        for c in d.changes
        if c.change == "missed"
    ]
    assert (entry.fields[0].old, entry.fields[0].new) == (8, -9)
    rose = derive([wanted, rate("result", 2019, "投资增长9%", 9)])
    assert "missed" not in {c.change for d in rose for c in d.changes}


def test_progress_within_the_year_is_reported_unless_it_meets(entries, measured):
    wanted = measured("target", 2018, "2018", 100 * YI)
    assert entries(wanted, measured("result", 2018, "2018-06", 60 * YI)) == [("reported", "2018", "2018")]
    assert entries(wanted, measured("result", 2018, "2018-11", 102 * YI)) == [("fulfilled", "2018", "2018")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("云帆科技园建成投用", "fulfilled"),
        ("完成云帆科技园建设", "fulfilled"),
        ("基本完成云帆科技园建设", "reported"),
        ("云帆科技园完成60%", "reported"),
        ("云帆科技园加快推进", "reported"),
    ],
)
def test_deeds_are_fulfilled_by_words_of_completion(entries, invented, words, kind):
    project = {"project": "云帆科技园"}
    wanted = invented.text(2018, invented.row("action", "建设云帆科技园", "云帆科技园建设", **project))
    told = invented.text(2019, invented.row("result", words, words, period="2018", **project))
    assert entries(wanted, told) == [(kind, "2018", "2019")]
    before = invented.text(2018, invented.row("result", words, words, period="2017", **project), name="x")
    assert entries(wanted, before) == []


def test_a_result_about_another_project_tells_nothing(entries, invented):
    wanted = invented.text(
        2018, invented.row("action", "建设云帆科技园", "云帆科技园建设", project="云帆科技园")
    )
    told = invented.row("result", "星河产业园建成投用", "星河产业园", period="2018", project="星河产业园")
    assert entries(wanted, invented.text(2019, told)) == []
