"""Long lists a page at a time: each page begins behind a key, so that page 1000 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, literal, tuple_

T = TypeVar("T")


class CursorError(ValueError):
    """What was given as the place to go on from was not given out by this list."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list. next: where the following page begins; None on the last one."""

    rows: Sequence[T]
    next: str | None


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by `value` and then by `seq`. Rows without a value come last, by seq.

    value None: by seq alone.
    """

    name: str
    seq: ColumnElement[Any]
    value: ColumnElement[Any] | None = None
    descending: bool = True


def page(
    connection: Connection, query: Select[Any], order: Order, after: str | None, limit: int
) -> Page[Row[Any]]:
    """At most `limit` rows of a query behind the key `after`; raises CursorError."""
    phase, value, seq = (0, None, None) if after is None else _read(after, order)
    rows: list[Row[Any]] = []
    if order.value is not None and phase == 0:
        key = tuple_(order.value, order.seq)
        valued = query.where(order.value.is_not(None))
        if seq is not None:
            there = tuple_(literal(value), literal(seq))
            valued = valued.where(key < there if order.descending else key > there)
        rows += connection.execute(_sorted(valued, order, (order.value, order.seq)).limit(limit + 1))
        seq = None
    if len(rows) <= limit:
        rest = query if order.value is None else query.where(order.value.is_(None))
        if seq is not None:
            rest = rest.where(order.seq < seq if order.descending else order.seq > seq)
        rows += connection.execute(_sorted(rest, order, (order.seq,)).limit(limit + 1 - len(rows)))
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, _written(rows[-1], order) if more else None)


def page_of_several(
    connection: Connection, queries: Sequence[Select[Any]], order: Order, after: str | None, limit: int
) -> Page[Row[Any]]:
    """A page of what several queries find together, none of which finds another's rows: for questions with an
    “or” that no index answers as a whole."""
    pages = [page(connection, query, order, after, limit) for query in queries]
    if len(pages) == 1:
        return pages[0]
    found = sorted(
        (row for one in pages for row in one.rows),
        key=lambda row: row._mapping[order.seq],
        reverse=order.descending,
    )
    if (by := order.value) is not None:
        # As the database has it: those without a value last.
        valued = [row for row in found if row._mapping[by] is not None]
        rest = [row for row in found if row._mapping[by] is None]
        valued.sort(key=lambda row: row._mapping[by], reverse=order.descending)
        found = [*valued, *rest]
    more = len(found) > limit or any(one.next for one in pages)
    rows = found[:limit]
    return Page(rows, _written(rows[-1], order) if more else None)


def _sorted(query: Select[Any], order: Order, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    return query.order_by(*(column.desc() if order.descending else column.asc() for column in columns))


def behind(row: Row[Any], order: Order) -> str:
    """The key behind which a page goes on after this row."""
    return _written(row, order)


def _written(row: Row[Any], order: Order) -> str:
    value = None if order.value is None else row._mapping[order.value]
    key = [order.name, value, row._mapping[order.seq]]
    return base64.urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode().rstrip("=")


def _read(text: str, order: Order) -> tuple[int, str | None, int]:
    """Phase (1: among the rows without a value), value and seq of the row that the last page ended with."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        name, value, seq = json.loads(raw)
    except (ValueError, TypeError, RecursionError) as error:
        raise CursorError(text) from error
    fits = isinstance(value, str) and "\x00" not in value if order.value is not None else value is None
    if name != order.name or type(seq) is not int or not 0 <= seq < 2**62:
        raise CursorError(text)
    if not fits and value is not None:
        raise CursorError(text)
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise CursorError(text)
    return (1 if value is None and order.value is not None else 0), value, seq
