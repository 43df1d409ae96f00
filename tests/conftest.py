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
    """The development texts; the test is skipped, with the reason, where they are absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the development texts are not on this machine (set DUIXIAN_SHARED to their folder)")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """Our own texts on a fictional district."""
    return ROOT / "examples"
