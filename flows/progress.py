"""How far a long run is, on stderr: nothing for the first seconds, then a line now and then."""

from __future__ import annotations

import sys
import time


class Progress:
    """Says how many of the texts are done, at most every few seconds, on one line where a terminal allows."""

    def __init__(self, total: int, every: float = 2.0) -> None:
        self.total, self.every = total, every
        self._last = time.monotonic()
        self._said = False

    def __call__(self, done: int) -> None:
        """So many are done now."""
        now = time.monotonic()
        if now - self._last < self.every and not (self._said and done == self.total):
            return
        self._last, self._said = now, True
        here = sys.stderr.isatty()
        end = "\r" if here and done < self.total else "\n"
        print(f"  {done} of {self.total} texts read and stored", end=end, file=sys.stderr, flush=True)
