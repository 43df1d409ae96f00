"""What a whole later text does not say: told only where nothing in it comes near."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.read import read
from parsers.reading import Clue, Declared
from tracking.derive import derive
from tracking.model import Version
from tracking.search import Searchable
from tracking.terms import normal

ACCUSING = {"dropped", "unreported", "missed"}
FILLER = "其余各项工作有序开展，群众生活继续改善，城乡面貌有了新的变化"


@pytest.fixture
def report(invented):
    """A whole report of a year, reviewing the year before with enough results to count as its review."""

    def told(year, *rows, complete=True, published="year", words="", **more):
        review = [
            invented.row(
                "result",
                f"完成第{n}类事项{n + 20}件",
                f"第{n}类事项",
                invented.amount(n + 20, "件"),
                period=str(year - 1),
            )
            for n in range(12)
        ]
        plain = [invented.row("result", words, words, period=str(year - 1))] if words else []
        clue = Clue("complete", "said") if complete else None
        text = invented.text(year, *review, *plain, *rows, type="report", complete=clue, published=published)
        source = replace(text.reading.source, text=text.reading.source.text + FILLER)
        return replace(text, reading=replace(text.reading, source=source, **more))

    return told


@pytest.fixture
def jobs(invented):
    """The yearly target of urban jobs."""

    def target(value=5000, **more):
        words = f"城镇新增就业{value}人"
        fields = {"base": "flow", "indicator": "城镇新增就业", **more}
        return invented.row("target", words, "城镇新增就业", invented.amount(value, "人"), **fields)

    return target


@pytest.fixture
def lanes(invented):
    """A countable deed of one year."""
    return invented.row(
        "target",
        "新建无障碍盲道42公里",
        "无障碍盲道",
        invented.amount(42, "公里"),
        deed="新建",
        object="无障碍盲道",
        base="flow",
    )


def accusations(*texts):
    return [
        (c.change, c.grade, c.edition_from, c.edition_to)
        for d in derive(texts)
        for c in d.changes
        if c.change in ACCUSING
    ]


def of(texts, kind):
    return [c for d in derive(texts) for c in d.changes if c.change == kind]


def test_a_target_set_twice_and_gone_from_the_next_whole_report_is_dropped(report, jobs):
    texts = [report(2017, jobs()), report(2018, jobs(6000)), report(2019)]
    assert accusations(*texts) == [("dropped", "inferred", "2018", "2019")]
    [entry] = of(texts, "dropped")
    assert entry.searched is not None and "城镇新增就业" in entry.searched["terms"]
    assert entry.said_on == "2019"


def test_once_is_not_twice(report, jobs):
    assert accusations(report(2018, jobs()), report(2019)) == []


def test_nothing_is_concluded_across_a_missing_year_or_from_a_cut_text(report, jobs):
    assert accusations(report(2016, jobs()), report(2018, jobs()), report(2019)) == []
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2020)) == []
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2019, complete=False)) == []


def test_news_is_never_found_silent(invented, report, jobs):
    assert accusations(report(2017, jobs()), report(2018, jobs()), invented.text(2019)) == []


def test_the_indicator_near_a_figure_leaves_it_apparent(report, jobs):
    texts = [report(2017, jobs()), report(2018, jobs())]
    later = report(2019)
    words = later.reading.source.text + "。新增就业力争6千人以上，约6000人"
    later = replace(later, reading=replace(later.reading, source=replace(later.reading.source, text=words)))
    assert accusations(*texts, later) == [("dropped", "apparent", "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grade"),
    [("今年实现实名制就业五千五百人以上", "apparent"), ("就业服务大厅设置十二窗口以上", "inferred")],
)
def test_a_wider_word_beside_an_aim_leaves_it_apparent(report, jobs, invented, words, grade):
    plain = invented.row("action", words, words, deed="实现")
    found = accusations(report(2018, jobs()), report(2019, jobs()), report(2020, plain))
    assert found == [("dropped", grade, "2019", "2020")]


@pytest.mark.parametrize(("others", "grade"), [(11, "apparent"), (30, "inferred")])
def test_where_too_much_would_be_dropped_at_once_the_rule_is_suspect(report, jobs, invented, others, grade):
    def steady():
        names = [f"第{n}种事项" for n in range(others)]
        return [
            invented.row("target", f"{n}达到9件", n, invented.amount(9, "件"), base="flow") for n in names
        ]

    texts = [report(2017, jobs(), *steady()), report(2018, jobs(), *steady()), report(2019, *steady())]
    assert accusations(*texts) == [("dropped", grade, "2018", "2019")]
    back = of([*texts, report(2020, jobs(), *steady())], "revived")
    assert len(back) == (grade == "inferred"), "what may never have gone does not come back"


def test_a_series_that_takes_anothers_place_is_said_and_does_not_make_the_rule_suspect(report, invented):
    def rate(name):
        amount = invented.amount(4, "%", "<=")
        return invented.row("target", f"{name}控制在4%以内", name, amount, base="stock", indicator=name)

    steady = [
        invented.row("target", f"第{n}种事项达到9件", f"第{n}种事项", invented.amount(9, "件"))
        for n in range(11)
    ]
    old, new = rate("城镇登记失业率"), rate("城镇调查失业率")
    texts = [report(2017, old, *steady), report(2018, old, *steady), report(2019, new, *steady)]
    [entry] = of(texts, "dropped")
    assert entry.grade == "inferred" and "another series" in entry.why


@pytest.mark.parametrize(("subject", "told"), [("城乡居民收入", []), ("农村集体收入", ["inferred"])])
def test_a_target_set_jointly_with_its_like_is_not_dropped(report, invented, subject, told):
    rate = invented.amount(8, "%")

    def own():
        name = "城镇居民人均可支配收入"
        return invented.row("target", f"{name}增长8%", f"{name}增速", rate, base="growth", indicator=name)

    later = report(2019, invented.row("target", f"{subject}增长8%", f"{subject}增速", rate, base="growth"))
    found = of([report(2017, own()), report(2018, own()), later], "dropped")
    assert [c.grade for c in found] == told


def test_on_another_base_or_for_other_years_it_is_promised_all_the_same(report, jobs):
    five_years = jobs(30000, period="2019..2023", base="cumulative")
    assert accusations(report(2017, jobs()), report(2018, jobs()), report(2019, five_years)) == []


def test_what_was_dropped_and_comes_back_is_revived(report, jobs):
    texts = [report(2017, jobs()), report(2018, jobs()), report(2019), report(2020, jobs(7000))]
    [entry] = of(texts, "revived")
    assert (entry.edition_from, entry.edition_to) == ("2018", "2020")


def test_a_deed_of_the_year_that_its_review_does_not_mention_is_unreported(report, lanes):
    assert accusations(report(2018, lanes), report(2019)) == [("unreported", "inferred", "2018", "2019")]


def test_time_alone_accuses_nobody(report, lanes):
    assert accusations(report(2018, lanes)) == []
    assert accusations(report(2018, lanes), report(2020)) == []


def test_a_deed_told_in_other_words_of_its_own_is_not_unreported(report, lanes):
    assert accusations(report(2018, lanes), report(2019, words="无障碍的盲道全部铺设完毕")) == []


def test_a_deed_that_only_its_kind_recalls_is_apparent(report, lanes):
    found = accusations(report(2018, lanes), report(2019, words="城区盲道面貌一新"))
    assert found == [("unreported", "apparent", "2018", "2019")]


@pytest.mark.parametrize(
    ("words", "grades"),
    [("成渝铁路前期工作有序推进", ["apparent"]), ("琼崖酒店开门迎客", ["inferred"])],
)
def test_a_line_told_by_the_first_characters_of_its_towns_is_near(invented, report, words, grades):
    line = invented.row(
        "action", "开工建设成山至渝水大道", deed="开工建设", object="成山至渝水大道", stage="开工"
    )
    found = accusations(report(2018, line), report(2019, words=words))
    assert found == [("unreported", grade, "2018", "2019") for grade in grades]


@pytest.mark.parametrize(("words", "grade"), [("灯箱换上新装", "apparent"), ("花箱换上新装", "inferred")])
def test_each_part_of_a_list_is_looked_for_by_its_kind(invented, report, words, grade):
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
def test_a_list_may_be_told_in_short(invented, report, words, grade):
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
def test_where_figures_of_its_field_are_told_it_may_be_within_them(invented, report, words, grade):
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
    [entry] = of(texts, "unreported")
    assert "环卫" in entry.searched["terms"], "what was looked for is said"


@pytest.mark.parametrize(
    ("above", "words", "grade"),
    [
        ("办好十件实事", "十件民生实事全部完成", "apparent"),
        ("办好十个展会", "十件民生实事全部完成", "inferred"),
        ("办好十件实事", "民生实事稳步推进之中", "inferred"),
    ],
)
def test_a_list_that_is_told_as_done_in_sum_holds_its_items(report, lanes, above, words, grade):
    first = report(2018, lanes)
    text = first.reading.source.text
    at = text.index(lanes["text"])
    source = replace(first.reading.source, text=text[: at - len(above)] + above + text[at:])
    first = replace(first, reading=replace(first.reading, source=source))
    assert accusations(first, report(2019, words=words)) == [("unreported", grade, "2018", "2019")]


def test_what_stands_in_the_review_or_in_a_plan_of_five_years_is_not_due_within_the_year(report, lanes):
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
def test_attending_to_a_thing_ends_in_nothing_that_could_be_told_back(invented, report, words, deed, owed):
    amount = invented.amount(42, "公里")
    row = invented.row("target", words, "无障碍盲道", amount, deed=deed, object="无障碍盲道", base="flow")
    assert bool(accusations(report(2018, row), report(2019))) == owed


@pytest.mark.parametrize(
    ("heading", "owed"), [("“十四五”主要目标任务", False), ("2018年工作安排", True), ("惠民工程", True)]
)
def test_what_stands_in_the_sketch_of_a_plan_is_not_due_in_the_first_year(report, lanes, heading, owed):
    first = report(2018, lanes | {"rule": "claim.target;period.default"})
    text = first.reading.source.text
    at = text.index(lanes["text"])
    # The line before the promise takes the place of as many characters, so that all offsets stay.
    above = text[: at - len(heading) - 2] + "\n" + heading + "\n"
    source = replace(first.reading.source, text=above + text[at:])
    first = replace(first, reading=replace(first.reading, source=source))
    assert bool(accusations(first, report(2019))) == owed


def test_a_report_that_looks_back_on_other_years_reviews_nothing(report, lanes):
    later = report(2019)
    five = tuple(replace(s, period="2014..2018") for s in later.reading.statements)
    later = replace(later, reading=replace(later.reading, statements=five))
    assert accusations(report(2018, lanes), later) == []


def test_a_text_half_as_long_as_its_neighbours_is_not_whole(report, jobs):
    long = FILLER * 40
    texts = [report(year, jobs(), words=long) for year in (2016, 2017, 2018)]
    [derived] = [d for d in derive([*texts, report(2019)]) if d.commitments]
    assert {c.change for c in derived.changes} == {"new", "restated"}
    whole = {e.period: e.complete for e in derived.editions}
    assert whole == {"2016": True, "2017": True, "2018": True}


def test_a_report_filed_under_the_wrong_place_changes_nothing_and_is_said(report, jobs):
    strayed = report(2018, jobs(9000))
    place = replace(strayed.reading.place, code="130900", name="河北省沧州市", level="city")
    words = "现在，我代表池州市人民政府向大会报告工作。" + strayed.reading.source.text
    statements = tuple(
        replace(s, level="city", spans=tuple((a + 21, b + 21) for a, b in s.spans))
        for s in strayed.reading.statements
    )
    reading = replace(
        strayed.reading,
        place=place,
        level="city",
        statements=statements,
        source=replace(strayed.reading.source, text=words),
    )
    [derived] = derive([replace(strayed, reading=reading)])
    assert derived.changes == ()
    assert any("池州市" in note for note in derived.notes)


def test_a_december_report_says_so_and_stays_of_the_next_year(report, jobs):
    [derived] = derive([report(2019, jobs(), published="2018-12-20")])
    [edition] = derived.editions
    assert edition.period == "2019" and edition.complete
    assert any("2018-12-20" in remark for remark in edition.remarks)


def test_a_missing_year_is_said(report, jobs):
    [derived] = derive([report(2016, jobs()), report(2018, jobs())])
    assert any("2017" in note for note in derived.notes)


LETTERS = st.text(alphabet="城乡道路桥水库学校医院公园新建改造", min_size=2, max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=8), st.data())
def test_whatever_stands_in_a_text_is_found_in_it(sentences, data):
    text = Searchable("。".join(sentences))
    sentence = data.draw(st.sampled_from(sentences))
    [best, *_] = text.nearest([normal(sentence)])
    assert best.share == 1.0
    assert any(normal(sentence) in words for _, words in text.holding([normal(sentence)]))


@given(LETTERS, st.lists(LETTERS, max_size=5))
def test_shares_lie_between_nothing_and_all(term, sentences):
    for passage in Searchable("。".join(sentences)).nearest([term]):
        assert 0.0 < passage.share <= 1.0


def test_a_target_is_dropped_though_its_result_is_told(report, jobs, invented):
    told = invented.row(
        "result", "城镇新增就业6120人", "城镇新增就业", invented.amount(6120, "人"),
        base="flow", indicator="城镇新增就业", period="2018",
    )  # fmt: skip
    texts = [report(2017, jobs()), report(2018, jobs()), report(2019, told)]
    [entry] = of(texts, "dropped")
    assert (entry.grade, entry.edition_from, entry.edition_to) == ("inferred", "2018", "2019")
    assert [c.edition_from for c in of(texts, "fulfilled")] == ["2018"]


def test_a_level_told_as_reached_is_owed_no_more(report, invented):
    def cover(kind, words, value, **more):
        amount = invented.amount(value, "%", ">=")
        return invented.row(kind, words, "森林覆盖率", amount, base="stock", indicator="森林覆盖率", **more)

    aim = cover("target", "森林覆盖率达到60%以上", 60)
    reached = cover("result", "森林覆盖率已达61%", 61, period="2018")
    below = cover("result", "森林覆盖率已达57%", 57, period="2018")
    assert of([report(2017, aim), report(2018, aim), report(2019, reached)], "dropped") == []
    assert len(of([report(2017, aim), report(2018, aim), report(2019, below)], "dropped")) == 1


def test_a_result_told_with_a_bound_may_be_the_target_itself(report, jobs, invented):
    bound = jobs(6000)
    bound = {**bound, "kind": "result", "text": "城镇新增就业6000人以上", "period": "2018"}
    [entry] = of([report(2017, jobs()), report(2018, jobs()), report(2019, bound)], "dropped")
    assert entry.grade == "apparent"


def test_what_another_text_reports_is_not_unreported(invented, report, lanes):
    done = {**lanes, "kind": "result", "text": "新建无障碍盲道45公里", "period": "2018"}
    news = invented.text(2019, done, published="2019-04-02")
    assert accusations(report(2018, lanes), report(2019), news) == []


def test_two_reports_of_one_year_that_differ_are_a_conflict_and_no_change(report, jobs):
    one, other = report(2018, jobs(5000)), report(2018, jobs(8000), words="第二份")
    [derived] = [d for d in derive([report(2017, jobs(5000)), one, other]) if d.commitments]
    kinds = {(c.change, c.edition_from, c.edition_to) for c in derived.changes}
    assert ("conflict", "2018", "2018") in kinds
    assert not [c for c in derived.changes if c.change == "changed"]
    assert not ACCUSING & {c.change for c in derived.changes}


def test_two_reports_of_one_year_are_both_asked_before_anything_is_dropped(report, jobs):
    silent = report(2019, words="甲" * 400)
    again = report(2019, jobs(5200))
    assert accusations(report(2017, jobs()), report(2018, jobs()), silent, again) == []


def elsewhere(text, words, name="河北省沧州市", code="130900"):
    """The text as one filed under another city, with an opening of its own."""
    place = replace(text.reading.place, code=code, name=name, level="city")
    statements = tuple(
        replace(s, level="city", spans=tuple((a + len(words), b + len(words)) for a, b in s.spans))
        for s in text.reading.statements
    )
    source = replace(text.reading.source, text=words + text.reading.source.text)
    reading = replace(text.reading, place=place, level="city", statements=statements, source=source)
    return replace(text, reading=reading)


@pytest.mark.parametrize(
    "opening",
    ["池州市政府工作报告\n", "在池州市第三届人民代表大会第五次会议上\n", "池州市人民政府代市长 某某\n"],
)
def test_a_report_of_another_city_is_set_aside_even_where_nobody_else_holds_it(report, jobs, opening):
    others = [elsewhere(report(year, jobs()), "沧州市政府工作报告\n") for year in (2016, 2017)]
    strayed = elsewhere(report(2018, jobs(9000)), opening)
    [derived] = derive([*others, strayed])
    assert {c.edition_to for c in derived.changes} == {"2016", "2017"}
    assert any("池州市" in note for note in derived.notes)


def test_an_edition_that_plans_another_year_inside_is_set_aside(report, jobs):
    late = report(2018, jobs(9000), words="二、2021年工作安排")
    source = replace(late.reading.source, text=late.reading.source.text + "\n二、2021年工作安排\n")
    late = replace(late, reading=replace(late.reading, source=source))
    [derived] = derive([report(2016, jobs()), report(2017, jobs()), late])
    assert {c.edition_to for c in derived.changes} == {"2016", "2017"}
    assert any("2021" in note for note in derived.notes)


def test_a_place_that_was_renamed_keeps_its_threads_and_one_that_was_merged_its_name():
    def filed(name, year, jobs):
        words = f"{name}{year}年政府工作报告\n\n{year}年，城镇新增就业{jobs}人以上。\n"
        declared = Declared(district=name, type="report", published=str(year))
        return Version(f"{year:064d}", f"{name}{year}", read(words.encode(), f"{year}.txt", declared))

    [derived] = [d for d in derive([filed("襄樊市", 2009, 5000), filed("襄阳市", 2011, 6000)]) if d.changes]
    assert derived.commitments[0].district == "襄阳市"
    assert [c.change for c in derived.changes if c.edition_to == "2011"] == ["changed"]
    assert "called 襄樊市 until 2009" in derived.notes
    merged = derive([filed("莱芜市", 2018, 5000), filed("济南市莱芜区", 2019, 6000)])
    assert not {"changed", "restated"} & {c.change for d in merged for c in d.changes}
    assert [[n for n in d.notes if "莱芜" in n] for d in merged] == [
        [],
        ["merged into 济南市莱芜区 after 2018: what it promised is not followed there"],
    ]


def test_last_years_result_read_as_a_target_does_not_stand_for_this_years(report, invented):
    def growth(value, **more):
        amount = invented.amount(value, "%")
        words = f"地区生产总值增长{value}%"
        return invented.row("target", words, "地区生产总值增速", amount, base="growth", **more)

    later = report(2019, growth("7.5"))
    review = report(2019, growth("8"))
    misread = replace(review.reading.statements[-1], spans=((0, 10),))
    statements = (misread, *later.reading.statements)
    later = replace(later, reading=replace(later.reading, statements=statements))
    [entry] = of([report(2018, growth("8.5")), later], "changed")
    assert [(f.old, f.new) for f in entry.fields if f.field == "value"] == [(8.5, 7.5)]
