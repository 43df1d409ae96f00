"""How much there is, and what runs did."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.ledger import Ledger
from storage.models import ChangeRow, Commit, CommitmentRow, ReadingRow, RunResult, RunRow, StatementRow
from storage.queries.documents import standing_links
from storage.queries.facts import moment, standing
from storage.queries.quarantine import quarantine
from storage.selecting import chunks, horizon


@dataclass(frozen=True)
class Counts:
    """What holds: documents read, statements by kind, commitments, changes by kind, things in quarantine."""

    documents: int
    statements: dict[str, int]
    commitments: int
    changes: dict[str, int]
    quarantined: int


def counts(ledger: Ledger, *, known_at: datetime | None = None) -> Counts:
    """Count what holds (or held at `known_at`)."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        links = standing_links(connection, upto)
        statements: Counter[str] = Counter()
        for some in chunks(sorted({link.reading_seq for _, link in links})):
            by_kind = (
                select(StatementRow.kind, func.count())
                .join(ReadingRow, ReadingRow.statements_from == StatementRow.reading_seq)
                .where(ReadingRow.seq.in_(some))
                .group_by(StatementRow.kind)
            )
            for kind, number in connection.execute(by_kind):
                statements[kind] += number
        threads = standing(CommitmentRow, upto).subquery()
        log = standing(ChangeRow, upto).subquery()
        commitments = connection.execute(select(func.count()).select_from(threads)).scalar_one()
        changes = connection.execute(
            select(log.c.change, func.count().label("number")).group_by(log.c.change)
        ).all()
    return Counts(
        documents=len(links),
        statements=dict(sorted(statements.items())),
        commitments=commitments,
        changes=dict(sorted((row.change, row.number) for row in changes)),
        quarantined=len(quarantine(ledger, known_at=known_at)),
    )


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
