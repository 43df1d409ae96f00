"""Inserting very many rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.types import TypeDecorator

from storage.models import Base


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that set every column; further keys are ignored."""
    if any(isinstance(c.type, TypeDecorator) for c in model.__table__.columns):
        connection.execute(insert(model), rows)
        return
    # These tables hold what drivers take as it is; preparing each row would double the time.
    connection.exec_driver_sql(_statement(model, connection.dialect.name), rows)


@cache
def _statement(model: type[Base], dialect: str) -> str:
    names = [c.name for c in model.__table__.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f":{name}" if dialect == "sqlite" else f"%({name})s" for name in names)
    return f"INSERT INTO {model.__tablename__} ({columns}) VALUES ({values})"
