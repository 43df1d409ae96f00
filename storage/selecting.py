"""Selecting many rows by key, within what databases accept as parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, func, select

from storage.models import Commit

T = TypeVar("T")

CHUNK = 500
"""Parameters of one IN list."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def horizon(connection: Connection, known_at: datetime | None) -> int:
    """Number of the last commit that the ledger held at that time; of the last one of all for None."""
    query = select(func.max(Commit.seq))
    if known_at is not None:
        query = query.where(Commit.recorded_at <= known_at)
    return connection.execute(query).scalar() or 0
