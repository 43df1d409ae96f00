"""Triggers that make every table append-only, in the words of each database."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

FUNCTION = "duixian_append_only"


def names(table: str) -> tuple[str, str]:
    """Names of a table's two triggers: against UPDATE, against DELETE."""
    return f"{table}_no_update", f"{table}_no_delete"


def create(dialect: str, table: str) -> Iterator[str]:
    """Statements that protect `table`. Run them again after a batch migration: rebuilding drops triggers."""
    for event, name in zip(("UPDATE", "DELETE"), names(table), strict=True):
        if dialect == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        else:
            # Statement-level, so that TRUNCATE (which fires no row trigger) is refused as DELETE is.
            events = "DELETE OR TRUNCATE" if event == "DELETE" else event
            yield (
                f"CREATE TRIGGER {name} BEFORE {events} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
            )


def create_function(dialect: str) -> Iterator[str]:
    """What the triggers call, where the database wants a function."""
    if dialect == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )


def drop(dialect: str, table: str) -> Iterator[str]:
    """Statements that lift the protection (only a migration down may)."""
    for name in names(table):
        yield f"DROP TRIGGER {name}" + (f" ON {table}" if dialect == "postgresql" else "")


def drop_function(dialect: str) -> Iterator[str]:
    """Undo `create_function`."""
    if dialect == "postgresql":
        yield f"DROP FUNCTION {FUNCTION}()"


def present(connection: Connection) -> set[str]:
    """Names of the triggers in place and enabled."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    return set(connection.execute(text(query)).scalars())
