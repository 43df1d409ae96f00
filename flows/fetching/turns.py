"""Whose turn it is: requests to one host follow one another with a pause, wherever they come from."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The zone that Chinese sites print their days in."""

Clock = Callable[[], datetime]
Sleep = Callable[[float], None]
Turn = Callable[[str, float], None]
"""Waits until a host may be asked, given the pause in seconds that it wants between two requests."""

JITTER = 0.3
"""Share of a pause that is added at random, so that many workers do not fall into step."""


class Turns:
    """Turns within this process; the flows put one across all workers in its place.

    A host has one pause, the longest that any source there wants.
    """

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._free: dict[str, datetime] = {}
        self._pauses: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, host: str, pause: float) -> None:
        """Wait for the host's next turn and take it."""
        with self._lock:
            now = self._clock()
            pause = self._pauses[host] = max(pause, self._pauses.get(host, 0.0))
            turn = max(now, self._free.get(host, now))
            jitter = pause * JITTER * random.random()
            self._free[host] = turn + timedelta(seconds=pause + jitter)
        if turn > now:
            self._sleep((turn - now).total_seconds())
