"""What became of quantified commitments: who is counted, what each rate means, how sure it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracking.rates import LinkError, accused, measured, rate, wilson
from tracking.scorecard import scorecard
from tracking.views import Outcome, Promise

YEARLY = Promise("c", "2019", "2019")


def outcome(kind, name="c", **more):
    return Outcome(name, "2019", kind, **more)


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.5, 1.0), st.floats(0.3, 1.0), st.booleans())
def test_an_interval_holds_its_share_and_widens_with_the_error_of_links(a, b, precision, recall, absence):
    k, n = min(a, b), max(a, b)
    found = rate(k, n, error=LinkError(precision, recall), absence=absence)
    assert 0.0 <= found.low <= (found.share or 0.0) + 1e-12 or n == 0
    assert found.high <= 1.0
    assert found.share is None or found.share <= found.high + 1e-12
    assert found.enough == (n >= 30)
    plain = rate(k, n)
    assert found.low <= plain.low + 1e-12 and found.high >= plain.high - 1e-12
    assert (plain.low, plain.high) == wilson(k, n)


def test_the_measured_error_of_links_is_data_and_no_perfection():
    error = measured()
    assert 0.5 < error.precision < 1.0
    assert 0.2 < error.recall < 1.0


def test_what_is_known_of_an_accusation_widens_its_own_rate_only():
    promises = [Promise(str(n), "2019", "2019") for n in range(40)]
    outcomes = [outcome("missed" if n % 2 else "fulfilled", str(n)) for n in range(40)]
    plain, doubted = (
        scorecard(promises, outcomes, {2019, 2020}, accused=share) for share in ({}, {"missed": 0.8})
    )
    assert doubted.missed.low < plain.missed.low and doubted.missed.high == plain.missed.high
    assert doubted.met == plain.met
    assert all(0.5 < share <= 1.0 for share in accused().values()) and "missed" in accused()


def test_counted_are_quantified_commitments_due_and_observed_and_the_rest_is_listed_apart():
    promises = [
        Promise("met", "2019", "2019"),
        Promise("met", "2020", "2020"),
        Promise("silent", "2019", "2019"),
        Promise("five years", "2015..2019", "2019"),
        Promise("unseen", "2017", "2017"),
        Promise("later", "2025", "2025"),
        Promise("deed", "2019", "2019", quantified=False),
        Promise("someday", "soon", "soon"),
    ]
    outcomes = [
        outcome("reported", "met"),
        outcome("fulfilled", "met", reviewed=True, entry="e"),
        outcome("unreported", "silent", apparent=True),
    ]
    card = scorecard(promises, outcomes, whole={2019, 2020})
    assert (card.due, card.observed) == (4, 3), "2019 is reviewed by 2020, 2017 by nothing, 2020 not yet"
    assert (card.met.k, card.reported_back.k, card.restated.k, card.reviewed.k) == (1, 1, 1, 1)
    assert card.unreported.k == 0, "what is only apparent is not counted against anybody"
    assert (card.not_quantified, card.not_observed, card.not_due) == (1, 1, 2)
    assert [(r.commitment, r.edition, r.outcome) for r in card.rows] == [
        ("five years", "2015..2019", ""),
        ("met", "2019", "fulfilled"),
        ("silent", "2019", ""),
    ]
    assert card.rows[1].entries == ("e",)
    assert card.reported_back.coverage == 3 / 4
    assert card.met.reviewed == 1.0
    assert not card.met.enough


def test_an_apparent_miss_is_a_report_and_no_miss():
    card = scorecard([YEARLY], [outcome("missed", apparent=True)], whole={2020})
    assert (card.missed.k, card.reported_back.k) == (0, 1)


def test_openness_is_told_of_what_another_text_knows():
    promises = [Promise(name, "2019", "2019") for name in ("a", "b", "c", "d", "e")]
    outcomes = [
        outcome("fulfilled", "a", in_review=True, elsewhere=True),
        outcome("missed", "b", in_review=False, elsewhere=True),
        outcome("reported", "b", in_review=True),
        outcome("missed", "c", in_review=True, elsewhere=True),
        outcome("missed", "d", in_review=True, elsewhere=False),
    ]
    card = scorecard(promises, outcomes, whole={2020})
    assert (card.met_openly.k, card.met_openly.n) == (1, 1)
    assert (card.missed_vaguely.k, card.missed_vaguely.n) == (1, 2), (
        "d is known from its reviewing text alone"
    )
    assert card.missed_vaguely.coverage == 2 / 3
    assert (card.missed.k, card.reported_back.k, card.reported_back.n) == (3, 4, 5)


def test_a_year_asked_about_still_knows_what_the_next_one_sets():
    card = scorecard([YEARLY], [], whole={2020}, editions={"c": {"2019", "2020"}})
    assert (card.restated.k, card.restated.n) == (1, 1)


def test_what_is_only_told_of_is_reported_back_but_neither_met_nor_missed_nor_open():
    promises = [Promise(name, "2019", "2019") for name in ("words", "both", "missed", "met", "silent")]
    outcomes = [
        outcome("told_of", "words", told_by="k"),
        *(outcome("told_of", "both", told_by="k"), outcome("reported", "both")),
        *(outcome("told_of", "missed"), outcome("missed", "missed", in_review=False, elsewhere=True)),
        outcome("fulfilled", "met", elsewhere=True),
        outcome("unreported", "silent"),
    ]
    card = scorecard(promises, outcomes, {2019, 2020}, error=measured())
    assert (card.reported_back.k, card.told_of.k, card.unreported.k) == (4, 1, 1)
    assert (card.met.k, card.missed.k) == (1, 1)
    assert (card.met_openly.k, card.met_openly.n) == (1, 1)
    assert (card.missed_vaguely.k, card.missed_vaguely.n) == (1, 1), "in words is not in figures"
    told = {row.commitment: (row.outcome, row.told_by) for row in card.rows}
    assert told["words"] == ("told_of", ("k",)) and told["both"] == ("reported", ("k",))
    assert card.told_of.low < wilson(1, 5)[0] and card.told_of.high > wilson(1, 5)[1]
