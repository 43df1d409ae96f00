"""A person may say that a text treats an area: then its silence on a promise of that area counts, weakly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tracking.derive import derive
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def news(invented):
    """News of three years on jobs; the last one tells of something else."""

    def told(last="新建停车泊位300个"):
        def jobs(year):
            words = f"城镇新增就业{year}人"
            amount = invented.amount(year, "人")
            return invented.text(
                year,
                invented.row("target", words, "城镇新增就业", amount, base="flow", indicator="城镇新增就业"),
            )

        row = invented.row("target", last, "新建停车泊位", invented.amount(300))
        return [jobs(2018), jobs(2019), invented.text(2020, row)]

    return told


def covers(version, area):
    return Ruling("covers", (Cited(version.sha256),), "甲", "全文都在谈就业", AT, {"area": area})


def dropped(versions, *rulings):
    return [c for d in derive(versions, rulings) for c in d.changes if c.change == "dropped"]


def test_silence_of_a_text_that_treats_the_area_is_apparent(news):
    texts = news()
    assert dropped(texts) == []
    [found] = dropped(texts, covers(texts[2], "就业"))
    assert (found.grade, found.edition_from, found.edition_to) == ("apparent", "2019", "2020")
    assert found.searched["terms"] and "ruled" in found.why
    remarks = [r for d in derive(texts, [covers(texts[2], "就业")]) for e in d.editions for r in e.remarks]
    assert any("就业" in remark for remark in remarks)


def test_another_area_or_another_year_says_nothing(news):
    texts = news()
    assert dropped(texts, covers(texts[2], "教育")) == []
    assert dropped(texts, covers(texts[1], "就业")) == []


def test_a_heading_names_the_area_of_what_stands_under_it(news):
    texts = news()

    def headed(version):
        source = version.reading.source
        head = "二、稳岗扩岗\n"
        moved = tuple(
            replace(s, spans=tuple((a + len(head), b + len(head)) for a, b in s.spans))
            for s in version.reading.statements
        )
        source = replace(source, text=head + source.text)
        return replace(version, reading=replace(version.reading, source=source, statements=moved))

    texts = [headed(texts[0]), headed(texts[1]), texts[2]]
    assert len(dropped(texts, covers(texts[2], "扩岗"))) == 1


def test_a_ruling_that_is_taken_back_takes_the_entry_with_it(news):
    texts = news()
    ruling = covers(texts[2], "就业")
    back = Ruling("revoke", (), "甲", "误判", AT, {}, ruling.id)
    assert dropped(texts, ruling, back) == []
