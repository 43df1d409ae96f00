"""Signs of life of what takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

EVERY = 2.0
"""Seconds between two of them."""


class NowAndThen:
    """Passes on what is done of how much, but not more often than every two seconds.

    tell: is told (done, total).
    """

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Tell it, if it is time."""
        if time.monotonic() - self._last > EVERY:
            self._last = time.monotonic()
            self._tell(done, total)
