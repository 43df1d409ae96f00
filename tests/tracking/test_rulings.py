"""What people decide goes before what the machine concludes; the later decision wins."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.derive import derive
from tracking.rulings import Cited, Ruling, in_force, lost, statements_at

AT = datetime(2026, 5, 1, tzinfo=UTC)


def rule(kind, *cited, later=0, body=None, revokes=None, author="甲"):
    return Ruling(kind, tuple(cited), author, "因为", AT + timedelta(hours=later), body or {}, revokes)


def at(version, number=0):
    return Cited(version.sha256, version.reading.statements[number].spans)


@pytest.fixture
def jobs(invented):
    """The same indicator in three years."""

    def told(year, value, name="城镇新增就业"):
        amount = invented.amount(value, "人")
        return invented.text(year, invented.row("target", f"{name}{value}人", name, amount, base="flow"))

    return told


def threads(versions, rulings=()):
    """Statement texts by thread."""
    texts = {}
    for v in versions:
        from tracking.keys import statement_keys

        for key, s in zip(statement_keys(v.sha256, v.reading.statements), v.reading.statements, strict=True):
            texts[key] = s.text
    found = [
        sorted({texts[m.key] for m in c.members}) for d in derive(versions, rulings) for c in d.commitments
    ]
    return sorted(found)


def kinds(versions, rulings=()):
    return sorted(c.change for d in derive(versions, rulings) for c in d.changes)


def test_statements_ruled_the_same_are_one_commitment_whatever_they_say(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200, "公共停车泊位")]
    assert len(threads(texts)) == 2
    assert len(threads(texts, [rule("same", at(texts[0]), at(texts[1]))])) == 1
    assert kinds(texts, [rule("merge", at(texts[0]), at(texts[1]))]) == ["changed", "new"]


def test_joining_brings_the_whole_threads_together(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200), jobs(2018, 7, "公共停车泊位"), jobs(2019, 8, "公共停车泊位")]
    [one] = threads(texts, [rule("same", at(texts[0]), at(texts[3]))])
    assert len(one) == 4


def test_statements_ruled_different_are_apart_and_the_third_goes_with_the_nearer(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200), jobs(2020, 300)]
    assert len(threads(texts)) == 1
    found = threads(texts, [rule("not_same", at(texts[0]), at(texts[1]))])
    assert found == [["城镇新增就业100人"], ["城镇新增就业200人", "城镇新增就业300人"]]


def test_a_split_takes_statements_out_of_their_thread_and_keeps_them_together(jobs):
    texts = [jobs(2017, 50), jobs(2018, 100), jobs(2019, 200), jobs(2020, 300)]
    found = threads(texts, [rule("split", at(texts[0]), at(texts[2]))])
    assert found == [["城镇新增就业100人", "城镇新增就业300人"], ["城镇新增就业200人", "城镇新增就业50人"]]


def test_a_wrong_statement_leaves_no_trace_in_what_follows(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200)]
    assert kinds(texts, [rule("wrong_statement", at(texts[1]))]) == ["new"]
    assert kinds(texts, [rule("wrong_statement", at(texts[0]))]) == ["new"]


def test_a_right_value_is_what_is_compared(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200)]
    assert kinds(texts) == ["changed", "new"]
    assert kinds(texts, [rule("right_value", at(texts[1]), body={"value": "100"})]) == ["new", "restated"]
    [entry] = [
        c
        for d in derive(texts, [rule("right_value", at(texts[1]), body={"value": "50"})])
        for c in d.changes
        if c.change == "changed"
    ]
    assert [(f.field, f.new, f.direction) for f in entry.fields] == [("value", 50, "lowered")]


def test_a_text_is_complete_or_not_as_people_say(invented, jobs):
    text = jobs(2019, 200)
    whole = Cited(text.sha256)

    def complete(*rulings):
        [edition] = [e for d in derive([text], rulings) for e in d.editions]
        return edition.complete

    yes = rule("complete", whole, body={"complete": True})
    no = rule("complete", whole, body={"complete": False}, later=1)
    assert (complete(), complete(yes), complete(no, yes)) == (False, True, False)


def test_the_later_of_two_rulings_wins_in_any_order(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200, "公共停车泊位")]
    same = rule("same", at(texts[0]), at(texts[1]))
    apart = rule("not_same", at(texts[1]), at(texts[0]), later=1)
    again = rule("same", at(texts[0]), at(texts[1]), later=2)
    assert len(threads(texts, [same, apart])) == len(threads(texts, [apart, same])) == 2
    assert len(threads(texts, [again, apart, same])) == 1


def test_a_ruling_taken_back_is_as_if_it_had_never_been(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200)]
    wrong = rule("wrong_statement", at(texts[1]))
    back = rule("revoke", revokes=wrong.id, later=1)
    forth = rule("revoke", revokes=back.id, later=2)
    assert derive(texts, [wrong, back]) == derive(texts)
    assert derive(texts, [forth, back, wrong]) == derive(texts, [wrong])
    assert in_force([wrong, back]) == []


def test_a_ruling_that_replaces_another_counts_alone(jobs):
    texts = [jobs(2018, 100), jobs(2019, 200)]
    first = rule("right_value", at(texts[1]), body={"value": "100"})
    second = rule("right_value", at(texts[1]), body={"modality": "力争"}, revokes=first.id, later=1)
    assert in_force([second, first]) == [second]
    assert "changed" in kinds(texts, [first, second])


def missed(invented):
    """A promise of 800 and a report of 500."""
    name = "城镇新增就业"
    more = {"base": "flow", "period": "2019", "indicator": name}
    promise = invented.row("target", f"{name}800人", name, invented.amount(800, "人"), **more)
    done = invented.row("result", f"{name}500人", name, invented.amount(500, "人"), **more)
    return [invented.text(2019, promise), invented.text(2020, done)]


def test_a_confirmed_accusation_says_by_whom_and_a_rejected_one_is_gone(invented):
    texts = missed(invented)
    [entry] = [c for d in derive(texts) for c in d.changes if c.change == "missed"]
    assert entry.reviewed is None
    cited = [Cited(e.sha256, e.spans) for e in entry.evidence]
    about = {"change": "missed", "edition_from": entry.edition_from, "edition_to": entry.edition_to}
    yes = rule("review", *cited, body={**about, "verdict": "confirmed"})
    [same] = [c for d in derive(texts, [yes]) for c in d.changes if c.change == "missed"]
    assert same == replace(entry, reviewed={"by": "甲", "at": "2026-05-01T00:00:00Z"})
    no = rule("review", *cited, body={**about, "verdict": "rejected"}, later=1)
    assert "missed" not in kinds(texts, [yes, no])


def test_a_review_is_of_one_entry_only(invented):
    texts = missed(invented)
    [entry] = [c for d in derive(texts) for c in d.changes if c.change == "missed"]
    cited = [Cited(e.sha256, e.spans) for e in entry.evidence]
    for body, evidence in (
        ({"change": "dropped", "edition_from": "2019", "edition_to": "2020"}, cited),
        ({"change": "missed", "edition_from": "2018", "edition_to": "2020"}, cited),
        ({"change": "missed", "edition_from": "2019", "edition_to": "2020"}, cited[:1]),
    ):
        ruling = rule("review", *evidence, body={**body, "verdict": "rejected"})
        assert derive(texts, [ruling]) == derive(texts)


def test_moved_bounds_still_carry_the_statement_and_other_words_do_not(jobs):
    text = jobs(2019, 200)
    [(start, end)] = text.reading.statements[0].spans
    assert statements_at(text, Cited(text.sha256, ((start + 2, end),)))
    assert statements_at(text, Cited(text.sha256, ((start, end), (end, end + 1))))
    assert not statements_at(text, Cited(text.sha256, ((end, end + 1),)))
    assert not statements_at(text, Cited(text.sha256, ((start, end),), kind="framework"))


def test_a_ruling_whose_words_carry_nothing_any_more_is_lost(jobs):
    text = jobs(2019, 200)
    ruling = rule("wrong_statement", at(text))
    empty = replace(text, reading=replace(text.reading, statements=()))
    assert lost([ruling], [text]) == []
    assert lost([ruling], [empty]) == [ruling]
    assert lost([ruling, rule("revoke", revokes=ruling.id)], [empty]) == []
    assert lost([rule("complete", Cited(text.sha256), body={"complete": True})], [empty]) == []


PICKS = st.lists(
    st.tuples(
        st.sampled_from(["same", "not_same", "split", "wrong_statement", "right_value"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(0, 9),
    ),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(picks=PICKS, seed=st.integers(0, 9))
def test_rulings_and_texts_in_any_order_give_the_same(invented, picks, seed):
    texts = [
        invented.text(year, invented.row("target", f"{name}{year}个", name, invented.amount(year)))
        for year, name in (
            (2017, "停车泊位"), (2018, "停车泊位"), (2019, "停车泊位"), (2018, "学校"), (2019, "学校")
        )
    ]  # fmt: skip
    rulings = [
        rule(
            kind,
            *([at(texts[a]), at(texts[b])] if kind in ("same", "not_same", "split") else [at(texts[a])]),
            later=later,
            body={"value": str(a * 10)} if kind == "right_value" else {},
        )
        for kind, a, b, later in picks
    ]
    mixed = random.Random(seed).sample(rulings, len(rulings))
    shuffled = random.Random(seed).sample(texts, len(texts))
    derived = derive(texts, rulings)
    assert derived == derive(shuffled, [*mixed, *mixed])
    members = [m.key for d in derived for c in d.commitments for m in c.members if m.role != "named"]
    assert len(members) == len(set(members))


def test_a_short_text_that_a_person_calls_whole_is_found_silent(invented):
    """A person who knows the report goes before the rule of half the usual length."""
    from parsers.reading import Clue
    from tracking.owners import Owner
    from tracking.shelf import shelf_of

    def report(year, words, complete):
        said = invented.row("action", words)
        return invented.text(year, said, type="report", complete=Clue("yes", complete) if complete else None)

    texts = [
        report(2017, "修路" * 50, "ending"),
        report(2018, "修路" * 50, "ending"),
        report(2019, "修路", None),
    ]
    owner = Owner("999903", "district", "云川市澄湖区")
    assert set(shelf_of(owner, texts, {}).whole) == {2017, 2018}
    from tracking.decisions import Decisions

    yes = rule("complete", Cited(texts[2].sha256), body={"complete": True})
    decided = Decisions({t.sha256: t for t in texts}, [yes])
    assert set(shelf_of(owner, [decided.corrected(t) for t in texts], {}).whole) == {2017, 2018, 2019}
