"""How the configured sources do: their files, the log of looks, and what follows from both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.sources import DROP, configured
from parsers.sources.health import Health, LookFacts, health
from storage.queries.watching import Watched, watched

if TYPE_CHECKING:
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


def watch(ledger: Ledger, now: datetime) -> tuple[list[Watch], list[str]]:
    """Every configured source with its health, and sentences on source files that cannot be used."""
    found = configured()
    seen = watched(ledger, found.sources)
    every = []
    for name, source in sorted(found.sources.items()):
        log = seen[name]
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
