"""How many sources were looked at in a window, and which failed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Sources that were asked in a window; failed: names of those that gave nothing but errors."""

    sources: int
    failed: tuple[str, ...]


def looked_at(connection: Connection, after: int, upto: int) -> LookedAt | None:
    """What is known of it; None while the ledger keeps no account of fetching, and mails then say nothing."""
    return None
