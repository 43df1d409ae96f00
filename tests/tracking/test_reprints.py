"""Reprints: one text at several addresses is told once, and a copy that says anything else is a text."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tracking.derive import derive
from tracking.reprints import told_once
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def text(invented):
    """A text of three promises; head: what a page puts before it."""

    def made(name, year=2019, jobs=900, head="", published="year", supersedes=None, body=None):
        rows = [
            invented.row(
                "target", f"城镇新增就业{jobs}人", "城镇新增就业", invented.amount(jobs, "人"), base="flow"
            ),
            invented.row("target", "新建停车泊位300个", "新建停车泊位", invented.amount(300)),
            invented.row("action", "打通望湖路北段", project="望湖路北段"),
        ]
        version = invented.text(year, *rows, name=name, published=published, supersedes=supersedes)
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
