"""What is concluded from what is remembered is what is concluded without: for any texts, in any order, with
texts and rulings that come and go."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.read import read
from parsers.reading import Clue, Declared
from tracking.changes import suspect
from tracking.derive import derive
from tracking.memory import linked, marks, tables
from tracking.memory.again import derive_again
from tracking.memory.kept import CONCLUDED, SINCE, Memory
from tracking.memory.marks import mark_from, mark_of
from tracking.model import Version
from tracking.rulings import Cited, Ruling

SUBJECTS = ["城镇新增就业", "公共停车泊位", "公共停车位", "地区生产总值增速", "云帆科技园", "云帆科技园二期"]
ROW = st.tuples(
    st.sampled_from(["target", "action", "result", "framework"]),
    st.sampled_from(SUBJECTS),
    st.integers(1, 4),
    st.sampled_from(["个", "%"]),
    st.sampled_from([None, "2018", "2020", "2016..2020"]),
    st.sampled_from([None, None, "city"]),
)
TEXT = st.tuples(st.integers(2016, 2020), st.lists(ROW, min_size=1, max_size=6), st.booleans())
STEP = st.tuples(st.sampled_from(["text", "text", "text", "ruling", "gone"]), st.integers(0, 99))
KINDS = (
    "same",
    "not_same",
    "wrong_statement",
    "right_value",
    "split",
    "alias",
    "covers",
    "complete",
    "review",
)
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def build(invented):
    def made(number, year, rows, whole):
        said = []
        for kind, subject, value, unit, period, level in rows:
            more = {"period": period, "level": level or "district"}
            if kind == "framework":
                system = invented.system(
                    f"“{value}大行动”", f"{value}", **{"4": [f"行动{n}" for n in range(value)]}
                )
                said.append(invented.row(kind, f"实施{system.name}", framework=system, **more))
            elif kind == "action":
                said.append(
                    invented.row(
                        kind, f"建设{subject}", subject, project=subject, object=f"{value}大行动", **more
                    )
                )
            else:
                amount = invented.amount(value, unit, ">=")
                known = subject if subject in SUBJECTS[:2] else None
                words = f"{subject}{value}{unit}"
                said.append(invented.row(kind, words, subject, amount, indicator=known, **more))
        kind = {"type": "report", "complete": Clue("yes", "invented")} if whole else {}
        return invented.text(year, *said, name=str(number), **kind)

    return made


def ruling(number, versions, held):
    """A ruling on the texts at hand; reviews are of an entry that is held."""
    kind = KINDS[number % len(KINDS)]
    said = [Cited(v.sha256, s.spans) for v in versions for s in v.reading.statements]
    body = {"alias": {"word": "公共停车位", "means": "公共停车泊位"}, "covers": {"area": "就业"}}.get(
        kind, {}
    )
    if kind == "right_value":
        body = {"value": str(number)}
    entries = sorted(c.id for c in held.values() if hasattr(c, "change"))
    if kind == "review" and entries:
        entry = held[entries[number % len(entries)]]
        verdict = {"verdict": ("confirmed", "rejected")[number % 2]}
        body = {
            "change": entry.change,
            "edition_from": entry.edition_from,
            "edition_to": entry.edition_to,
        } | verdict
        cited = tuple(Cited(e.sha256, e.spans) for e in entry.evidence)
    else:
        cited = (said[number % len(said)], said[number * 7 % len(said)])[: 2 if "same" in kind else 1]
        cited = tuple(Cited(c.sha256) if kind in ("covers", "complete") else c for c in dict.fromkeys(cited))
    return Ruling(kind, cited, "甲", "因为", AT + timedelta(hours=number), body)


class Remembering:
    """A place as the ledger keeps it: what is held, and parts of a memory as text."""

    def __init__(self):
        self.held, self.parts = {}, {}

    def conclude(self, versions, rulings):
        versions = sorted(versions, key=lambda v: v.sha256)
        tokens = {v.sha256: v.sha256[:9] for v in versions}
        again = derive_again(versions, rulings, Memory(self.parts), tokens)
        kept = again.commitments | again.changes
        assert kept <= self.held.keys()
        self.held = {name: self.held[name] for name in kept} | by_id(again.derived)
        self.parts = {n: p for n, p in {**self.parts, **again.written}.items() if n in again.needed}
        return again

    def check(self, versions, rulings):
        assert self.held == by_id(derive(versions, rulings))


def by_id(derived):
    return {
        one.id: one
        for found in derived
        for one in (*found.commitments, *found.editions, *found.changes, *filter(None, [found.texts]))
    }


@pytest.fixture(scope="module")
def soon_suspect():
    """One target dropped makes a year suspect, so that few texts show it."""
    least, suspect.LEAST = suspect.LEAST, 1
    yield
    suspect.LEAST = least


@pytest.fixture(scope="module")
def seldom_whole():
    """In small places a quarter of what is remembered soon differs; here what differs is kept."""
    before, tables.WHOLE = tables.WHOLE, 1
    yield
    tables.WHOLE = before


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXT, min_size=2, max_size=6), steps=st.lists(STEP, min_size=3, max_size=10))
def test_with_a_memory_follows_what_follows_without(build, soon_suspect, seldom_whole, texts, steps):
    every = [build(number, *text) for number, text in enumerate(texts)]
    place, here, rulings = Remembering(), [], []
    for what, number in steps:
        if what == "gone" and len(here) > 1:
            here.pop(number % len(here))
        elif what == "ruling" and here:
            made = ruling(number, here, place.held)
            if made.id in {r.id for r in rulings}:
                rulings = [r for r in rulings if r.id != made.id]
            else:
                rulings.append(made)
        else:
            here = list({v.sha256: v for v in (*here, every[number % len(every)])}.values())
        if here:
            place.conclude(here, rulings)
            place.check(here, rulings)


def told(invented, year, *subjects):
    rows = [
        invented.row("target", f"{s}{year - 2000}个以上", s, invented.amount(year - 2000), period=str(year))
        for s in subjects
    ]
    return invented.text(year, *rows, name=str(year))


def test_a_year_that_becomes_suspect_is_told_anew(invented, soon_suspect):
    def report(year, *subjects):
        rows = [
            invented.row("target", f"{s}增长{9}%", s, invented.amount(9, "%"), indicator=s, period=str(year))
            for s in subjects
        ]
        return invented.text(year, *rows, name=str(year), type="report", complete=Clue("yes", "invented"))

    held = ("财政收入", "出口总额")
    texts = [report(2018, *held), report(2019, *held), report(2020, "财政收入")]
    place = Remembering()
    place.conclude(texts, ())
    dropped = [c for c in place.held.values() if getattr(c, "change", "") == "dropped"]
    assert [c.grade for c in dropped] == ["apparent"], "one of two is more than can be believed"
    suspect.LEAST = 3
    place.conclude(texts, ())
    dropped = [c for c in place.held.values() if getattr(c, "change", "") == "dropped"]
    suspect.LEAST = 1
    assert [c.grade for c in dropped] == ["inferred"]


def test_nothing_new_writes_no_text_and_concludes_nothing(invented):
    texts = [told(invented, year, "公共停车泊位", "城镇新增就业") for year in (2018, 2019, 2020)]
    place = Remembering()
    place.conclude(texts, ())
    again = place.conclude(texts, ())
    assert set(again.written) == {SINCE}
    assert not any(found.commitments or found.changes for found in again.derived)
    place.check(texts, ())


def test_a_new_text_concludes_only_what_it_speaks_of(invented):
    texts = [told(invented, year, "公共停车泊位", f"第{year}类设施") for year in range(2012, 2020)]
    place = Remembering()
    place.conclude(texts, ())
    new = told(invented, 2020, "公共停车泊位")
    again = place.conclude([*texts, new], ())
    assert [c.title for found in again.derived for c in found.commitments] == ["公共停车泊位"]
    assert set(again.written) <= {CONCLUDED, SINCE, f"text {new.sha256}"}
    place.check([*texts, new], ())


def test_what_is_remembered_of_a_large_place_is_written_as_what_it_differs_by(invented, monkeypatch):
    monkeypatch.setattr(tables, "WHOLE", 2)
    facilities = [[f"第{year}类{thing}" for thing in "甲乙丙丁戊己庚辛"] for year in range(2000, 2015)]
    texts = [told(invented, 2000 + at, "公共停车泊位", *own) for at, own in enumerate(facilities)]
    place = Remembering()
    place.conclude(texts[:-2], ())
    for known in (texts[:-1], texts, texts[1:]):
        assert CONCLUDED not in place.conclude(known, ()).written
        place.check(known, ())
        assert len(place.parts[SINCE]) * 2 < len(place.parts[CONCLUDED])
    place.conclude(texts[:3], ())
    assert SINCE not in place.parts
    place.check(texts[:3], ())


class Looked(Sequence):
    """Statements that count how often they are brought."""

    def __init__(self, told, brought):
        self.told, self.brought = told, brought
        self.outline = [(s.start, s.kind) for s in told]

    def __len__(self):
        return len(self.told)

    def __getitem__(self, at):
        self.brought.append(at)
        return self.told[at]

    def __iter__(self):
        self.brought.append("all")
        return iter(self.told)


def one_more(invented, monkeypatch, editions):
    """What the newest report takes beside so many: clusters told anew, pairs compared, mentions and
    statements brought."""

    def report(year):
        every_year = [
            invented.row("target", f"{s}{year}个以上", s, invented.amount(year), period=str(year))
            for s in ("公共停车泊位", "城镇新增就业")
        ]
        own = [
            invented.row("target", f"{s}第{year}处", f"{s}第{year}", invented.amount(3), period=str(year))
            for s in ("丙丁戊己庚辛", "子丑寅卯辰巳")
        ]
        facts = {"type": "report", "complete": Clue("yes", "invented")}
        return invented.text(year, *every_year, *own, name=str(year), **facts)

    texts = [report(year) for year in range(2025 - editions, 2025)]
    place = Remembering()
    place.conclude(texts, ())
    brought, counted = [], Counter()
    for module, name in ((linked, "trusted"), (marks, "_mention")):
        function = getattr(module, name)

        def counting(*given, name=name, function=function):
            counted[name] += 1
            return function(*given)

        monkeypatch.setattr(module, name, counting)
    later = [
        replace(t, reading=replace(t.reading, statements=Looked(t.reading.statements, brought)))
        for t in texts
    ]
    again = place.conclude([*later, report(2025)], ())
    monkeypatch.undo()
    told = sum(len(found.commitments) for found in again.derived)
    return told, counted["trusted"], counted["_mention"], len(brought)


def test_what_one_report_more_takes_grows_no_faster_than_what_it_is_about(invented, monkeypatch):
    few, more = (one_more(invented, monkeypatch, editions) for editions in (6, 24))
    assert few[0] == more[0], "as many commitments are told anew, however many there are"
    assert more[1] <= 4 * few[1], "a wording is compared with the others of its indicator"
    assert more[2] <= 4 * few[2], "mentions are brought of the commitments that are told anew"
    assert more[3] <= few[3], "the statements of old texts are left where they are"


def test_a_text_that_is_read_otherwise_is_worked_out_anew(invented):
    texts = [told(invented, year, "公共停车泊位") for year in (2019, 2020)]
    place = Remembering()
    place.conclude(texts, ())
    place.parts = {
        name: part.replace(texts[0].sha256[:9].encode(), b"other") for name, part in place.parts.items()
    }
    assert f"text {texts[0].sha256}" in place.conclude(texts, ()).written
    place.check(texts, ())


def test_a_mention_comes_back_as_it_was(invented):
    from tracking.decisions import Decisions
    from tracking.derive import mentions_told

    system = invented.system(
        "“1+4”工作思路", "1+4", **{"1": ["湖畔新城"], "4": ["甲事", "乙事", "丙事", "丁事"]}
    )
    text = invented.text(
        2020,
        invented.row("framework", f"以{system.name}统领", framework=system),
        invented.row("target", "新增车位3.50万个", "车位", invented.amount("3.50", "个", ">=", "above", "4")),
        invented.row("result", "城镇新建云帆科技园二期", "云帆科技园二期", period="2019"),
    )
    [(_, mentions)] = mentions_told([text], Decisions({text.sha256: text}, ()))
    for mention in mentions:
        mark = mark_of(mention)
        back = mark_from(json.loads(json.dumps(mark.lean())), mark.rest, text)
        assert back.mention == mention
        assert repr(back.mention) == repr(mention)
        assert mark_of(back.mention).lean() == mark.lean()


def test_what_a_text_tells_jointly_stays_two_things_when_a_project_gets_its_name():
    """Older texts are searched for the names of new projects; things told jointly there are none."""
    said = {
        2018: "今年城镇和农村居民人均可支配收入将分别增长8%和9%左右。",
        2019: "去年城镇和农村居民人均可支配收入分别增长8%和9%。建成云帆科技园。",
        2020: "今年将建设云帆科技园。",
    }
    texts = []
    for year, words in said.items():
        declared = Declared("云川市澄湖区", "district", f"{year}-03-15", type="news")
        reading = read(words.encode(), "t.txt", declared, placed=False)
        texts.append(Version(str(year) * 16, str(year), reading))
    place = Remembering()
    for here in (texts[:2], texts, texts[:2]):
        place.conclude(here, ())
        place.check(here, ())
    assert sum(getattr(one, "change", "") == "fulfilled" for one in place.held.values()) == 2
