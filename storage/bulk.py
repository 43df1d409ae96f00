"""Inserting very many rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator

from storage.models import Base

Row = dict[str, Any] | tuple[Any, ...]
"""Columns by name, or all of them in the order of the table."""

MANY = 500
"""Rows for which a statement of their own is worth making: the driver remembers a hundred."""
_NULL = "NULL"

# SQLite's driver looks at every None and every bool for a way to make something else of it, unless it is told
# one: half of the time that binding a row takes, of which a statement leaves most columns empty.
_NOTHING: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NOTHING.get)
sqlite3.register_adapter(bool, int)


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[Any]) -> None:
    """Insert rows of one form, each a `Row`; by name they set every column, further names are ignored."""
    if any(isinstance(c.type, TypeDecorator) for c in model.__table__.columns):
        connection.execute(insert(model), rows)
        return
    # These tables hold what drivers take as it is. By position: drivers look up names row by row, which
    # costs as much as the insertion itself.
    if connection.dialect.name == "postgresql":
        _copy(connection, model, rows)
    else:
        _insert(connection, model, list(_tuples(model, rows)))


def _tuples(model: type[Base], rows: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    return rows if rows and isinstance(rows[0], tuple) else map(_values(model), rows)


def _copy(connection: Connection, model: type[Base], rows: Sequence[Row]) -> None:
    """COPY, which takes a fifth of the time of INSERT; its errors look like those of other statements."""
    statement = f"COPY {model.__tablename__} ({_columns(_names(model))}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in _tuples(model, rows):
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


@cache
def _values(model: type[Base]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    return itemgetter(*_names(model))


def _names(model: type[Base]) -> list[str]:
    return [c.name for c in model.__table__.columns]


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _insert(connection: Connection, model: type[Base], rows: list[tuple[Any, ...]]) -> None:
    """INSERT row by row. Several rows in one statement would make SQLite copy every page that it touches, to
    undo a part. What all rows say alike stands in the statement."""
    names, alike = _names(model), _alike(rows)
    if alike:
        rows = list(map(itemgetter(*(at for at in range(len(names)) if at not in alike)), rows))
    told = {name: alike.get(at, "?") for at, name in enumerate(names)}
    told = {name: value for name, value in told.items() if value != _NULL}
    statement = f"INSERT INTO {model.__tablename__} ({_columns(told)}) VALUES ({', '.join(told.values())})"
    connection.exec_driver_sql(statement, rows)


def _alike(rows: list[tuple[Any, ...]]) -> dict[int, str]:
    """By column what all rows say alike, as SQL: nothing, or, of many rows, a number or a short word. The
    first two columns are what tells rows apart."""
    found = {}
    for at, (values, last) in enumerate(zip(zip(*rows, strict=True), rows[-1], strict=True)):
        one = values[0]
        if at > 1 and one == last and values.count(one) == len(values):
            said = _NULL if one is None else _literal(one) if len(rows) >= MANY else None
            if said is not None:
                found[at] = said
    return found


def _literal(value: Any) -> str | None:
    """A number or a short word as SQL; None for what is better handed to the driver."""
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and len(value) < 20 and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return None
