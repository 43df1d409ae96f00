"""How many sources were looked at in a time, and which of them failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage.models import LookRow
from storage.watching import ARCHIVE


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Sources that were looked at; failed: those of which no look was answered as it should be."""

    sources: int
    failed: tuple[str, ...]


def looked_at(connection: Connection, since: datetime, until: datetime) -> LookedAt | None:
    """The looks that ended in a time; None where there was none: then a mail says nothing of sources."""
    query = select(LookRow.source, LookRow.seen).where(
        LookRow.ended_at > since,
        LookRow.ended_at <= until,
        LookRow.counts.not_like(f'%"{ARCHIVE}"%'),  # what was printed long ago says nothing of this time
    )
    answered: dict[str, bool] = {}
    for row in connection.execute(query):
        answered[row.source] = answered.get(row.source, False) or row.seen
    if not answered:
        return None
    return LookedAt(len(answered), tuple(sorted(name for name, seen in answered.items() if not seen)))
