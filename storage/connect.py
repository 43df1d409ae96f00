"""Connections as the ledger needs them: durable, patient, one writer; and what their errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import QueuePool

from storage.errors import LedgerError
from storage.location import Location

BUSY_MS = 120_000
"""How long a writer waits for another's transaction (a whole batch, conclusions included)."""

KEPT = 2
"""Connections to a SQLite file that stay open between questions; each may hold 16 MB of its pages."""

KEPT_BY_SERVER = 10
"""Connections to a PostgreSQL server that stay open: making one takes as long as a page does."""

_LOCK = 0x44587869  # "DXxi": the advisory lock of the one writer; advisory locks are per database


def engine_for(location: Location) -> Engine:
    """An engine for the database; nothing is opened yet."""
    if location.path is None:
        try:
            # As many may be open at once as there are threads that ask: who waits in vain gets an error.
            return create_engine(
                location.url,
                pool_pre_ping=True,
                pool_size=KEPT_BY_SERVER,
                max_overflow=-1,
                pool_use_lifo=True,
            )
        except ModuleNotFoundError as error:
            raise LedgerError(
                "PostgreSQL needs the psycopg driver: `pip install 'psycopg[binary]'`, or use a SQLite file"
            ) from error
    # A connection that is kept has its statements and the tables' layout at hand, which is a fifth of a short
    # question. Any number may be open at once, as many as there are threads that ask.
    engine = create_engine(
        location.url, poolclass=QueuePool, pool_size=KEPT, max_overflow=-1, pool_use_lifo=True
    )
    read_only = not location.writable
    path = str(location.path)
    opened = False

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, record: Any, *_: Any) -> sqlite3.Connection:
        nonlocal opened
        uri = "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        # A file that was there and is gone must be missed, not made anew without tables.
        mode = "ro" if read_only else "rw" if opened else "rwc"
        connection = sqlite3.connect(
            f"{uri}?mode={mode}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        opened = True
        record.info["file"] = _file(path)
        for pragma in ("foreign_keys = ON", "cache_size = -16384", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        # FULL: what a run reported as recorded survives a power cut, at one fsync a commit.
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    @event.listens_for(engine, "checkout")
    def _checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        # Kept open, it would go on showing a file that a restore has replaced, or that is gone.
        if record.info["file"] != _file(path):
            raise DisconnectionError("another file is in its place")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Without IMMEDIATE two writers could both read, and the second would fail instead of waiting.
        mode = "IMMEDIATE" if connection.get_execution_options().get("writer") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _file(path: str) -> tuple[int, int] | None:
    """Which file lies at a path."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked at every question
    except OSError:
        return None
    return found.st_dev, found.st_ino


def keep_readers_going(engine: Engine) -> None:
    """Let readers read while one writes (WAL). The file remembers it: done once, when a ledger is made in it,
    since a foreign file must not be touched by looking at it."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            _until_free(lambda: connection.cursor().execute("PRAGMA journal_mode = WAL"))
        finally:
            connection.close()


def _until_free(step: Callable[[], object]) -> None:
    """Take a step for which SQLite itself does not wait while another process holds the file."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def begin_writing(engine: Engine, *, rebuilding: bool = False) -> Iterator[Connection]:
    """A transaction under the writer lock; waits for another writer to finish.

    rebuilding: tables may be made anew; SQLite takes that for deleting their rows while it guards references.
    """
    with engine.connect().execution_options(writer=True) as connection:
        if rebuilding and engine.dialect.name == "sqlite":
            # Said to the driver, since any statement through `connection` begins the transaction, and within
            # one this does nothing. The connection is thrown away afterwards.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            # A table or index that is made anew may hold words that were erased since: no page keeps them.
            connection.connection.cursor().execute("PRAGMA secure_delete = ON")
            connection.detach()
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection


_MEANINGS = (
    ("readonly database", "may not be written to: check the permissions of the file and its folder"),
    ("read-only", "may not be written to: use an account with write permission"),
    ("permission denied", "may not be written to: use an account with write permission"),
    ("malformed", "is damaged: restore a backup (`duixian restore`)"),
    ("file is not a database", "is no SQLite file: name another file for the ledger"),
    ("unable to open database file", "cannot be opened: check that its folder exists and may be written to"),
    ("database is locked", "is in use by another run that has not finished: try again when it has"),
    (
        "disk is full",
        "could not grow because the disk is full: make room and run again (nothing was half-written)",
    ),
    (
        "disk i/o error",
        "could not be written (disk full or failing?): make room and run again (nothing was half-written)",
    ),
    (
        "no space left",
        "could not grow because the disk is full: make room and run again (nothing was half-written)",
    ),
    ("append-only", "is append-only: its rows are never changed or deleted"),
    ("no such table", "is gone or was replaced while it was in use: put its file back and run again"),
    ("connection", "cannot be reached: check that the database server runs and that the address is right"),
)


def explain(error: DBAPIError, name: str) -> LedgerError:
    """A driver's error as one sentence that says what to do."""
    said = str(error.orig)
    lowered = said.lower()
    for sign, meaning in _MEANINGS:
        if sign in lowered:
            return LedgerError(f"the ledger {name} {meaning}")
    return LedgerError(f"the database of {name} refused: {said.splitlines()[0]}")
