"""Base class, naming of constraints, and column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Index, Integer, MetaData, Text, TextClause, text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

# Alembic's batch mode rebuilds a table from what it can name: an unnamed CHECK would silently vanish.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Refuses naive values; always comes back in UTC, to the microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC; SQLite keeps no zone, so none is handed to it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: which moment is meant?")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables of the ledger. Each is append-only (see `storage.models.triggers`)."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime(), str: Text()}  # noqa: RUF012 - read by SQLAlchemy's mapper


BEGINNING = 8
"""Digits of a key that its index holds: of a million keys one in four thousand begins like another. An index
of all 64 is four times as large."""


def beginning(column: str) -> TextClause:
    """The beginning of a key as its index spells it: with parameters no database would see what is meant."""
    return text(f"substr({column}, 1, {BEGINNING})")


def index_of_keys(table: str) -> Index:
    """The index of a table's column of keys; ask by `storage.by_key.has_key`."""
    return Index(f"ix_{table}_key", beginning("key"))


BigInt = BigInteger().with_variant(Integer, "sqlite")

Seq = Annotated[int, mapped_column(BigInt, primary_key=True, autoincrement=False)]
"""Place of a row in its table, given by the writer under the lock: the same on every database."""

Ref = Annotated[int, mapped_column(BigInt)]
"""Seq of a row in another table, or of the commit that a row came with.

Commits are referred to without a foreign key: a commit row is written last, because its time is
taken last, and its hash covers the rows (verification checks the reference).
"""
