"""One pause per host across all workers: Prefect counts the turns, wherever a request comes from."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate, GlobalConcurrencyLimitUpdate
from prefect.concurrency.sync import rate_limit
from prefect.exceptions import ObjectAlreadyExists

from flows.fetching.turns import JITTER

AGAIN = 3600.0
"""Seconds after which a look that is still going on says again which pause it wants."""

FORGOTTEN = timedelta(hours=12)
"""A host that nobody asked for so long takes the pause of who comes next, also a shorter one: else a source
whose pause was once set too long would hold up the others for ever."""


class SharedTurns:
    """A `Turn` for `flows.fetching.web.Web`. A host has one limit, made at its first request; of several
    sources there the one with the longest pause sets it for all.

    Strict: without its limit a host would be asked without any pause, and nobody would notice.
    """

    def __init__(self) -> None:
        self._agreed: dict[str, tuple[float, float, float]] = {}

    def __call__(self, host: str, pause: float) -> None:
        """Wait until no worker has asked the host for its pause (and a little more, at random)."""
        if pause <= 0 and host not in self._agreed:
            return  # the site's rules, which may ask for more, are read first
        wanted, held, at = self._agreed.get(host, (0.0, 0.0, 0.0))
        if pause > wanted or time.monotonic() - at > AGAIN:
            wanted = max(pause, wanted)
            held = _agree(limit_of(host), wanted)
            self._agreed[host] = wanted, held, time.monotonic()
        rate_limit(limit_of(host), occupy=1, strict=True)
        time.sleep(held * JITTER * random.random())


def limit_of(host: str) -> str:
    """The name of a host's limit, as `prefect gcl ls` lists it."""
    return f"host {host}"


def _agree(name: str, pause: float) -> float:
    """The pause that holds for a host from now on: this one, or a longer one that somebody else wants."""
    rate = 1 / pause
    with get_client(sync_client=True) as client:
        try:
            client.create_global_concurrency_limit(
                GlobalConcurrencyLimitCreate(name=name, limit=1, slot_decay_per_second=rate)
            )
            return pause
        except ObjectAlreadyExists:
            held = client.read_global_concurrency_limit_by_name(name)
        # Taking a turn touches the limit too, so this is when somebody last asked the host.
        used = held.updated or datetime.now(UTC)
        if held.slot_decay_per_second < rate and datetime.now(UTC) - used < FORGOTTEN:
            return 1 / held.slot_decay_per_second
        client.update_global_concurrency_limit(name, GlobalConcurrencyLimitUpdate(slot_decay_per_second=rate))
        return pause
