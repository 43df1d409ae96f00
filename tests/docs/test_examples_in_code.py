"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITH_EXAMPLES = sorted(
    str(path.relative_to(ROOT))
    for room in ("parsers", "tracking", "storage", "digests", "audit", "flows")
    for path in (ROOT / room).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", WITH_EXAMPLES)
def test_an_example_gives_what_its_docstring_says(path: str) -> None:
    found = doctest.testmod(importlib.import_module(path.removesuffix(".py").replace("/", ".")))
    assert found.attempted and not found.failed
