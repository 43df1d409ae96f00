"""Reading texts: here, or shared out to a few processes of our own where there are many."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import connection

from flows.inputs import Input
from flows.spool import ReadText, pack
from flows.when_needed import read
from parsers.reading import Reading
from parsers.refusal import Refused
from storage.write import Arrival

PROCESSES = 2
"""More would read faster, but each holds the word lists in memory."""

MUCH = 2_000_000
"""Bytes of text from which on starting processes pays: each first has to load the word lists."""

SHARE = 4
"""Texts handed to a process at once at most: few, so that both end at the same time."""


@contextmanager
def processes(texts: Sequence[Input]) -> Iterator[Executor | None]:
    """Processes that read these texts, None where it is quicker without (little text, one text, one core)."""
    if len(texts) < 2 or (os.cpu_count() or 1) < 2 or sum(text.size() for text in texts) < MUCH:
        yield None
        return
    # Not fork: the copy of a process with threads (Prefect's, a database driver's) may hang.
    way = "spawn" if sys.platform == "win32" else "forkserver"
    pool = ProcessPoolExecutor(PROCESSES, multiprocessing.get_context(way), _leave_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def read_texts(texts: Sequence[Input], pool: Executor | None = None) -> list[ReadText]:
    """Texts read, in their order; one that cannot be read becomes an arrival with its refusal."""
    if pool is None:
        return [pack(arrival_of(text)) for text in texts]
    share = max(1, min(SHARE, len(texts) // (4 * PROCESSES)))
    shares = [texts[start : start + share] for start in range(0, len(texts), share)]
    try:
        return [text for share in pool.map(read_texts, shares) for text in share]
    except BrokenProcessPool:  # somebody ended a process, or memory did: slower, but it gets done
        return read_texts(texts)


def arrival_of(text: Input) -> Arrival:
    """One text as it arrives: its bytes, when they were seen, and its reading or refusal."""
    content: bytes | None = None
    declared = text.options
    outcome: Reading | Refused
    try:
        content = text.content()
        declared = text.declared()
        outcome = read(content, text.path.name, declared)
    except Refused as refusal:
        outcome = refusal
    except Exception as error:  # a defect of ours must neither lose this text nor stop the others
        outcome = Refused("broken", f"the reader failed ({type(error).__name__}: {error}); please report it")
    return Arrival(text.source, text.address, content, datetime.now(UTC), outcome, declared)


def _leave_with_parent() -> None:
    """End with the process that started this one, however that ended; else it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_leave, args=(parent.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
