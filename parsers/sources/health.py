"""Is a source being watched, and does it still say something? A pure function of the log of looks.

A watch that dies unseen is worse than none: silence, too few entries, repeated faults and missed looks are
alarms, and the times at which nobody looked are kept as gaps: “not promised” and “not observed” differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from parsers.sources.spec import ByHand, Common
from parsers.sources.values import days

AlarmKind = Literal["never", "unlooked", "silent", "few", "faults", "waits", "hand_in"]

PATIENCE = 2.0
"""A look or a new text may come this many times later than expected before that is a gap or an alarm."""
REPEATED = 3
"""Looks in a row with faults from which on they are an alarm."""
BEFORE = 10
"""Looks that tell how many entries a list usually has."""
DROP = 0.5
"""Share of the usual number of entries below which the list is an alarm."""


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One look as the log has it. listed: entries, None where the list had not changed; new: texts."""

    began_at: datetime
    ended_at: datetime
    seen: bool
    listed: int | None = None
    new: int = 0
    faults: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Not looked at from `since` to `until` (None: still). looks: how many were tried in vain meanwhile."""

    since: datetime
    until: datetime | None
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Alarm:
    """What needs a person: since when, and two figures (found, expected) where there are any."""

    kind: AlarmKind
    since: datetime | None
    found: float | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a source does. due: when it is to be looked at next (None: never looked at, so now)."""

    last_look: datetime | None
    last_seen: datetime | None
    last_news: datetime | None
    due: datetime | None
    gaps: tuple[Gap, ...]
    alarms: tuple[Alarm, ...]


def health(
    spec: Common, looks: Sequence[LookFacts], now: datetime, *, given: datetime | None = None
) -> Health:
    """The health of a source at a time. looks: in order of time; given: when a text was last handed in."""
    if isinstance(spec, ByHand):
        return _by_hand(spec, now, given)
    every = timedelta(days=days(spec.rhythm.look))
    seen = [look for look in looks if look.seen]
    news = [look for look in looks if look.new]
    last = looks[-1] if looks else None
    found = _alarms(spec, looks, now, every)
    return Health(
        last.ended_at if last else None,
        seen[-1].ended_at if seen else None,
        news[-1].ended_at if news else None,
        due(spec, last),
        gaps(looks, every, now),
        tuple(found),
    )


def due(spec: Common, last: LookFacts | None) -> datetime | None:
    """When a source is to be looked at after its last look; None where it never was."""
    if last is None:
        return None
    # A tenth earlier: a daily job that starts some minutes sooner than yesterday's must not skip a day.
    then = last.began_at + timedelta(days=0.9 * days(spec.rhythm.look))
    return max(then, last.not_before) if last.not_before else then


def gaps(looks: Sequence[LookFacts], every: timedelta, now: datetime) -> tuple[Gap, ...]:
    """The times, after the first look that saw the source, at which nobody saw it for too long."""
    found: list[Gap] = []
    before: datetime | None = None
    vain = 0
    for look in looks:
        if not look.seen:
            vain += before is not None
            continue
        if before is not None and look.began_at - before > PATIENCE * every:
            found.append(Gap(before, look.began_at, vain))
        before, vain = look.ended_at, 0
    if before is not None and now - before > PATIENCE * every:
        found.append(Gap(before, None, vain))
    return tuple(found)


def observed(looks: Sequence[LookFacts], every: timedelta, since: datetime, until: datetime) -> bool:
    """Whether a source was watched throughout a time, so that its silence then means something."""
    seen = [look for look in looks if look.seen]
    if not seen or seen[0].began_at > since:
        return False
    return not any(gap.since < until and (gap.until is None or gap.until > since)
                   for gap in gaps(looks, every, until))  # fmt: skip


def _alarms(spec: Common, looks: Sequence[LookFacts], now: datetime, every: timedelta) -> list[Alarm]:
    if not looks:
        return [Alarm("never", None)]
    found: list[Alarm] = []
    last = looks[-1]
    if last.not_before is not None and last.not_before > now:
        found.append(Alarm("waits", last.not_before))
    elif now - last.ended_at > PATIENCE * every:
        found.append(Alarm("unlooked", last.ended_at))
    bad = 0
    while bad < len(looks) and (looks[-1 - bad].faults or not looks[-1 - bad].seen):
        bad += 1
    if bad >= REPEATED:
        found.append(Alarm("faults", looks[-bad].began_at, bad))
    counts = _counts(looks)
    if len(counts) > REPEATED and last.seen and last.listed is not None:
        usual = median(counts[-1 - BEFORE : -1])
        if last.listed < DROP * usual:
            found.append(Alarm("few", last.began_at, last.listed, usual))
    if (silence := _silence(spec, looks, now)) is not None:
        found.append(silence)
    return found


def _counts(looks: Sequence[LookFacts]) -> list[int]:
    """Entries at each look that saw the list; one that had not changed has as many as before."""
    counts: list[int] = []
    for look in looks:
        if look.seen and (look.listed is not None or counts):
            counts.append(counts[-1] if look.listed is None else look.listed)
    return counts


def _silence(spec: Common, looks: Sequence[LookFacts], now: datetime) -> Alarm | None:
    """Nothing new for too long, though the source was seen."""
    seen = [look for look in looks if look.seen]
    if spec.rhythm.news is None or not seen:
        return None
    expected = timedelta(days=days(spec.rhythm.news))
    news = [look.ended_at for look in looks if look.new]
    since = news[-1] if news else seen[0].ended_at
    # Only what was looked at can be silent: what came since the last look is not known.
    if seen[-1].ended_at - since <= PATIENCE * expected:
        return None
    silent = (now - since) / timedelta(days=1)
    return Alarm("silent", since, round(silent, 1), expected / timedelta(days=1))


def _by_hand(spec: ByHand, now: datetime, given: datetime | None) -> Health:
    every = timedelta(days=days(spec.rhythm.look))
    next_time = given + every if given is not None else None
    late = next_time is None or next_time < now
    alarms = (Alarm("hand_in", next_time),) if late else ()
    return Health(given, given, given, next_time, (), alarms)
