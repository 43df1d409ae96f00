"""What a day makes of promises, and rates that say how sure they are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tracking.views import Outcome, Promise, done, elapsed, first_day, last_day, standing

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
