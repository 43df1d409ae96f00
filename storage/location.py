"""Which database is meant, and what can be seen from outside about whether it can be used."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import LedgerError

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Location:
    """A database. path: the file, for SQLite. name: what people are shown (never a password)."""

    url: URL
    path: Path | None
    name: str

    @property
    def writable(self) -> bool:
        """Whether a file may be written to (a server says so itself)."""
        return self.path is None or not self.path.exists() or os.access(self.path, os.W_OK)

    def check(self, *, create: bool) -> None:
        """Raise LedgerError for a file that cannot be a ledger."""
        if self.path is None:
            return
        if self.path.is_dir():
            raise LedgerError(
                f"{self.name} is a folder: name a file in it, such as {self.path / 'ledger.db'}"
            )
        if not self.path.exists():
            if not create:
                raise LedgerError(f"there is no ledger at {self.name}: `duixian run` makes one")
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LedgerError(f"the folder for {self.name} cannot be made ({error.strerror})") from error
            return
        self._check_header()

    def _check_header(self) -> None:
        """A SQLite file says its own length: a shorter one was copied in part. An empty one is none yet."""
        assert self.path is not None
        try:
            with self.path.open("rb") as file:
                header = file.read(100)
                # After a crash amid a checkpoint the file may be shorter than its first page says: the log
                # beside it (-wal) still holds the rest, and opening mends it. Whoever else closes the ledger
                # takes the log away once the file is whole: so the file is looked at last.
                logged = _size(self.path.with_name(self.path.name + "-wal"))
                size = os.fstat(file.fileno()).st_size
        except OSError as error:
            raise LedgerError(
                f"{self.name} cannot be read ({error.strerror}): check its permissions"
            ) from error
        if not header:
            return
        if not header.startswith(_MAGIC):
            raise LedgerError(f"{self.name} is no SQLite file: name another file for the ledger")
        page = int.from_bytes(header[16:18], "big")
        page = 65536 if page == 1 else page
        pages = int.from_bytes(header[28:32], "big") if len(header) >= 32 else 1
        if len(header) < 100 or not (size >= page * pages or logged):
            raise LedgerError(
                f"{self.name} is incomplete (a copy that was cut off?): copy it again while nothing writes "
                "to it, or restore a backup"
            )


def _size(path: Path) -> int:
    """Bytes of a file; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def locate(url_or_path: str | Path) -> Location:
    """The database that a path or URL names; LedgerError for a URL of another kind."""
    given = str(url_or_path)
    if "://" not in given:
        path = Path(given).expanduser()
        return Location(URL.create("sqlite", database=str(path)), path, given)
    if given.startswith("postgres://"):
        given = "postgresql://" + given.removeprefix("postgres://")
    try:
        url = make_url(given)
    except ArgumentError:
        raise LedgerError("this is no database URL: give a path, sqlite:///… or postgresql://…") from None
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise LedgerError("a ledger in memory would be forgotten: name a file")
        return Location(url, Path(url.database), url.database)
    if url.get_backend_name() != "postgresql":
        raise LedgerError(f"{url.get_backend_name()} is not supported: use SQLite or PostgreSQL")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    return Location(url, None, shown)
