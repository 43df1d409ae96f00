"""The core's steps as Prefect tasks, and how a flow runs in the process of who asked for it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows import core, readers

# Readings and ledgers are no cache keys: hashing them would take longer than reading a text.
read_batch = task(name="read-batch", cache_policy=NO_CACHE)(readers.read_texts)
store_batch = task(name="store-batch", cache_policy=NO_CACHE)(core.store)


def without_heartbeats() -> AbstractContextManager[object]:
    """For a flow that a person waits for: with them each ends a second late.

    The engine joins a thread that sleeps in whole seconds.
    """
    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
