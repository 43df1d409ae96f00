"""How the configured sources do: their files, the log of looks, and what follows from both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.fetching.turns import CHINA
from flows.sources import DROP, configured
from parsers.sources.health import Health, LookFacts, health
from storage.queries.watching import Watched, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parsers.sources.loading import Source
    from storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Watch:
    """A source with what was seen of it and how it does."""

    source: Source
    watched: Watched
    health: Health

    @property
    def active(self) -> bool:
        """Whether runs take it by themselves."""
        return self.source.spec.verified is not None

    @property
    def alarming(self) -> bool:
        """Whether it needs a person."""
        return self.active and bool(self.health.alarms)

    def due(self, now: datetime) -> bool:
        """Whether it is to be looked at now."""
        spec = self.source.spec
        return spec.kind != "by_hand" and (self.health.due is None or self.health.due <= now)

    def record(self) -> dict[str, Any]:
        """One line of `duixian sources --json`."""
        spec = self.source.spec
        facts = asdict(self.health)
        return {
            "source": self.source.id,
            "name": spec.name,
            "kind": spec.kind,
            "place": spec.place,
            "lineages": list(spec.lineages),
            "rhythm": {"look": spec.rhythm.look, "news": spec.rhythm.news},
            "verified": spec.verified.isoformat() if spec.verified else None,
            "texts": self.watched.texts,
            "looks": len(self.watched.looks),
            **_plain(facts),
            "faults": self.watched.faults,
        }


def watch(ledger: Ledger, now: datetime, *, until: datetime | None = None) -> tuple[list[Watch], list[str]]:
    """Every configured source with its health, and sentences on source files that cannot be used. until: as
    the log of looks stood then."""
    found = configured()
    seen = watched(ledger, found.sources)
    every = []
    for name, source in sorted(found.sources.items()):
        log = seen[name]
        if until is not None:
            log.looks = [look for look in log.looks if look.ended_at <= until]
        looks = _with_runs(log) if source.spec.kind == "folder" else log.looks
        every.append(Watch(source, log, health(source.spec, looks, now, given=log.given)))
    return every, found.faults


def _with_runs(log: Watched) -> list[LookFacts]:
    """Looks at a folder, and the last time that a run read it without logging one."""
    last = log.looks[-1].ended_at if log.looks else None
    if log.given is None or (last is not None and last >= log.given):
        return log.looks
    return [*log.looks, LookFacts(log.given, log.given, True, log.texts, new=0 if log.looks else log.texts)]


def due(ledger: Ledger, now: datetime) -> list[Source]:
    """The sources that are to be looked at now (the drop folder is read at every run)."""
    return [
        one.source for one in watch(ledger, now)[0] if one.active and one.due(now) and one.source.id != DROP
    ]


def _plain(value: Any) -> Any:
    """Moments as ISO text, tuples as lists."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


@dataclass(frozen=True, slots=True)
class Unobserved:
    """A time at which a source was not seen. since None: never before `until`; until None: still not."""

    source: str
    since: datetime | None
    until: datetime | None


def unobserved(
    ledger: Ledger, place: str, period: str, now: datetime, known: Sequence[Watch] | None = None
) -> list[Unobserved]:
    """When the sources of a place were not seen in a period (2026, 2021..2025): what they put out then is not
    known, so that nothing follows from the silence. Empty where no source is configured for the place. known:
    what `watch` gave, where it was asked already."""
    years = [int(year) for year in period.split("..")]
    begin = datetime(years[0], 1, 1, tzinfo=CHINA)
    end = min(datetime(years[-1] + 1, 1, 1, tzinfo=CHINA), now)
    found: list[Unobserved] = []
    for one in watch(ledger, now)[0] if known is None else known:
        if one.source.spec.place != place or one.source.on_the_web is None or begin >= now:
            continue
        seen = [look for look in one.watched.looks if look.seen]
        if not one.active and not one.watched.looks:
            continue  # a file that nobody uses here
        if not seen or seen[0].began_at > begin:
            until = seen[0].began_at if seen else None
            found.append(Unobserved(one.source.id, None, min(until, end) if until else None))
        for gap in one.health.gaps:
            if gap.since < end and (gap.until is None or gap.until > begin):
                found.append(Unobserved(one.source.id, gap.since, gap.until))
    return found


def unseen(ledger: Ledger, at: datetime) -> Callable[[str, int], str]:
    """The gaps in looking at the sources of a place in a year, as the panel has them, as known at a time."""
    known = watch(ledger, at, until=at)[0]

    def told(place: str, year: int) -> str:
        found = unobserved(ledger, place, str(year), at, known)
        return "; ".join(f"{one.source} {_day(one.since)}..{_day(one.until)}" for one in found)

    return told


def _day(moment: datetime | None) -> str:
    return moment.astimezone(CHINA).date().isoformat() if moment else ""
