"""Scheduled backups: a new one each time, the oldest of them go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.home import data_folder
from storage.backups import backup

if TYPE_CHECKING:
    from storage.ledger import Ledger

NAME = "ledger-*.sqlite"


def backups_folder() -> Path:
    """Where backups lie that name no file."""
    return data_folder() / "backups"


def new_name(ledger: Ledger) -> Path:
    """The file of a backup made now."""
    return backups_folder() / f"ledger-{ledger.clock():%Y%m%dT%H%M%S}.sqlite"


def back_up(ledger: Ledger, keep: int) -> tuple[Path, list[Path]]:
    """Back up a ledger and keep the newest `keep` backups; the new file, and those that went."""
    path = new_name(ledger)
    backup(ledger, path)
    gone = sorted(path.parent.glob(NAME))[:-keep]
    for old in gone:
        old.unlink()
    return path, gone
