"""Where the time of a run goes: `python -m benchmarks.stages run --direct --db FILE PATH ...`.

Any command of `duixian` with clocks in the main job: what the reading processes spend on reading and on
concluding, and what the first process spends on each step of storing. Prints the command's own words, then a
table on stderr. The product itself carries no clocks.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import reduce
from importlib import import_module
from typing import Any
from unittest.mock import patch

STEPS = (
    ("flows.core", "known_again", "recognising what is known"),
    ("flows.core", "record", "storing: the rest"),
    ("storage.write", "take_in", "storing: rows of texts"),
    ("storage.write", "reconcile", "storing: comparing with what is held"),
    ("storage.write", "catch_up", "storing: search index"),
    ("storage.batch", "insert_rows", "storing: inserting rows"),
    ("flows.ahead", "Ahead.__call__", "taking over conclusions"),
    ("flows.previews", "write_preview", "digest preview"),
    ("flows.closing", "counts", "figures at the end"),
    ("flows.cli.report", "show", "the log as shown"),
    ("flows.version", "parser_version", "parser version"),
)
"""Module, function, what it is called in the table. Of one inside another both have their own time only."""

Seconds = defaultdict[str, float]


class Clocks:
    """Seconds on the wall and of the processor, by step; a step inside another stops its clock."""

    def __init__(self) -> None:
        self.wall: Seconds = defaultdict(float)
        self.busy: Seconds = defaultdict(float)
        self._open: list[str] = ["everything else"]
        self._at = (time.perf_counter(), time.process_time())

    def _turn(self) -> None:
        now = (time.perf_counter(), time.process_time())
        self.wall[self._open[-1]] += now[0] - self._at[0]
        self.busy[self._open[-1]] += now[1] - self._at[1]
        self._at = now

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what happens inside to a step."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted to a step."""

        def inside(*given: Any, **named: Any) -> Any:
            with self.step(name):
                return function(*given, **named)

        return inside


def clocked(function: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """What a function gives, and the processor seconds that it took here."""
    began = time.process_time()
    return function(*given), time.process_time() - began


class ClockedPool(Executor):
    """An executor that adds up by function what its processes spend."""

    def __init__(self, pool: Executor, busy: Seconds) -> None:
        self.pool, self.busy = pool, busy

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Hand over a call; the future gives what the call alone would give."""
        outer: Future[Any] = Future()

        def done(inner: Future[Any]) -> None:
            if (error := inner.exception()) is not None:
                outer.set_exception(error)
                return
            found, seconds = inner.result()
            self.busy[function.__name__] += seconds
            outer.set_result(found)

        self.pool.submit(clocked, function, *given, **named).add_done_callback(done)
        return outer


def main(arguments: Sequence[str]) -> int:
    """Run the command, then print where its time went."""
    clocks = Clocks()
    from flows import core
    from flows.cli.app import app
    from flows.readers import processes

    elsewhere: Seconds = defaultdict(float)

    @contextmanager
    def watched(texts: Sequence[Any]) -> Iterator[Executor | None]:
        with processes(texts) as pool:
            yield None if pool is None else ClockedPool(pool, elsewhere)

    patches = [patch.object(core, "processes", watched)]
    for module, path, name in STEPS:
        *owners, last = path.split(".")
        held = reduce(getattr, owners, import_module(module))
        patches.append(patch.object(held, last, clocks.timed(name, getattr(held, last))))
    for one in patches:
        one.start()
    status = app(list(arguments), standalone_mode=False) or 0
    with clocks.step("end"):
        pass
    print(f"  {'step':40} {'wall':>7} {'processor':>9}", file=sys.stderr)
    for name, wall in sorted(clocks.wall.items(), key=lambda one: -one[1]):
        print(f"  {name:40} {wall:7.2f} {clocks.busy[name]:9.2f}", file=sys.stderr)
    for name, busy in sorted(elsewhere.items()):
        print(f"  {'in reading processes: ' + name:40} {'':7} {busy:9.2f}", file=sys.stderr)
    return int(status)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
