"""Prefect's environment. Call `prepare` before anything imports prefect: it reads these at import."""

from __future__ import annotations

import os
from pathlib import Path

from flows.home import data_folder

DEFAULTS = {
    # No telemetry: not from the SDK, not from the server.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    # The first start migrates its database, which takes 20 s on a slow disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # One by one, a flow's last state waits behind SQLite writes of every task event.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    # In memory, a server that starts anew would take every slot that was held for held for ever.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # The ledger keeps what counts for ever; Prefect's record of runs goes after 90 days, of events after 14.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * 86400),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P14D",
}
QUIET = {
    # A failure is told once, in our own sentence; at ERROR Prefect would print its traceback first.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}


def prepare(*, quiet: bool = True) -> bool:
    """Set what is not set yet; whether Prefect will start a server of its own (none is configured).

    quiet: for a flow that a person started and watches; a worker's runs keep their logs on the server.
    """
    home = Path(os.environ.setdefault("PREFECT_HOME", str(data_folder() / "prefect")))
    # Prefect makes the folder itself but not its parents, and its server then dies without a word.
    home.mkdir(parents=True, exist_ok=True)
    for name, value in (DEFAULTS | QUIET if quiet else DEFAULTS).items():
        os.environ.setdefault(name, value)
    return not os.environ.get("PREFECT_API_URL")
