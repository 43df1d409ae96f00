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
from storage.selecting import horizon

T = TypeVar("T")
_MOST = 512


@dataclass
class Site:
    """What all requests share."""

    ledger: Ledger
    services: Services
    options: Options
    _held: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def audience(self) -> Audience:
        """Who reads without having signed in."""
        return "public" if self.options.public else "operator"

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` answers, kept until the ledger grows: a commit is never edited, so nothing goes stale.

        Withholding and reviewing are commits too, so they count at once.
        """
        with self.ledger.reading() as connection:
            head = horizon(connection, None)
        whole = (head, key)
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
