"""Selecting many rows by key, within what databases accept as parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select

from storage.asking import Ask, Prepared, Rows, ask
from storage.models import Commit

T = TypeVar("T")

CHUNK = 500
"""Values of one list."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def horizon(connection: Connection, known_at: datetime | None) -> int:
    """Number of the last commit that the ledger held at that time; of the last one of all for None."""
    return ask(connection, last_commit(known_at))


def last_commit(known_at: datetime | None) -> Ask[int]:
    """The same, to be asked together with other questions."""
    if known_at is None:
        return Ask(_number, _LAST)
    return Ask(_number, _LAST_BEFORE, {"known_at": known_at})


def _number(rows: Rows) -> int:
    return rows[0].last or 0


# Statements that every question asks are built once: building one takes five times as long as running it.
_ANY = select(func.max(Commit.seq).label("last"))
_LAST = Prepared(_ANY)
_LAST_BEFORE = Prepared(_ANY.where(Commit.recorded_at <= bindparam("known_at")))
