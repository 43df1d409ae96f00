"""How much there is, and what runs did."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.figures import Figures, kept, statement_kinds
from storage.ledger import Ledger
from storage.models import (
    ChangeRow,
    Commit,
    CommitmentRow,
    QuarantineDecision,
    QuarantineRow,
    RunResult,
    RunRow,
)
from storage.queries.documents import standing_links
from storage.queries.facts import moment, standing
from storage.selecting import horizon
from storage.standing import EVER


@dataclass(frozen=True)
class Counts:
    """What holds: documents read, statements by kind, commitments, changes by kind, things in quarantine."""

    documents: int
    statements: dict[str, int]
    commitments: int
    changes: dict[str, int]
    quarantined: int


def counts(ledger: Ledger, *, known_at: datetime | None = None) -> Counts:
    """Count what holds (or held at `known_at`). What holds now was counted as it came."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        found = kept(connection) if known_at is None else None
        if found is None:
            found = counted(connection, upto)
        held = _quarantined(connection, upto)
    return Counts(
        documents=found.documents,
        statements=dict(sorted((+found.statements).items())),
        commitments=found.commitments,
        changes=dict(sorted(found.changes().items())),
        quarantined=held,
    )


def counted(connection: Connection, upto: int = EVER) -> Figures:
    """The figures at commit `upto`, counted row by row: work that grows with the ledger."""
    links = standing_links(connection, upto)
    statements: Counter[str] = Counter()
    for kinds in statement_kinds(connection, (link.reading_seq for _, link in links)).values():
        statements.update(kinds)
    threads = standing(CommitmentRow, upto).subquery()
    commitments = connection.execute(select(func.count()).select_from(threads)).scalar_one()
    log = standing(ChangeRow, upto).subquery()
    number = func.count().label("number")
    by = select(log.c.district, log.c.change, number).group_by(log.c.district, log.c.change)
    found = Figures(len(links), statements, commitments)
    for district, change, entries in connection.execute(by):
        found.log.setdefault(district, Counter())[change] = entries
    return found


def _quarantined(connection: Connection, upto: int) -> int:
    """Things in quarantine that nothing and nobody let go."""
    last = (
        select(QuarantineDecision.decision)
        .where(QuarantineDecision.quarantine_seq == QuarantineRow.seq, QuarantineDecision.commit_seq <= upto)
        .order_by(QuarantineDecision.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    open_ones = select(func.count()).select_from(QuarantineRow).where(QuarantineRow.commit_seq <= upto)
    return connection.execute(open_ones.where(func.coalesce(last, "reopened") == "reopened")).scalar_one()


def longest(ledger: Ledger) -> int:
    """How many entries the change log holds at most: rows, replaced ones too. Costs nothing to ask."""
    with ledger.reading() as connection:
        return connection.execute(select(func.max(ChangeRow.seq))).scalar() or 0


def runs(ledger: Ledger, *, limit: int = 20) -> list[dict[str, Any]]:
    """The last runs, newest first; status None: cut off, or still going."""
    with ledger.reading() as connection:
        rows = connection.execute(
            select(
                *RunRow.__table__.c, RunResult.status, RunResult.finished_at, RunResult.counts, RunResult.note
            )
            .outerjoin(RunResult, RunResult.run_seq == RunRow.seq)
            .order_by(RunRow.seq.desc())
            .limit(limit)
        ).all()
        heads: dict[int, str] = {}
        for run_seq, head in connection.execute(
            select(Commit.run_seq, Commit.hash)
            .where(Commit.run_seq.in_([row.seq for row in rows]))
            .order_by(Commit.seq)
        ):
            heads[run_seq] = head
    return [
        {
            "run": row.id,
            "kind": row.kind,
            "parser_version": row.parser_version,
            "started_at": moment(row.started_at),
            "finished_at": moment(row.finished_at),
            "status": row.status,
            "counts": json.loads(row.counts) if row.counts else {},
            "note": row.note,
            "head": heads.get(row.seq),
        }
        for row in rows
    ]
