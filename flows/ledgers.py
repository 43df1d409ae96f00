"""Which ledger a command means: a --db value, the settings, the one used last, or the user's own file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flows.home import clone, data_folder

Mode = Literal["demo", "real"]
FILES: dict[Mode, str] = {"real": "ledger.sqlite", "demo": "demo.sqlite"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A ledger's address, a name for it without password, and how it came to be chosen."""

    url: str
    name: str
    why: Literal["asked", "settings", "last used", "default"]


def standard(mode: Mode) -> Path:
    """The file of the real or the demo ledger."""
    return data_folder() / FILES[mode]


def choose(db: str | None) -> Choice:
    """The ledger that a question is about."""
    if chosen := named(db):
        return chosen
    if clone() is not None:
        return _file(standard(last_used()), "last used")
    return _file(standard("real"), "default")


def named(db: str | None) -> Choice | None:
    """The ledger that --db or the settings name, None where neither does."""
    if db:
        return _named(db, "asked")
    from flows.settings import settings

    return _named(configured, "settings") if (configured := settings().db) else None


def last_used() -> Mode:
    """What the last run without --db worked on; if that is lost, the real one where it exists."""
    try:
        return "demo" if _memory().read_text(encoding="utf-8").strip() == "demo" else "real"
    except OSError:
        return "real" if standard("real").exists() else "demo"


def remember(mode: Mode) -> None:
    """Keep for the next commands which of the two standard ledgers a run worked on."""
    _memory().parent.mkdir(parents=True, exist_ok=True)
    _memory().write_text(mode + "\n", encoding="utf-8")


def _memory() -> Path:
    return data_folder() / "last-ledger"


def _file(path: Path, why: Literal["last used", "default"]) -> Choice:
    return Choice(str(path), str(path), why)


def _named(db: str, why: Literal["asked", "settings"]) -> Choice:
    """A ledger by any form of address; the name leaves out what stands between :// and @."""
    scheme, sign, rest = db.partition("://")
    if not sign:
        return Choice(db, db, why)
    if scheme == "sqlite":
        return Choice(db, rest.removeprefix("/"), why)
    return Choice(db, f"{scheme}://{rest.rpartition('@')[2]}", why)
