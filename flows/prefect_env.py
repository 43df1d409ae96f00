"""Prefect's environment. Call `prepare` before anything imports prefect: it reads these at import."""

from __future__ import annotations

import os
from pathlib import Path

from flows.home import data_folder

DEFAULTS = {
    # No telemetry: not from the SDK, not from the server.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # A failure is told once, in our own sentence; at ERROR Prefect would print its traceback first.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
    # The first start migrates its database, which takes 20 s on a slow disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # One by one, a flow's last state waits behind SQLite writes of every task event.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
}


def prepare() -> bool:
    """Set what is not set yet; whether Prefect will start a server of its own (none is configured)."""
    home = Path(os.environ.setdefault("PREFECT_HOME", str(data_folder() / "prefect")))
    # Prefect makes the folder itself but not its parents, and its server then dies without a word.
    home.mkdir(parents=True, exist_ok=True)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    return not os.environ.get("PREFECT_API_URL")
