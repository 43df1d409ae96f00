"""Selecting the conclusions that held at a commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, exists, func, select

from storage.ledger import Ledger
from storage.models import Base, Commit, CommitmentRow, RunRow
from storage.selecting import among, chunks


def standing(model: type[Base], upto: int | BindParameter[Any]) -> Select[Any]:
    """Rows of a derived table that assert something and were the last word on their id at commit `upto` (a
    number, or a parameter of a statement that is built once)."""
    t = model.__table__
    later = t.alias()
    overtaken = exists().where(
        and_(
            later.c.scope == t.c.scope,
            later.c.id == t.c.id,
            later.c.seq > t.c.seq,
            later.c.commit_seq <= upto,
        )
    )
    return select(*t.c).where(t.c.op == "assert", t.c.commit_seq <= upto, ~overtaken)


class When(NamedTuple):
    """When and by which run something was recorded."""

    recorded_at: datetime
    run: str


_COMMITS = (
    select(Commit.seq, Commit.recorded_at, RunRow.id)
    .join(RunRow, RunRow.seq == Commit.run_seq)
    .where(Commit.seq.in_(among("seqs")))
)


def commits(connection: Connection, seqs: Iterable[int]) -> dict[int, When]:
    """Time and run of commits by number."""
    found: dict[int, When] = {}
    for some in chunks(sorted(set(seqs))):
        for seq, recorded_at, run in connection.execute(_COMMITS, {"seqs": some}):
            found[seq] = When(recorded_at, run)
    return found


_T = CommitmentRow.__table__
_THREADS = (
    select(*_T.c)
    .where(_T.c.id.in_(among("ids")), _T.c.op == "assert", _T.c.commit_seq <= bindparam("upto"))
    .order_by(_T.c.seq)
)


def threads(connection: Connection, ids: Iterable[str], upto: int) -> dict[tuple[str, str], Row[Any]]:
    """The last assertion of commitments by (scope, id), also of ids that have been replaced since."""
    found: dict[tuple[str, str], Row[Any]] = {}
    for some in chunks(sorted(set(ids))):
        for row in connection.execute(_THREADS, {"ids": some, "upto": upto}):
            found[row.scope, row.id] = row
    return found


def moment(value: datetime | None) -> str | None:
    """A time as JSON has it."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def last_commit(ledger: Ledger) -> datetime | None:
    """When the ledger last learned something; None for an empty one."""
    with ledger.reading() as connection:
        return connection.execute(select(func.max(Commit.recorded_at))).scalar()
