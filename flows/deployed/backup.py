"""The flow `backup`."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows import keeping
from flows.deployed.hooks import tell_failure
from flows.ledgers import choose
from flows.settings import settings
from storage.ledger import open_ledger


@flow(name="backup", on_failure=[tell_failure], on_crashed=[tell_failure], retries=2, retry_delay_seconds=60)
def backup() -> str:
    """Back up the ledger of the settings (DUIXIAN_DB) into backups/ of the data folder; the file's path."""
    with open_ledger(choose(None).url) as ledger:
        path, gone = keeping.back_up(ledger, settings().backups)
    create_markdown_artifact(
        f"`{path}` ({path.stat().st_size:,} bytes); {len(gone)} older ones went",
        key="backup",
        description="备份 · backup",
    )
    return str(path)
