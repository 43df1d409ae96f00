"""Results against promises: arithmetic, periods, thresholds, vintages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracking.derive import derive
from tracking.fulfilment import judge


@pytest.fixture
def entries(invented):
    def run(*versions, kinds=("fulfilled", "missed", "reported")):
        found = [c for d in derive(versions) for c in d.changes if c.change in kinds]
        return sorted((c.change, c.edition_from, c.edition_to) for c in found)

    return run


@pytest.fixture
def measured(invented):
    """A target or result on one indicator: made(kind, plan year, period, value, op …)."""

    def made(kind, year, period, value, op="=", *, approx=None, unit="元", **more):
        subject = more.pop("subject", "一般公共预算收入")
        amount = invented.amount(value, unit, op, approx)
        said = invented.row(
            kind, f"{subject}{op}{value}{unit}", subject, amount, indicator=subject, period=period
        )
        return invented.text(year, said | more)

    return made


YI = 100_000_000
STEADY = "用电平稳" * 9
"""Longer than the words right before a figure that may bear on it."""


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


@pytest.mark.parametrize(
    ("promised", "told", "kinds"),
    [
        ("高新企业100家", "高新企业90家", ["missed"]),
        ("五年培育高新企业100家", "高新企业90家", ["reported"]),
        ("高新企业达到100家", "新增高新企业90家", []),
        ("高新企业100家", "开发区高新企业90家", ["reported"]),
        ("开发区高新企业100家", "开发区高新企业90家", ["missed"]),
        ("开发区高新企业100家", "高新企业90家", ["reported"]),
        ("高新企业100家，年均增长9%", "高新企业90家", ["reported"]),
        ("正常年景高新企业100家", "高新企业90家", ["reported"]),
        ("高新企业100家", "剔除外迁企业后，高新企业90家", ["reported"]),
        ("按可比口径高新企业100家", "高新企业90家", ["reported"]),
        ("南麓区要围绕发展高新企业100家", "高新企业90家", ["reported"]),
        ("全区要围绕发展高新企业100家", "高新企业90家", ["missed"]),
        ("省属高新企业100家", "高新企业90家", ["reported"]),
        ("省属高新企业100家", "省属高新企业90家", ["missed"]),
        ("新设、优化高新企业100家", "新设高新企业90家", ["reported"]),
        ("新设、优化高新企业100家", "新设和优化高新企业90家", ["missed"]),
        ("2000万元以上高新企业100家", "高新企业90家", ["reported"]),
        ("到本世纪末人人富裕，高新企业100家", "高新企业90家", ["reported"]),
        ("到本世纪末人人富裕，今年高新企业100家", "高新企业90家", ["missed"]),
    ],
)
def test_nothing_is_missed_over_other_years_on_another_count_basis_or_part(
    invented, entries, promised, told, kinds
):
    def made(kind, year, words, value):
        count = invented.amount(value, "家")
        return invented.text(year, invented.row(kind, words, "高新企业", count, period="2018"))

    found = entries(made("target", 2018, promised, 100), made("result", 2019, told, 90))
    assert [kind for kind, _, _ in found] == kinds


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("1—11月份，{}，", "reported"),
        ("1—11月份，{}，全年", "missed"),
        ("{}，较上半年回升，{}，", "missed"),
    ],
)
def test_all_in_a_sentence_that_begins_with_a_part_of_the_year_is_of_that_part(
    invented, entries, measured, lead, kind
):
    lead = lead.replace("{}", STEADY)
    told = measured("result", 2019, "2018", 90, unit="家", text=f"{lead}高新企业90家")
    said = replace(told.reading.statements[0], spans=((len(lead), len(lead) + 7),), text="高新企业90家")
    told = replace(told, reading=replace(told.reading, statements=(said,)))
    wanted = measured("target", 2018, "2018", 100, unit="家", text="高新企业100家")
    assert [k for k, _, _ in entries(wanted, told)] == [kind]


@pytest.mark.parametrize(
    ("promised", "told", "kinds"),
    [
        # A limit is kept below it, and nobody says that more is worse.
        (("人口自然增长率控制在9.5‰左右", 9.5, "‰", "~"), ("人口自然增长率8.9‰", 8.9, "‰"), ["fulfilled"]),
        (("人口自然增长率控制在9.5‰左右", 9.5, "‰", "~"), ("人口自然增长率10.9‰", 10.9, "‰"), ["reported"]),
        (("人口自然增长率达到9.5‰左右", 9.5, "‰", "~"), ("人口自然增长率8.9‰", 8.9, "‰"), ["missed"]),
        # Printed as coarsely as it was promised it is the same.
        (("森林覆盖率达到42.8%", 42.8, "%", "="), ("森林覆盖率42.78%", 42.78, "%"), ["reported"]),
        (("森林覆盖率达到42.8%", 42.8, "%", "="), ("森林覆盖率42.71%", 42.71, "%"), ["missed"]),
        (("森林覆盖率达到43%", 43, "%", "="), ("森林覆盖率42.9%", 42.9, "%"), ["missed"]),
    ],
)
def test_limits_and_rounded_rates_are_not_missed(invented, entries, promised, told, kinds):
    words, value, unit, op = promised
    wanted = invented.row("target", words, words[:5], invented.amount(str(value), unit, op), base="stock")
    said, got, unit = told
    result = invented.row("result", said, words[:5], invented.amount(str(got), unit), base="stock")
    texts = [
        invented.text(year, one | {"period": "2018", "indicator": words[:5]})
        for year, one in ((2018, wanted), (2019, result))
    ]
    assert [kind for kind, _, _ in entries(*texts)] == kinds


@pytest.mark.parametrize(
    ("index", "value", "kind"),
    [
        ("物价指数101.5%", "101.5", "fulfilled"),
        ("物价指数104%", "104", "missed"),
        ("物价涨104%", "104", "missed"),
    ],
)
def test_an_index_tells_a_rise(invented, entries, index, value, kind):
    fields = {"base": "growth", "indicator": "物价涨幅", "period": "2018"}
    wanted = invented.row(
        "target", "物价涨幅控制在2%左右", "物价涨幅", invented.amount(2, "%", "~"), **fields
    )
    told = invented.row("result", index, "物价涨幅", invented.amount(value, "%"), **fields)
    found = entries(invented.text(2018, wanted), invented.text(2019, told))
    assert [k for k, _, _ in found] == [kind]


@pytest.mark.parametrize(("step", "level", "kind"), [(1.6, 46.4, "reported"), (1.4, 46.4, "missed")])
def test_a_step_in_points_beside_its_level_misses_with_both_only(invented, entries, step, level, kind):
    def told(row, year, step, level):
        amounts = (invented.amount(str(step), "百分点"), invented.amount(str(level), "%"))
        words = f"城镇化率提高{step}个百分点、达到{level}%"
        return invented.text(
            year,
            invented.row(
                row, words, "城镇化率增速", *amounts, base="growth", indicator="城镇化率", period="2018"
            ),
        )

    found = entries(told("target", 2018, 1.5, 47.7), told("result", 2019, step, level))
    assert [k for k, _, _ in found] == [kind]


@pytest.mark.parametrize(("level", "kind"), [(120, "reported"), (99, "missed")])
@pytest.mark.parametrize("named", ["渔业产值", None])
def test_a_rate_below_is_not_held_against_a_level_that_was_met(entries, invented, level, kind, named):
    def told(row, year, value, rate):
        level = invented.row(row, f"渔业产值{value}元", "渔业产值", invented.amount(value, "元"),
                             indicator="渔业产值", period="2018")  # fmt: skip
        growth = invented.row(row, f"增长{rate}%", "渔业产值增速", invented.amount(rate, "%"),
                              base="growth", indicator=named, period="2018")  # fmt: skip
        return invented.text(year, level, growth)

    found = entries(told("target", 2018, 100, 17), told("result", 2019, level, 16))
    assert sorted(k for k, _, _ in found) == sorted([kind, "fulfilled" if level > 100 else "missed"])


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
