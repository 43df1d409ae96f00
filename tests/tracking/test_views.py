"""What a day makes of promises, and rates that say how sure they are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracking.views import Outcome, Promise, done, elapsed, first_day, last_day, rate, scorecard, standing

MONTH = timedelta(days=30)
YEARLY = Promise("c", "2019", "2019", value=Decimal(100))


def on(day, *outcomes, reviewed=False, promise=YEARLY):
    return standing(promise, outcomes, reviewed, date.fromisoformat(day), MONTH)


def told(kind, **more):
    return Outcome("c", "2019", kind, **more)


def test_a_promise_is_due_soon_within_the_days_asked_about():
    assert on("2019-11-30") == "due_later"
    assert on("2019-12-01") == "due_soon"
    assert on("2019-12-31") == "due_soon"


def test_past_its_day_it_awaits_report_until_a_whole_text_reviews_it():
    assert on("2020-01-01") == "awaiting_report"
    assert on("2020-03-01", reviewed=True) == "overdue"
    assert on("2020-03-01", told("reported"), reviewed=True) == "reported"


def test_what_is_met_is_done_even_before_its_day():
    assert on("2019-06-01", told("fulfilled")) == "done"


def test_nobody_can_say_when_an_undated_promise_is_due():
    assert on("2019-06-01", promise=Promise("c", "2019", "soon")) is None
    assert last_day("2019-13") is None
    assert first_day("soon") is None


def test_share_done_stands_against_share_of_time():
    assert elapsed("2019", date(2018, 12, 31)) == 0.0
    assert elapsed("2019", date(2019, 12, 31)) == 1.0
    assert round(elapsed("2016..2020", date(2018, 7, 1)), 2) == 0.5
    half = told("reported", said_on="2019-07", value=Decimal(40))
    late = told("reported", said_on="2019-10", value=Decimal(80))
    assert done(YEARLY, [late, half]) == 0.8
    assert done(YEARLY, []) is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_interval_holds_its_share_and_stays_within_bounds(a, b):
    k, n = min(a, b), max(a, b)
    found = rate(k, n)
    assert 0.0 <= found.low <= (found.share or 0.0) + 1e-12 or n == 0
    assert found.high <= 1.0
    assert found.share is None or found.share <= found.high + 1e-12
    assert found.enough == (n >= 30)


def test_a_scorecard_counts_what_is_due_and_observed_and_lists_the_rest():
    promises = [
        Promise("met", "2019", "2019"),
        Promise("met", "2020", "2020"),
        Promise("silent", "2019", "2019"),
        Promise("deed", "2019", "2019", quantified=False),
    ]
    outcomes = [
        Outcome("met", "2019", "reported"),
        Outcome("met", "2019", "fulfilled", reviewed=True),
        Outcome("silent", "2019", "unreported", apparent=True),
    ]
    card = scorecard(promises, outcomes, whole={2019, 2020})
    assert (card.due, card.met.k, card.reported_back.k) == (2, 1, 1)
    assert card.unreported.k == 0, "what is only apparent is not counted against anybody"
    assert (card.not_quantified, card.not_observed, card.restated.k, card.reviewed.k) == (1, 1, 1, 1)
    assert card.rows == (("met", "2019", "fulfilled"), ("silent", "2019", ""))
    assert not card.met.enough


def test_an_apparent_miss_is_a_report_and_no_miss():
    card = scorecard([YEARLY], [told("missed", apparent=True)], whole={2020})
    assert (card.missed.k, card.reported_back.k) == (0, 1)
