"""Patterns compiled when they are first used.

A set that spans all Chinese characters takes half a millisecond to compile, and a short text needs few of
the patterns that hold one: without this the command would take a fifth of a second longer to start.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazily"]


class _Uncompiled:
    """Stands for a pattern; its methods are the pattern's own from their first use on."""

    def __init__(self, written: str, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, method)  # found here directly from now on
        return method


def lazily(written: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, done at first use; for patterns of single steps that many texts do not reach."""
    return cast("re.Pattern[str]", _Uncompiled(written, flags))
