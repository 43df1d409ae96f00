"""What was refused, and why."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.ledger import Ledger
from storage.models import (
    Document,
    QuarantineDecision,
    QuarantineRow,
    QuarantineSighting,
)
from storage.queries.facts import moment
from storage.queries.tails import shown_names
from storage.selecting import horizon


def quarantine(
    ledger: Ledger, *, closed: bool = False, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Things held, last seen first; closed: also those that were released or discarded since."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        rows = connection.execute(
            select(*QuarantineRow.__table__.c, Document.source)
            .join(Document, Document.seq == QuarantineRow.document_seq)
            .where(QuarantineRow.commit_seq <= upto)
        ).all()
        decisions = {
            d.quarantine_seq: d
            for d in connection.execute(
                select(*QuarantineDecision.__table__.c)
                .where(QuarantineDecision.commit_seq <= upto)
                .order_by(QuarantineDecision.seq)
            )
        }
        seen: dict[int, datetime] = {
            row.quarantine_seq: row.last
            for row in connection.execute(
                select(
                    QuarantineSighting.quarantine_seq, func.max(QuarantineSighting.observed_at).label("last")
                ).group_by(QuarantineSighting.quarantine_seq)
            )
        }
        names = shown_names(connection, (row.document_seq for row in rows), upto)
    found = []
    for row in rows:
        decision = decisions.get(row.seq)
        status = "held" if decision is None or decision.decision == "reopened" else decision.decision
        if status != "held" and not closed:
            continue
        found.append(
            {
                "id": row.id,
                "document": names[row.document_seq],
                "source": row.source,
                "sha256": row.sha256,
                "code": row.code,
                "detail": row.detail,
                "declared": json.loads(row.declared),
                "given_by": row.given_by,
                "status": status,
                "decided_by": decision.by if decision and status != "held" else None,
                "first_seen": moment(row.observed_at),
                "last_seen": moment(max(row.observed_at, seen.get(row.seq, row.observed_at))),
            }
        )
    return sorted(found, key=lambda q: (q["last_seen"], q["id"]), reverse=True)
