"""The core's steps as Prefect tasks, and how a flow runs in the process of who asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.utilities.annotations import quote

from flows import core, readers

if TYPE_CHECKING:
    from flows.inputs import Input
    from flows.spool import ReadText
    from storage.ledger import Ledger
    from storage.runs import Run
    from storage.write import Arrival, Derive, RunOutcome

# Readings and ledgers are no cache keys: hashing them would take longer than reading a text.
_read = task(name="read-batch", cache_policy=NO_CACHE)(readers.read_texts)
_store = task(name="store-batch", cache_policy=NO_CACHE)(core.store)
# Quoted, since Prefect would walk through every statement of every text, looking for other tasks' results.
quoted: Any = quote


def read_batch(texts: Sequence[Input], pool: Executor | None) -> list[ReadText]:
    """`flows.readers.read_texts` as a task; within a flow."""
    read: list[ReadText] = _read(quoted(texts), quoted(pool))
    return read


def store_batch(ledger: Ledger, run: Run, batch: Sequence[Arrival], derive: Derive) -> RunOutcome:
    """`flows.core.store` as a task; within a flow."""
    stored: RunOutcome = _store(quoted(ledger), quoted(run), quoted(batch), quoted(derive))
    return stored


def without_heartbeats() -> AbstractContextManager[object]:
    """For a flow that a person waits for: with them each ends a second late.

    The engine joins a thread that sleeps in whole seconds.
    """
    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
