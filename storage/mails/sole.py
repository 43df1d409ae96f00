"""One sender at a time: a lock that ends with its process, so that a crash never leaves mails behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from storage.ledger import Ledger

_LOCK = 0x4458736E  # "DXsn": beside the one of the writer


@contextmanager
def sole_sender(ledger: Ledger) -> Iterator[bool]:
    """Whether this process may send now; False where another one does.

    Not the writer lock: sending takes minutes, and texts must be recorded meanwhile.
    """
    if ledger.dialect == "postgresql":
        with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            ours = bool(connection.execute(text(f"SELECT pg_try_advisory_lock({_LOCK})")).scalar())
            try:
                yield ours
            finally:
                if ours:
                    connection.execute(text(f"SELECT pg_advisory_unlock({_LOCK})"))
        return
    path = Path(str(ledger.engine.url.database) + "-sender")
    with path.open("a+b") as file:
        yield _locked(file.fileno())


def _locked(descriptor: int) -> bool:
    """Lock an open file without waiting; the system lets go of it when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
