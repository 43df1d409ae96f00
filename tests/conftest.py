"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make soak`: every property test with twenty times as many cases, and no deadline for one."""
    if os.environ.get("DUIXIAN_SOAK") != "1":
        return
    for item in items:
        test = getattr(item, "obj", None)
        # A profile would not do: it gives way to the numbers that the tests name themselves.
        named = getattr(test, "_hypothesis_internal_use_settings", None)
        if getattr(test, "is_hypothesis_test", False):
            base = named or settings()
            more = settings(base, max_examples=20 * base.max_examples, deadline=None)
            test._hypothesis_internal_use_settings = more  # type: ignore[union-attr]
