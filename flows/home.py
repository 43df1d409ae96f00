"""Where things lie: the clone, if the program runs from one, and the folder it may write to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parent.parent


def clone() -> Path | None:
    """The clone this program runs from, None for an installed copy."""
    marks = ("pyproject.toml", "Makefile", "seeds")
    return PACKAGE_ROOT if all((PACKAGE_ROOT / mark).exists() for mark in marks) else None


def data_folder() -> Path:
    """The folder for ledgers, previews and Prefect's own files: DUIXIAN_VAR, else var/ of the clone,
    else the user's data folder as the platform has it.
    """
    if chosen := os.environ.get("DUIXIAN_VAR"):
        return Path(chosen).absolute()
    if (root := clone()) is not None:
        return root / "var"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "duixian"


def seeds_folder() -> Path | None:
    """The drop folder for the user's own texts; only a clone has one."""
    root = clone()
    return root / "seeds" if root else None


def examples_folder() -> Path | None:
    """The invented texts that a run without any other texts reads."""
    root = clone()
    return root / "examples" if root else None
