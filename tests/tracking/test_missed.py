"""What a figure below the promised one is not held against."""

from __future__ import annotations

from dataclasses import replace

import pytest

STEADY = "用电平稳" * 9
"""Longer than the words right before a figure that may bear on it."""


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


@pytest.mark.parametrize(("value", "grade", "doubt"), [(90, "stated", False), (40, "apparent", True)])
def test_a_figure_too_far_below_is_a_sign_that_says_why(entries_of, measured, value, grade, doubt):
    texts = [
        measured("target", year, str(year), 100, unit="家", text="高新企业100家") for year in (2017, 2018)
    ]
    told = measured("result", 2019, "2018", value, unit="家", text=f"高新企业{value}家")
    [found] = entries_of([*texts, told], "missed")
    assert (found.grade, "perhaps of another thing" in found.why) == (grade, doubt)
