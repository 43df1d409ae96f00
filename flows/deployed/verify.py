"""The flow `verify`: every invariant of the ledger as an artifact; it fails where one does not hold."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.deployed.hooks import tell_failure
from flows.ledgers import choose
from flows.version import parser_version
from storage.errors import LedgerError
from storage.ledger import open_ledger
from storage.verify import Check
from storage.verify import verify as checks_of
from tracking.derive import derive


@flow(name="verify", on_failure=[tell_failure], on_crashed=[tell_failure])
def verify() -> list[Check]:
    """Check the ledger of the settings (DUIXIAN_DB); LedgerError names the first thing that is off."""
    with open_ledger(choose(None).url) as ledger:
        checks = list(checks_of(ledger, derive=derive, parser_version=parser_version()))
    create_table_artifact(
        [{"check": c.name, "looked at": c.looked_at, "wrong": c.wrong or "", "note": c.note} for c in checks],
        key="verify",
        description="核验 · verification of the ledger",
    )
    for check in checks:
        if check.wrong is not None:
            raise LedgerError(
                f"the ledger is not sound ({check.name}: {check.wrong}): `duixian verify` tells more"
            )
    return checks
