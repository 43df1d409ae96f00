"""The running site as its pages see it: ledger, options, wording, and what is remembered between requests."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from audit.asking.changes import Audience
from audit.site.options import Options, Services
from storage.ledger import Ledger
from storage.queries.places import KnownPlaces
from storage.selecting import horizon

T = TypeVar("T")
_MOST = 512


@dataclass
class Site:
    """What all requests share."""

    ledger: Ledger
    services: Services
    options: Options
    places: KnownPlaces = field(init=False)
    decided: dict[str, str] = field(default_factory=dict)
    """What was decided on the desk of this process: ruling → item, for what is remembered from before it."""
    _held: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _last: dict[Hashable, tuple[int, Any]] = field(default_factory=dict)
    _making: set[Hashable] = field(default_factory=set)
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.places = KnownPlaces(self.ledger)

    @property
    def audience(self) -> Audience:
        """Who reads without having signed in."""
        return "public" if self.options.public else "operator"

    def head(self) -> int:
        """Number of the ledger's last commit."""
        with self.ledger.reading() as connection:
            return horizon(connection, None)

    def remembered(self, key: Hashable, make: Callable[[], T], head: int | None = None) -> T:
        """What `make` answers, kept until the ledger grows: a commit is never edited, so nothing goes stale.

        Withholding and reviewing are commits too, so they count at once. head: the last commit, where it is
        known.
        """
        whole = (self.head() if head is None else head, key)
        with self._lock:
            if whole in self._held:
                self._held.move_to_end(whole)
                held: T = self._held[whole]
                return held
        made = make()
        with self._lock:
            self._held[whole] = made
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return made

    def lately(self, key: Hashable, make: Callable[[], T], *, wait: bool = True) -> T | None:
        """What `make` answered last, be it before the last commits: then it is made anew meanwhile, for the
        next who asks. For what takes long and is only told in passing.

        wait: make it at once where it was never made; else None is told for now.
        """
        head = self.head()
        with self._lock:
            while wait and key not in self._last and key in self._making:
                self._lock.wait()
            held = self._last.get(key)
            anew = (held is None or held[0] < head) and key not in self._making
            if anew:
                self._making.add(key)

        def renew() -> T:
            try:
                made = make()
                with self._lock:
                    self._last[key] = (head, made)
                return made
            finally:
                with self._lock:
                    self._making.discard(key)
                    self._lock.notify_all()

        if held is None and wait:
            return renew()
        if anew:
            threading.Thread(target=renew, daemon=True).start()
        return None if held is None else held[1]
