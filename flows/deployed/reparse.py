"""The Prefect flow `reparse`. Import it after `flows.prefect_env.prepare()`."""

from __future__ import annotations

from prefect import flow

from flows import rereading
from flows.deployed.tasks import without_heartbeats
from flows.ledgers import choose
from flows.version import parser_version
from storage.ledger import open_ledger


@flow(name="reparse")
def reparse() -> rereading.Reread:
    """Read everything again that an older parser read, in the ledger of the settings (DUIXIAN_DB)."""
    with open_ledger(choose(None).url) as ledger:
        return rereading.reparse(ledger, parser_version())


def run_reparse() -> rereading.Reread:
    """Run the flow in this process, on the configured Prefect server or on an embedded one."""
    with without_heartbeats():
        return reparse()
