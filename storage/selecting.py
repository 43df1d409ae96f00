"""Selecting many rows by key, within what databases accept as parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from storage.models import Commit

T = TypeVar("T")

CHUNK = 500
"""Parameters of one IN list."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def among(name: str) -> BindParameter[Any]:
    """A parameter for a list of values, for a statement that is built once: column.in_(among("keys"))."""
    return bindparam(name, expanding=True)


def horizon(connection: Connection, known_at: datetime | None) -> int:
    """Number of the last commit that the ledger held at that time; of the last one of all for None."""
    if known_at is None:
        return connection.execute(_LAST).scalar() or 0
    return connection.execute(_LAST_BEFORE, {"known_at": known_at}).scalar() or 0


# Statements that every question asks are built once: building one takes five times as long as running it.
_LAST = select(func.max(Commit.seq))
_LAST_BEFORE = _LAST.where(Commit.recorded_at <= bindparam("known_at"))
