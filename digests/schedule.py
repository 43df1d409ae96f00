"""When a digest is due: the last moment at which a subscriber's day, week or month was to be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from digests.subscriptions import Subscription


def boundary(subscription: Subscription, now: datetime) -> datetime:
    """The latest moment up to `now` at which this subscription was due, in UTC.

    A day ends at `hour` local time, a week on Monday, a month on its first day; “at once” is always due.
    """
    if subscription.often == "at once":
        return now
    local = now.astimezone(ZoneInfo(subscription.zone))
    due = local.replace(hour=subscription.hour, minute=0, second=0, microsecond=0)
    if subscription.often == "weekly":
        due -= timedelta(days=due.weekday())
    elif subscription.often == "monthly":
        due = due.replace(day=1)
    if due > local:
        due = _before(due, subscription.often)
    # By way of the wall clock: an hour that a change of clocks left out is the one after it.
    return due.astimezone(UTC)


def _before(due: datetime, often: str) -> datetime:
    if often == "monthly":
        return (due - timedelta(days=1)).replace(day=1)
    return due - timedelta(days=7 if often == "weekly" else 1)
