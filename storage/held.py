"""What a person decides about a quarantined thing."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select

from storage.batch import Batch
from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.models import QuarantineDecision, QuarantineRow
from storage.runs import Run


def decide_held(
    ledger: Ledger, run: Run, name: str, decision: Literal["released", "discarded"], by: str, reason: str
) -> None:
    """Append a person's decision about the thing with this id; the reader does not undo it."""
    with ledger.writing() as connection:
        seq = connection.execute(select(QuarantineRow.seq).where(QuarantineRow.id == name)).scalar()
        if seq is None:
            raise LedgerError(f"nothing in quarantine has the id {name}: `duixian quarantine` lists it")
        batch = Batch(connection, run.seq, run.id)
        row = {"quarantine_seq": seq, "decision": decision, "by": by, "reason": reason}
        batch.add(QuarantineDecision, row)
        batch.close(ledger.clock)
