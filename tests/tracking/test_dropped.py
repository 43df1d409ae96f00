"""A target set year after year that the next whole report does not set."""

from __future__ import annotations

from dataclasses import replace

import pytest


def test_a_target_set_twice_and_gone_from_the_next_whole_report_is_dropped(
    report, jobs, accusations, entries_of
):
    texts = [report(2017, jobs()), report(2018, jobs(6000)), report(2019)]
    assert accusations(*texts) == [("dropped", "inferred", "2018", "2019")]
    [entry] = entries_of(texts, "dropped")
    assert entry.searched is not None and "城镇新增就业" in entry.searched["terms"]
    assert entry.said_on == "2019"


def test_once_is_not_twice(report, jobs, accusations):
    assert accusations(report(2018, jobs()), report(2019)) == []


def test_nothing_is_concluded_across_a_missing_year_or_from_a_cut_text(report, jobs, accusations):
    assert accusations(report(2016, jobs()), report(2018, jobs()), report(2019)) == []
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2020)) == []
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2019, complete=False)) == []


def test_news_is_never_found_silent(invented, report, jobs, accusations):
    assert accusations(report(2017, jobs()), report(2018, jobs()), invented.text(2019)) == []


def test_the_indicator_near_a_figure_leaves_it_apparent(report, jobs, accusations):
    texts = [report(2017, jobs()), report(2018, jobs())]
    later = report(2019)
    words = later.reading.source.text + "。新增就业力争6千人以上，约6000人"
    later = replace(later, reading=replace(later.reading, source=replace(later.reading.source, text=words)))
    assert accusations(*texts, later) == [("dropped", "apparent", "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grade"),
    [("今年实现实名制就业五千五百人以上", "apparent"), ("就业服务大厅设置十二窗口以上", "inferred")],
)
def test_a_wider_word_beside_an_aim_leaves_it_apparent(report, jobs, invented, words, grade, accusations):
    plain = invented.row("action", words, words, deed="实现")
    found = accusations(report(2018, jobs()), report(2019, jobs()), report(2020, plain))
    assert found == [("dropped", grade, "2019", "2020")]


@pytest.mark.parametrize(("others", "grade"), [(11, "apparent"), (30, "inferred")])
def test_where_too_much_would_be_dropped_at_once_the_rule_is_suspect(
    report, jobs, invented, others, grade, accusations, entries_of
):
    def steady():
        names = [f"第{n}种事项" for n in range(others)]
        return [
            invented.row("target", f"{n}达到9件", n, invented.amount(9, "件"), base="flow") for n in names
        ]

    texts = [report(2017, jobs(), *steady()), report(2018, jobs(), *steady()), report(2019, *steady())]
    assert accusations(*texts) == [("dropped", grade, "2018", "2019")]
    back = entries_of([*texts, report(2020, jobs(), *steady())], "revived")
    assert len(back) == (grade == "inferred"), "what may never have gone does not come back"


def test_a_series_that_takes_anothers_place_is_said_and_does_not_make_the_rule_suspect(
    report, invented, entries_of
):
    def rate(name):
        amount = invented.amount(4, "%", "<=")
        return invented.row("target", f"{name}控制在4%以内", name, amount, base="stock", indicator=name)

    steady = [
        invented.row("target", f"第{n}种事项达到9件", f"第{n}种事项", invented.amount(9, "件"))
        for n in range(11)
    ]
    old, new = rate("城镇登记失业率"), rate("城镇调查失业率")
    texts = [report(2017, old, *steady), report(2018, old, *steady), report(2019, new, *steady)]
    [entry] = entries_of(texts, "dropped")
    assert entry.grade == "inferred" and "another series" in entry.why


@pytest.mark.parametrize(("subject", "told"), [("城乡居民收入", []), ("农村集体收入", ["inferred"])])
def test_a_target_set_jointly_with_its_like_is_not_dropped(report, invented, subject, told, entries_of):
    rate = invented.amount(8, "%")

    def own():
        name = "城镇居民人均可支配收入"
        return invented.row("target", f"{name}增长8%", f"{name}增速", rate, base="growth", indicator=name)

    later = report(2019, invented.row("target", f"{subject}增长8%", f"{subject}增速", rate, base="growth"))
    found = entries_of([report(2017, own()), report(2018, own()), later], "dropped")
    assert [c.grade for c in found] == told


def test_on_another_base_or_for_other_years_it_is_promised_all_the_same(report, jobs, accusations):
    five_years = jobs(30000, period="2019..2023", base="cumulative")
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2019, five_years)) == []


def test_what_was_dropped_and_comes_back_is_revived(report, jobs, entries_of):
    texts = [report(2017, jobs()), report(2018, jobs()), report(2019), report(2020, jobs(7000))]
    [entry] = entries_of(texts, "revived")
    assert (entry.edition_from, entry.edition_to) == ("2018", "2020")


def test_a_target_is_dropped_though_its_result_is_told(report, jobs, invented, entries_of):
    told = invented.row(
        "result", "城镇新增就业6120人", "城镇新增就业", invented.amount(6120, "人"),
        base="flow", indicator="城镇新增就业", period="2018",
    )  # fmt: skip
    texts = [report(2017, jobs()), report(2018, jobs()), report(2019, told)]
    [entry] = entries_of(texts, "dropped")
    assert (entry.grade, entry.edition_from, entry.edition_to) == ("inferred", "2018", "2019")
    assert [c.edition_from for c in entries_of(texts, "fulfilled")] == ["2018"]


def test_a_level_told_as_reached_is_owed_no_more(report, invented, entries_of):
    def cover(kind, words, value, **more):
        amount = invented.amount(value, "%", ">=")
        return invented.row(kind, words, "森林覆盖率", amount, base="stock", indicator="森林覆盖率", **more)

    aim = cover("target", "森林覆盖率达到60%以上", 60)
    reached = cover("result", "森林覆盖率已达61%", 61, period="2018")
    below = cover("result", "森林覆盖率已达57%", 57, period="2018")
    assert entries_of([report(2017, aim), report(2018, aim), report(2019, reached)], "dropped") == []
    assert len(entries_of([report(2017, aim), report(2018, aim), report(2019, below)], "dropped")) == 1


def test_a_result_told_with_a_bound_may_be_the_target_itself(report, jobs, invented, entries_of):
    bound = jobs(6000)
    bound = {**bound, "kind": "result", "text": "城镇新增就业6000人以上", "period": "2018"}
    [entry] = entries_of([report(2017, jobs()), report(2018, jobs()), report(2019, bound)], "dropped")
    assert entry.grade == "apparent"


@pytest.mark.parametrize(
    ("name", "words", "kinds"),
    [
        ("规模以上工业增加值", "农业、规上工业、服务业增加值分别增长6%、7%和8%", []),
        ("规模以上工业增加值", "农业、服务业增加值分别增长6%和8%", ["dropped"]),
        ("规模以上工业增加值", "规上工业用电稳定，服务业增加值增长8%", ["dropped"]),
        ("第一产业增加值", "农业、规上工业、服务业增加值分别增长6%、7%和8%", []),
    ],
)
def test_what_a_list_promises_by_its_end_is_not_dropped(report, invented, entries_of, name, words, kinds):
    def own():
        amount = invented.amount(9, "%")
        return invented.row("target", f"{name}增长9%", f"{name}增速", amount, base="growth", indicator=name)

    later = report(2019, invented.row("target", words, "各业", invented.amount(8, "%"), base="growth"))
    found = entries_of([report(2017, own()), report(2018, own()), later], "dropped")
    assert [c.change for c in found] == kinds
