"""What a whole later text does not say: told only where nothing in it comes near."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import Clue
from tracking.derive import derive
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
