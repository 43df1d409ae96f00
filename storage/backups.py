"""A ledger copied whole while it is in use: rows, raw bytes and all, into one SQLite file; and back.

The file is a ledger like any other, whatever database it was made from, so it can be opened, asked and
verified before anybody needs it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect, select, text

from storage import sketches
from storage.bulk import insert_rows
from storage.connect import keep_readers_going
from storage.errors import LedgerError, OlderLedger
from storage.ledger import Ledger, open_ledger
from storage.location import locate
from storage.models import Base, LedgerInfo
from storage.models.triggers import drop_function
from storage.searching.index import catch_up

_PAGE = 500
Checked = Callable[[Ledger], None]
"""Looks at the restored ledger before it takes its place; raises to refuse it."""


def backup(ledger: Ledger, path: Path) -> None:
    """Copy a ledger into a new file; LedgerError where there is one already, or no room."""
    if path.exists():
        raise LedgerError(f"{path} is there already: name another file for the backup")
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        if ledger.dialect == "sqlite":
            _copy_file(Path(str(ledger.engine.url.database)), part)
        else:
            _copy_rows(ledger, part)
            _settle(part)
        os.replace(part, path)  # noqa: PTH105 - must overwrite nothing and be one step
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(
            f"the backup {path} could not be written ({error}): nothing was kept of it"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def restore(path: Path, target: str, *, replace: bool = False, checked: Checked) -> Path | None:
    """Bring a backup back as the ledger at `target` (a path or URL), once `checked` has found it sound.

    An existing file is kept beside it under another name, which is returned; without `replace` it is
    refused. A database that holds anything is refused always. LedgerError says what to do; nothing is half
    restored.
    """
    if not path.is_file():
        raise LedgerError(f"there is no backup at {path}")
    location = locate(target)
    try:
        open_ledger(path).close()
        older = False
    except OlderLedger:
        older = True  # the backup stays as it is: a copy of it is brought up to date
    if location.path is not None:
        return _restore_file(path, location.path, replace, checked)
    with TemporaryDirectory() as folder:
        if older:
            _copy_file(path, path := Path(folder) / path.name)
        with open_ledger(path, create=older) as source:
            _restore_rows(source, target, checked)
    return None


def _restore_file(backed_up: Path, target: Path, replace: bool, checked: Checked) -> Path | None:
    if target.exists() and not replace:
        raise LedgerError(f"{target} is there already: give --replace (it is kept beside under another name)")
    part = target.with_name(target.name + ".restored")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for name in _files(part):
            name.unlink(missing_ok=True)
        _copy_file(backed_up, part)
        with open_ledger(part, create=True) as restored:  # brings older tables up to date
            keep_readers_going(restored.engine)
            checked(restored)
            now = restored.clock()
        _settle(part)
        kept = None
        if target.exists():
            kept = target.with_name(f"{target.name}.replaced-{now:%Y%m%dT%H%M%S%f}")
            for old, new in zip(_files(target), _files(kept), strict=True):
                if old.exists():
                    old.rename(new)
        os.replace(part, target)  # noqa: PTH105 - one step
        with open_ledger(target) as restored:
            keep_readers_going(restored.engine)
        return kept
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(f"{target} could not be written ({error}): nothing was restored") from error
    finally:
        for name in _files(part):
            name.unlink(missing_ok=True)


def _restore_rows(source: Ledger, target: str, checked: Checked) -> None:
    name = locate(target).name
    try:
        open_ledger(target).close()
    except LedgerError as error:
        if "no ledger yet" not in str(error):
            raise
    else:
        raise LedgerError(
            f"{name} holds a ledger already, and a database is never overwritten: make an empty one "
            "(`createdb NAME`), restore into it, and use that one from then on"
        )
    with open_ledger(target, mode=source.mode, create=True, clock=lambda: _made(source)) as restored:
        try:
            with source.reading() as old, restored.writing() as new:
                _copy_tables(old, new)
            checked(restored)
        except BaseException:
            _empty(restored)
            raise


def _empty(ledger: Ledger) -> None:
    """Take back what a restore that failed made in a database that was empty before it."""
    with ledger.writing() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
        for statement in drop_function(ledger.dialect):
            connection.execute(text(statement))


def _files(path: Path) -> list[Path]:
    """A SQLite file and those that stand beside it while it is open."""
    return [path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm"))]


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own online copy: one state of the file, whoever writes meanwhile."""
    uri = "file:" + str(source).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    old = sqlite3.connect(uri + "?mode=ro", uri=True)
    new = sqlite3.connect(target)
    try:
        old.backup(new)
    finally:
        new.close()
        old.close()
    _settle(target)


def _settle(path: Path) -> None:
    """One file with everything in it: no log beside it."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def _copy_rows(source: Ledger, path: Path) -> None:
    with (
        open_ledger(path, mode=source.mode, create=True, clock=lambda: _made(source)) as copy,
        source.reading() as old,
        copy.writing() as new,
    ):
        _copy_tables(old, new)


def _made(source: Ledger) -> datetime:
    with source.reading() as connection:
        made: datetime = connection.execute(select(LedgerInfo.created_at)).scalar_one()
    return made


def _copy_tables(old: Connection, new: Connection) -> None:
    """All rows but the one that says what the ledger is, which opening the copy made."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        model = models[table.name]
        if model is LedgerInfo:
            continue
        query = select(*table.c).order_by(*inspect(model).primary_key).execution_options(yield_per=_PAGE)
        for some in old.execute(query).partitions():
            insert_rows(new, model, [dict(row._mapping) for row in some])
    catch_up(new)
    sketches.catch_up(new)
