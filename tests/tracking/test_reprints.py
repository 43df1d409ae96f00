"""Reprints: one text at several addresses is told once, and a copy that says anything else is a text."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracking.derive import derive
from tracking.reprints import told_once
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def text(invented):
    """A text of three promises and more, where more are asked for; head: what a page puts before it; without:
    the one that is left out; typed: with other marks."""

    def made(
        name,
        year=2019,
        jobs=900,
        head="",
        published="year",
        supersedes=None,
        body=None,
        more=0,
        without=None,
        typed=False,
        **facts,
    ):
        rows = [
            invented.row(
                "target", f"城镇新增就业{jobs}人", "城镇新增就业", invented.amount(jobs, "人"), base="flow"
            ),
            invented.row("target", "新建停车泊位300个", "新建停车泊位", invented.amount(300)),
            invented.row("action", "打通望湖路北段", project="望湖路北段"),
        ]
        rows += [
            invented.row("action", f"建成第{n}号口袋公园，开放使用", f"口袋公园{n}") for n in range(more)
        ]
        rows = [row for at, row in enumerate(rows) if at != without]
        if typed:
            wide = str.maketrans("0123456789，", "０１２３４５６７８９,")
            rows = [row | {"text": row["text"].translate(wide)} for row in rows]
        version = invented.text(year, *rows, name=name, published=published, supersedes=supersedes, **facts)
        reading = version.reading
        source = replace(reading.source, text=head + reading.source.text)
        moved = tuple(
            replace(s, spans=tuple((a + len(head), b + len(head)) for a, b in s.spans))
            for s in reading.statements
        )
        read = replace(reading, source=source, statements=moved, body_sha256=body or reading.body_sha256)
        return replace(version, reading=read)

    return made


def told(versions, rulings=()):
    return [(c.change, len(c.evidence)) for d in derive(versions, rulings) for c in d.changes]


def test_a_text_at_two_addresses_is_told_once(text):
    one, copy = text("a"), text("b", head="来源：澄湖发布　责任编辑：某某。")
    assert told([one, copy]) == told([one])
    members = [m.sha256 for d in derive([one, copy]) for c in d.commitments for m in c.members]
    assert set(members) == {one.sha256} or set(members) == {copy.sha256}


def test_a_copy_with_another_figure_is_a_text_of_its_own(text):
    assert told_once([text("a"), text("b", jobs=901)]).home == {}


def test_the_same_words_of_another_year_are_another_plan(text):
    assert told_once([text("a", 2019), text("b", 2020)]).home == {}
    undated = text("c", None, published=None)
    assert told_once([text("a", 2019), text("b", 2020), undated]).home == {}
    assert len(told_once([text("a", 2019), undated]).home) == 1


def test_the_earliest_is_the_text_but_one_that_was_edited_goes_first(text):
    early, late = text("a", published="2019-01"), text("b", published="2019-02")
    assert told_once([late, early]).home == {late.sha256: early.sha256}
    edited = text("b", jobs=950, published="2019-02", supersedes=late.sha256)
    assert told_once([late, early, edited]).home == {early.sha256: late.sha256}
    kinds = [change for change, _ in told([late, early, edited])]
    assert kinds.count("changed") == 1 and "conflict" not in kinds


def test_order_does_not_matter(text):
    versions = [
        text(n, head=n * 3, published=p)
        for n, p in zip("abcd", ("2019", "2019-02", None, "2019"), strict=True)
    ]
    first = told_once(versions).home
    assert len(first) == 3
    for seed in range(5):
        assert told_once(random.Random(seed).sample(versions, 4)).home == first


def test_a_ruling_on_a_copy_is_one_on_the_text(text):
    one, copy = text("a", published="2019-01"), text("b", published="2019-02", head="转载：")
    cited = Cited(copy.sha256, copy.reading.statements[0].spans)
    wrong = Ruling("wrong_statement", (cited,), "甲", "因为", AT)
    assert len(told([one, copy], [wrong])) == len(told([one, copy])) - 1
    right = Ruling("right_value", (cited,), "甲", "因为", AT, {"value": "800"})
    later = text("c", 2020, jobs=800)
    assert [c for c, _ in told([one, copy, later])].count("changed") == 1
    assert [c for c, _ in told([one, copy, later], [right])].count("changed") == 0


def test_a_copy_typed_with_other_marks_or_a_sentence_short_is_the_same_text(text):
    one = text("a", more=5)
    for copy in (text("b", more=5, typed=True), text("b", more=5, without=4, published="2019-03")):
        assert told_once([one, copy]).home == {copy.sha256: one.sha256}
        assert told([one, copy]) == told([one])
        assert said_of([one, copy]) == said_of([one])


def test_what_quotes_a_text_is_no_copy_of_it(text):
    assert told_once([text("a", more=9), text("b", more=0)]).copies == {}


def said_of(versions):
    """How many statements stand in the commitments."""
    return sum(len(c.members) for d in derive(versions) for c in d.commitments)


def test_a_copy_that_changes_a_figure_tells_that_figure_and_nothing_twice(text):
    one, copy = text("a", more=5, published="2019-01"), text("b", more=5, jobs=950, published="2019-02")
    found = told_once([copy, one])
    assert found.home == {} and len(found.versions) == 2
    assert said_of([one, copy]) == said_of([one]) + 1
    news = [(c.change, c.fields) for d in derive([one, copy]) for c in d.changes if c.change != "new"]
    assert [(kind, f.old, f.new) for kind, fields in news for f in fields] == [("changed", 900, 950)]
    [note] = [n for d in derive([one, copy]) for n in d.notes if "repeats" in n]
    assert note == f"{copy.sha256[:12]} repeats {one.sha256[:12]}, but for one statement"


@pytest.mark.parametrize(
    ("typed", "told_again"),
    [
        ("打通望胡路北段", False),
        ("打通望湖路南段", True),
        ("打通望湖路北段二", True),
        ("打通忘胡路北段", True),
    ],
)
def test_a_misprint_in_a_copy_makes_no_promise_of_its_own(text, typed, told_again):
    original = text("a.txt", more=6)
    copy = text("b.txt", more=6)
    words = copy.reading.source.text.replace("打通望湖路北段", typed)
    copied = [replace(s, text=typed) if s.text == "打通望湖路北段" else s for s in copy.reading.statements]
    reading = replace(copy.reading, statements=tuple(copied), body_sha256="other")
    reading = replace(reading, source=replace(reading.source, text=words))
    copy = replace(copy, reading=reading)
    found = told_once([original, copy])
    assert [one.other for one in found.differing.values()] == [1]
    assert len(found.repeated[copy.sha256]) == len(copied) - told_again


def test_a_ruling_on_words_that_a_differing_copy_repeats_is_one_on_the_text(text):
    one, copy = text("a", more=5, published="2019-01"), text("b", more=5, jobs=950, published="2019-02")
    wrong = Ruling(
        "wrong_statement", (Cited(copy.sha256, copy.reading.statements[1].spans),), "甲", "因为", AT
    )
    assert len(told([one, copy], [wrong])) == len(told([one, copy])) - 1


def test_reports_of_two_years_and_a_list_beside_a_report_are_no_copies(text):
    report = text("a", more=8, type="report")
    assert told_once([report, text("b", 2020, more=8, type="report")]).copies == {}
    assert told_once([report, text("b", more=8, jobs=950, type="list")]).copies == {}
    undated = text("b", None, more=8, jobs=950, published=None)
    assert told_once([report, undated]).copies == {}  # it could be of another year, which raised the figure


def test_an_edited_page_loses_a_sentence_as_news_though_a_copy_still_has_it(text):
    first = text("a", more=5)
    shorter = text("a", more=5, without=4, supersedes=first.sha256)
    copy = text("b", more=5, published="2019-05")
    assert told_once([first, shorter, copy]).home == {copy.sha256: first.sha256}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(6)))
def test_copies_of_every_kind_in_any_order_are_the_same_text(text, order):
    versions = [
        text("a", more=6, published="2019-02"),
        text("b", more=6, published="2019-02", typed=True),
        text("c", more=6, published="2019-03", jobs=950),
        text("d", more=6, published="2019-04", jobs=950, without=5),
        text("e", more=6, published=None, year=None),
        text("f", more=6, published="2019-01", without=3),
    ]
    found = told_once([versions[at] for at in order])
    assert (found.home, found.copies) == ((again := told_once(versions)).home, again.copies)
    assert len(found.home) == 3  # one of a and b, then d and e
    assert [copy.other for copy in found.differing.values()] == [1, 1]  # one sentence more, another figure
