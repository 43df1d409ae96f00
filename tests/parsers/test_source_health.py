"""How a source does follows from its looks: gaps, silence, drops and repeated faults are told apart."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.sources.blocks import Rhythm
from parsers.sources.health import LookFacts, due, gaps, health, observed
from parsers.sources.spec import ByHand, Folder

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SPEC = Folder(name="drop folder", kind="folder", path="x", rhythm=Rhythm(look="1d", news="3d"))


def look(
    day: float, *, seen: bool = True, listed: int | None = 20, new: int = 0, faults: int = 0
) -> LookFacts:
    at = START + day * DAY
    return LookFacts(at, at + timedelta(minutes=1), seen, listed, new, faults)


def kinds(looks: list[LookFacts], day: float) -> list[str]:
    return [alarm.kind for alarm in health(SPEC, looks, START + day * DAY).alarms]


def test_a_source_that_brings_something_now_and_then_is_well() -> None:
    looks = [look(day, new=day % 3 == 0) for day in range(14)]
    assert kinds(looks, 13.5) == []
    assert health(SPEC, looks, START + 13.5 * DAY).gaps == ()


def test_a_source_that_was_never_looked_at_says_so() -> None:
    assert kinds([], 0) == ["never"]


def test_silence_is_an_alarm_only_while_somebody_looks() -> None:
    looks = [look(0, new=1), *(look(day) for day in range(1, 8))]
    assert kinds(looks, 7.1) == ["silent"]
    assert kinds(looks[:1], 7.1) == ["unlooked"]


def test_a_list_that_halves_is_an_alarm_and_one_that_is_unchanged_is_not() -> None:
    looks = [look(day, new=1) for day in range(5)]
    assert kinds([*looks, look(5, listed=9, new=1)], 5.1) == ["few"]
    assert kinds([*looks, look(5, listed=None)], 5.1) == []
    assert kinds([*looks, look(5, listed=11, new=1)], 5.1) == []
    quiet = [looks[0], *(look(day, listed=None, new=1) for day in range(1, 5))]
    assert kinds([*quiet, look(5, listed=9, new=1)], 5.1) == ["few"], "unchanged is as many as before"


def test_faults_are_an_alarm_from_the_third_look_on() -> None:
    looks = [look(day, new=1) for day in range(3)]
    bad = [look(day, seen=False, listed=None, faults=1) for day in (3, 4, 5)]
    assert kinds([*looks, *bad[:2]], 4.1) == []
    assert kinds([*looks, *bad], 5.1) == ["faults"]
    assert kinds([*looks, *bad, look(6, new=1)], 6.1) == []


def test_missed_days_are_a_gap_with_what_was_tried_in_vain() -> None:
    looks = [look(0, new=1), look(1), look(3, seen=False), look(6, new=1), look(7)]
    (gap,) = gaps(looks, DAY, START + 7.5 * DAY)
    assert (gap.since, gap.until, gap.looks) == (looks[1].ended_at, looks[3].began_at, 1)
    (still,) = gaps(looks[:2], DAY, START + 9 * DAY)
    assert still.until is None


def test_silence_means_something_only_where_somebody_watched_throughout() -> None:
    looks = [look(day) for day in (0, 1, 2, 6, 7, 8)]
    assert observed(looks, DAY, START, START + 2 * DAY)
    assert not observed(looks, DAY, START, START + 8 * DAY)
    assert not observed(looks, DAY, START - 5 * DAY, START + 2 * DAY)
    assert not observed([], DAY, START, START + DAY)


def test_a_daily_job_that_starts_some_minutes_early_skips_no_day() -> None:
    after = due(SPEC, look(0))
    assert after is not None and START + 0.8 * DAY < after < START + DAY - timedelta(minutes=30)


def test_a_site_that_asks_to_wait_is_not_due_and_no_alarm_of_ours() -> None:
    at = START + 5 * DAY
    asked = LookFacts(START, START, True, 20, 1, 0, not_before=at)
    assert due(SPEC, asked) == at
    assert [a.kind for a in health(SPEC, [asked], START + 4 * DAY).alarms] == ["waits"]


@pytest.mark.parametrize(("days", "late"), [(20, False), (40, True)])
def test_a_source_by_hand_reminds_its_keeper(days: int, late: bool) -> None:
    spec = ByHand(name="drop folder", kind="by_hand", how="copy the articles", rhythm=Rhythm(look="1m"))
    found = health(spec, [], START + days * DAY, given=START)
    assert bool(found.alarms) == late


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.1, 5), st.booleans()), max_size=20),
    st.floats(0, 10),
)
def test_gaps_never_overlap_and_hold_no_look_that_saw_the_source(
    steps: list[tuple[float, bool]], after: float
) -> None:
    looks, day = [], 0.0
    for step, seen in steps:
        day += step
        looks.append(look(day, seen=seen))
    found = gaps(looks, DAY, START + (day + after) * DAY)
    ends = [(gap.since, gap.until or START + (day + after) * DAY) for gap in found]
    assert all(since < until for since, until in ends)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(ends))
    assert not [s for s in looks if s.seen and any(since < s.began_at < until for since, until in ends)]
