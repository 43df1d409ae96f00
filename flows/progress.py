"""How far a long run is, on stderr: nothing for the first seconds, then a line now and then."""

from __future__ import annotations

import sys
import time

WIDTH = 30


class Progress:
    """Says how much of the work is done, at most every few seconds: a bar that moves where a terminal allows.

    what: what is counted, as in "texts read".
    """

    def __init__(self, total: int, what: str = "texts read and stored", every: float = 2.0) -> None:
        self.total, self.what, self.every = total, what, every
        self._last = time.monotonic()
        self._said = False

    def __call__(self, done: int) -> None:
        """So many are done now."""
        now = time.monotonic()
        if now - self._last < self.every and not (self._said and done == self.total):
            return
        self._last, self._said = now, True
        here = sys.stderr.isatty()
        full = WIDTH * done // max(self.total, 1)
        bar = f"[{'#' * full}{'.' * (WIDTH - full)}] " if here else ""
        end = "\r" if here and done < self.total else "\n"
        print(f"  {bar}{done} of {self.total} {self.what}", end=end, file=sys.stderr, flush=True)
