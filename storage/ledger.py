"""Opening a ledger, and its two kinds of transaction: many readers, one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage import migrations, sketches
from storage.connect import begin_writing, engine_for, explain, keep_readers_going
from storage.errors import LedgerError, OlderLedger
from storage.location import Location, locate
from storage.models import LedgerInfo
from storage.remembering import remembering
from storage.searching.index import catch_up

Mode = Literal["demo", "real"]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@dataclass
class Ledger:
    """An open ledger. Use `reading()` for questions and `writing()` for what must be one step."""

    engine: Engine
    mode: Mode
    name: str
    clock: Callable[[], datetime] = utc_now

    @property
    def dialect(self) -> str:
        """Sqlite or postgresql."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout."""
        try:
            with self.engine.connect() as connection:
                if self.dialect == "postgresql":
                    connection.execution_options(isolation_level="REPEATABLE READ")
                with connection.begin(), remembering(connection):
                    yield connection
        except DBAPIError as error:
            raise explain(error, self.name) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the ledger's writer lock; all of it is committed, or nothing."""
        try:
            with begin_writing(self.engine) as connection:
                yield connection
        except DBAPIError as error:
            raise explain(error, self.name) from error

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_ledger(
    url_or_path: str | Path,
    *,
    mode: Mode | None = None,
    create: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> Ledger:
    """Open the ledger at a path, sqlite:///…, postgresql://… or postgres://….

    mode: what the ledger must be; None takes it as it is (and makes a real one). create: make the ledger
    where there is none, and bring an older one to this version. clock: where times come from (UTC-aware).
    Raises LedgerError, whose message says what to do.
    """
    location = locate(url_or_path)
    location.check(create=create)
    engine = engine_for(location)
    try:
        found = _prepare(engine, location, mode, create, clock or utc_now)
    except DBAPIError as error:
        engine.dispose()
        raise explain(error, location.name) from error
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, found, location.name, clock or utc_now)


def _prepare(
    engine: Engine, location: Location, mode: Mode | None, create: bool, clock: Callable[[], datetime]
) -> Mode:
    """Check that this is a ledger of a version and mode that fit; make or upgrade it where asked to."""
    with engine.connect() as connection:
        revision = _revision(connection, location)
    if revision is not None and revision not in migrations.KNOWN:
        raise LedgerError(
            f"{location.name} was written by a newer version (its tables are {revision}, this one knows "
            f"{migrations.HEAD}): update duixian, then open it again"
        )
    if revision != migrations.HEAD:
        if not create and revision is None:
            raise LedgerError(f"{location.name} holds no ledger yet: `duixian run` makes one")
        if not create:
            raise OlderLedger(
                f"{location.name} has older tables ({revision}): the next `duixian run` updates them"
            )
        if revision is None:
            keep_readers_going(engine)
        with begin_writing(engine, rebuilding=True) as connection:
            # Somebody else may have made it while this process waited for the lock.
            if _revision(connection, location) != migrations.HEAD:
                migrations.upgrade(connection)
                catch_up(connection)
                sketches.catch_up(connection)
            if connection.execute(select(LedgerInfo.id)).first() is None:
                row = {"id": 1, "mode": mode or "real", "created_at": clock()}
                connection.execute(insert(LedgerInfo), row)
    with engine.connect() as connection:
        found = connection.execute(select(LedgerInfo.mode)).scalar_one()
    if mode is not None and found != mode:
        raise LedgerError(
            f"{location.name} is a {found} ledger and stays one: name another one for {mode} data"
        )
    return "demo" if found == "demo" else "real"


def _revision(connection: Connection, location: Location) -> str | None:
    """The revision of the tables, None for an empty database; LedgerError where it holds something else."""
    tables = set(inspect(connection).get_table_names())
    if {"alembic_version", "ledger"} <= tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if revision is None else str(revision)
    if tables - {"alembic_version"}:
        raise LedgerError(
            f"{location.name} holds other tables than a ledger's ({', '.join(sorted(tables)[:3])}): name "
            "another file or an empty database"
        )
    return None
