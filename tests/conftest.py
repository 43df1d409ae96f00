"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DUIXIAN_SHARED", ROOT.parent / "shared"))
"""Development texts that are not part of the project."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development texts; without them the test is skipped, or fails where they are required (CI)."""
    if not (SHARED / "seeds").is_dir():
        missing = pytest.fail if os.environ.get("DUIXIAN_REQUIRE_SHARED") == "1" else pytest.skip
        missing("the development texts are not on this machine (set DUIXIAN_SHARED to their folder)")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """Our own texts on a fictional district."""
    return ROOT / "examples"
