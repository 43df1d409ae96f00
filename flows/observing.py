"""When the sources of a place were seen: “not promised” and “not observed” are two things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flows.fetching.turns import CHINA
from flows.sources import configured
from parsers.sources.health import gaps
from parsers.sources.values import days
from storage.queries.watching import Watched, looked_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.sources.loading import Source
    from parsers.sources.spec import Common
    from storage.ledger import Ledger

Log = Sequence[tuple["Source", Watched]]
"""Sources on the web that are in use, each with its looks."""


@dataclass(frozen=True, slots=True)
class Unobserved:
    """A time at which a source was not seen. since None: never before `until`; until None: still not."""

    source: str
    since: datetime | None
    until: datetime | None


def log_of_looks(ledger: Ledger, at: datetime) -> Log:
    """The looks at the configured sources on the web until a time."""
    sources = {name: one for name, one in configured().sources.items() if one.on_the_web is not None}
    found = []
    for name, log in sorted(looked_at(ledger, sources).items()):
        log.looks = [look for look in log.looks if look.ended_at <= at]
        # A file that was never verified or looked at is one that nobody uses here.
        if log.looks or log.archives or sources[name].spec.verified is not None:
            found.append((sources[name], log))
    return found


def unobserved(
    log: Log, place: str | None, begin: date | None, end: date | None, now: datetime
) -> list[Unobserved]:
    """When the sources of a place (None: of any) were not seen from one day to another: what they put out
    then is not known, so that nothing follows from the silence. Empty where no source is configured for it.

    begin None: from the first look on, or where a day ends the question, from the first day of its year. end
    None: until now. What was taken in from a source's archive counts as seen.
    """
    if begin is None and end is not None:
        begin = date(end.year, 1, 1)
    first = _midnight(begin) if begin is not None else None
    last = min(_midnight(end + timedelta(days=1)), now) if end is not None else now
    if first is not None and first >= last:
        return []
    return [
        one
        for source, looks in log
        if place is None or source.spec.place == place
        for one in unseen_of(source.id, source.spec, looks, first, last, now)
    ]


def unseen(ledger: Ledger, at: datetime) -> Callable[[str, int], str]:
    """The gaps in looking at the sources of a place in a year, as the panel has them, as known at a time."""
    log = log_of_looks(ledger, at)

    def told(place: str, year: int) -> str:
        found = unobserved(log, place, *span_of(str(year)), at)
        return "; ".join(f"{one.source} {_day(one.since)}..{_day(one.until)}" for one in found)

    return told


def span_of(period: str) -> tuple[date, date]:
    """The first and the last day of an edition's period (2026, 2021..2025)."""
    years = [int(year) for year in period.split("..")]
    return date(years[0], 1, 1), date(years[-1], 12, 31)


def unseen_of(
    name: str, spec: Common, log: Watched, first: datetime | None, last: datetime, now: datetime
) -> Iterator[Unobserved]:
    """When one source was not seen within a time; as `unobserved`."""
    seen = [look for look in log.looks if look.seen]
    start = seen[0].began_at if seen else None
    spans: list[tuple[datetime | None, datetime | None]] = []
    if start is None or (first is not None and start > first):
        spans.append((None, None if start is None else min(start, last)))
    every = timedelta(days=days(spec.rhythm.look))
    spans += [(gap.since, gap.until) for gap in gaps(log.looks, every, now)]
    for since, until in spans:
        if (since is None or since < last) and (until is None or first is None or until > first):
            lower, upper = max(filter(None, (since, first)), default=None), min(until or last, last)
            if not _had(log.archives, lower, upper):
                yield Unobserved(name, since, until)


def _had(archives: Sequence[tuple[date, date]], since: datetime | None, until: datetime) -> bool:
    """Whether every day of a time was taken in from the archive."""
    if since is None:
        return False
    day, end = since.astimezone(CHINA).date(), until.astimezone(CHINA).date()
    for begin, last in sorted(archives):
        if begin <= day <= last:
            day = last + timedelta(days=1)
    return day >= end


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def _day(moment: datetime | None) -> str:
    return moment.astimezone(CHINA).date().isoformat() if moment else ""
