"""A single machine: Prefect's server beside us, and one process that runs the schedules and the site."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from flows.schedules import POOL, NoSchedules

START = 180
"""Seconds; the server's first start migrates its database, which takes a while on a slow disk."""

Beside = Callable[[], Coroutine[Any, Any, None]]
"""Something else to run in the same process until it ends: the site."""


@contextmanager
def server(log: Path) -> Iterator[str]:
    """Prefect's server for as long as the block runs: the configured one, else one of our own on loopback.

    Gives its address, which is also in the environment then. log: where our own writes to.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        yield configured
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w", encoding="utf-8") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(child, f"{address}/health", log)
        os.environ["PREFECT_API_URL"] = address
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()


def work(limit: int, beside: Beside | None = None) -> None:
    """Take runs from the pool until interrupted, at most `limit` at once, each in a process of its own."""
    asyncio.run(_work(limit, beside))


async def _work(limit: int, beside: Beside | None) -> None:
    from prefect.workers.process import ProcessWorker

    worker = ProcessWorker(work_pool_name=POOL, limit=limit)
    tasks = [asyncio.ensure_future(worker.start())]
    if beside is not None:
        tasks.append(asyncio.ensure_future(beside()))
    # Whichever ends first ends the other: a site without a watch would look alive.
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    for task in done:
        task.result()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(child: subprocess.Popen[bytes], health: str, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if child.poll() is not None:
            break
        try:
            with urlopen(health, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise NoSchedules(f"Prefect's own server did not start: {log} says why")
