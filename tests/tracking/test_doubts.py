"""What people are asked: few links of each text, those that most hangs on first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.doubts import MOST, TOUCHES, Doubt, most_harmful


@pytest.fixture
def doubt(invented):
    """Makes a doubt between a promise of 2018 and the result of 2019, as sure as asked for."""
    promised = invented.row("target", "新建口袋公园8处", "口袋公园", invented.amount(8, "处"))
    told = invented.row("result", "建成街头公园5处", "街头公园", invented.amount(5, "处"), period="2018")
    texts = [invented.text(2018, promised), invented.text(2019, told)]
    [(owner, mentions)] = mentions_told(texts, Decisions({t.sha256: t for t in texts}, ()))
    left, right = sorted(mentions, key=lambda m: m.said)

    def make(confidence, later=right):
        return Doubt(owner, left, later, "similar words", confidence)

    return make


def test_no_text_leaves_more_than_the_bar_and_the_surest_are_asked_first(doubt):
    many = [doubt(0.5 + at / 200) for at in range(30)]
    asked = [one for _, one in most_harmful(many, (), {})]
    assert [d.confidence for d in asked] == sorted((d.confidence for d in many), reverse=True)[:MOST]
    taken = {(many[0].owner, 2019): MOST - 2}
    assert len(list(most_harmful(many, (), taken))) == 2


def test_what_would_take_back_an_accusation_is_always_asked(doubt):
    one = doubt(0.5)
    accused = {(one.left.version.sha256, one.left.spans)}
    [(harm, kept)] = most_harmful([one], accused, {(one.owner, 2019): 99})
    assert kept is one and harm > TOUCHES
    assert not list(most_harmful([one], (), {(one.owner, 2019): 99}))


def test_a_link_that_would_settle_a_promise_weighs_more_than_a_surer_one_that_would_not(doubt):
    settles = doubt(0.55)
    other = replace(settles.right, said=2022)
    assert settles.harm(()) > doubt(0.69, other).harm(())
