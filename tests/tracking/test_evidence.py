"""What speaks for it that a statement tells of a promise, whatever else is said."""

from __future__ import annotations

import pytest

from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.doubts import PROPOSED, doubts_among
from tracking.evidence import Pieces, pieces_of, worth
from tracking.said import FULL, RARE, Said
from tracking.told import told_of

OLD = ("action", "推进平原湿地保护", "平原湿地保护")
NEW = ("result", "平原湿地保护成效明显", "平原湿地保护成效")


@pytest.fixture
def years(invented):
    """The statements of two following years; filler says other things, so that texts are long enough."""

    def made(old, new, filler=FULL, more=()):
        def text(year, rows):
            rest = [
                ("action", f"落实第{chr(0x4E00 + 7 * n)}{chr(0x5A00 + 11 * n)}类事务", "事务")
                for n in range(filler)
            ]
            return invented.text(
                year,
                *(invented.row(kind, words, thing, object=thing) for kind, words, thing in (*rows, *rest)),
            )

        texts = [text(2018, old), text(2019, new), *more]
        [(owner, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
        own, later = ([m for m in mentions if m.said == year] for year in (2018, 2019))
        return owner, [m for m in own if m.role == "promise"], later

    return made


def pieces(promises, later):
    own, others = Said(promises), Said(later)
    at = next(n for n, m in enumerate(own.mentions) if m.statement.text == OLD[1])
    there = next(n for n, m in enumerate(others.mentions) if m.statement.text == NEW[1])
    return pieces_of(own, at, others, there)


def test_what_many_statements_of_a_text_say_points_at_none(years):
    _, *rare = years([OLD], [NEW])
    again = [("action", f"推进平原湿地保护{more}", "平原湿地保护") for more in "一二三"[:RARE]]
    _, *common = years([OLD, *again], [NEW])
    assert pieces(*rare).rare > 0 == pieces(*common).rare
    assert pieces(*rare)._replace(rare=0, beside=0) == pieces(*common)._replace(rare=0, beside=0)


def test_in_a_short_text_only_what_is_rare_anywhere_is_rare(years):
    _, *long = years([OLD], [NEW])
    _, *short = years([OLD], [NEW], filler=0)
    assert pieces(*short).rare < pieces(*long).rare / 2


def test_further_documents_do_not_change_what_speaks_for_a_pair(years, invented):
    again = [invented.row("result", NEW[1] + more, NEW[2], object=NEW[2]) for more in "一二三四"]
    _, *alone = years([OLD], [NEW])
    _, *beside = years([OLD], [NEW], more=[invented.text(2019, *again, name="more")])
    assert pieces(*alone) == pieces(*beside)


def test_answers_do_not_depend_on_who_else_is_asked(years):
    _, promises, later = years([OLD], [NEW])
    every = told_of(promises, later)
    assert every and all(told_of(promises, later, {name}) == {name: one} for name, one in every.items())


def test_a_few_are_proposed_where_none_is_sure(years):
    old = ("action", "抓好社区电影放映和广播入户", "社区电影放映和广播入户")
    new = [
        ("result", f"放映公益电影{thing}", f"公益电影放映{thing}")
        for thing in ("千场", "万场", "百场", "多场")
    ]
    owner, promises, later = years([old], new)
    [promise] = [m for m in promises if m.statement.text == old[1]]
    _, doubts = doubts_among(owner, [*promises, *later], Decisions({}, ()))
    assert 1 < sum(promise.id in (d.left.id, d.right.id) for d in doubts) <= PROPOSED


def test_every_piece_speaks_for_it():
    base, each = worth()
    assert base < 0 and set(each._fields) == set(Pieces._fields) and min(each) > 0
