"""Where the tasks of a backfill run: in its own process, or on a Dask cluster (the extra `dask`)."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.readers import PROCESSES
from flows.settings import settings

LOCAL = "local"
"""As DUIXIAN_DASK: a cluster of our own on this machine, for as long as the flow runs."""


def at_once(number: int) -> TaskRunner[Any]:
    """So many tasks at a time, in threads: for what mostly waits."""
    return ThreadPoolTaskRunner(max_workers=number)


def runner() -> TaskRunner[Any]:
    """The runner that the settings name (DUIXIAN_DASK: a scheduler's address, or `local`), else threads."""
    address = settings().dask
    if address is None:
        return ThreadPoolTaskRunner()
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as missing:
        raise RuntimeError(
            "DUIXIAN_DASK is set, but Dask is not installed: pip install 'duixian[dask]'"
        ) from missing
    if address == LOCAL:
        return DaskTaskRunner(cluster_kwargs={"n_workers": PROCESSES, "threads_per_worker": 1})
    return DaskTaskRunner(address=address)
