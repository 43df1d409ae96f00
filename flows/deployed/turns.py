"""One pause per host across all workers: Prefect counts the turns, wherever a request comes from."""

from __future__ import annotations

import random
import time
from contextlib import suppress

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.concurrency.sync import rate_limit
from prefect.exceptions import ObjectAlreadyExists

from flows.fetching.turns import JITTER


class SharedTurns:
    """A `Turn` for `flows.fetching.web.Web`. The limit of a host is made at its first request.

    Strict: without its limit a host would be asked without any pause, and nobody would notice.
    """

    def __init__(self) -> None:
        self._made: set[str] = set()

    def __call__(self, host: str, pause: float) -> None:
        """Wait until no worker has asked the host for `pause` seconds (and a little more, at random)."""
        if pause <= 0:
            return
        # The first worker's pause holds; a source that wants a longer one has a limit of its own.
        name = f"host {host} {pause:g}s"
        self._make(name, pause)
        rate_limit(name, occupy=1, strict=True)
        time.sleep(pause * JITTER * random.random())

    def _make(self, name: str, pause: float) -> None:
        if name in self._made:
            return
        limit = GlobalConcurrencyLimitCreate(name=name, limit=1, slot_decay_per_second=1 / pause)
        with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
            client.create_global_concurrency_limit(limit)
        self._made.add(name)
