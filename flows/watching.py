"""How the configured sources do: their files, the log of looks, and what follows from both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.sources import configured
from parsers.sources.health import Health, health
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
    every = [
        Watch(source, seen[name], health(source.spec, seen[name].looks, now, given=seen[name].given))
        for name, source in sorted(found.sources.items())
    ]
    return every, found.faults


def due(ledger: Ledger, now: datetime) -> list[Source]:
    """The sources that runs take by themselves and that are to be looked at now."""
    return [one.source for one in watch(ledger, now)[0] if one.active and one.due(now)]


def _plain(value: Any) -> Any:
    """Moments as ISO text, tuples as lists."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
