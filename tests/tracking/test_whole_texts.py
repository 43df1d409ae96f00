"""Which texts count as the whole one of a year; cut, misfiled, second ones, and places that were renamed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.read import read
from parsers.reading import Declared
from tracking.derive import derive
from tracking.model import ACCUSATIONS, Version


def test_a_text_half_as_long_as_its_neighbours_is_not_whole(report, jobs):
    long = "其余各项工作有序开展，群众生活继续改善" * 50
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


def test_two_reports_of_one_year_that_differ_are_a_conflict_and_no_change(report, jobs):
    one, other = report(2018, jobs(5000)), report(2018, jobs(8000), words="第二份")
    [derived] = [d for d in derive([report(2017, jobs(5000)), one, other]) if d.commitments]
    kinds = {(c.change, c.edition_from, c.edition_to) for c in derived.changes}
    assert ("conflict", "2018", "2018") in kinds
    assert not [c for c in derived.changes if c.change == "changed"]
    assert not ACCUSATIONS & {c.change for c in derived.changes}


def test_two_reports_of_one_year_are_both_asked_before_anything_is_dropped(report, jobs, accusations):
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


def test_last_years_result_read_as_a_target_does_not_stand_for_this_years(report, invented, entries_of):
    def growth(value, **more):
        amount = invented.amount(value, "%")
        words = f"地区生产总值增长{value}%"
        return invented.row("target", words, "地区生产总值增速", amount, base="growth", **more)

    later = report(2019, growth("7.5"))
    review = report(2019, growth("8"))
    misread = replace(review.reading.statements[-1], spans=((0, 10),))
    statements = (misread, *later.reading.statements)
    later = replace(later, reading=replace(later.reading, statements=statements))
    [entry] = entries_of([report(2018, growth("8.5")), later], "changed")
    assert [(f.old, f.new) for f in entry.fields if f.field == "value"] == [(8.5, 7.5)]
