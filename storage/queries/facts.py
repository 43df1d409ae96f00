"""Selecting the conclusions that held at a commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, exists, func, select

from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask
from storage.ledger import Ledger
from storage.models import Base, ChangeRow, Commit, CommitmentRow, RunRow


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


def seqs_of_run(run: str | BindParameter[Any]) -> Select[Any]:
    """Numbers of the entries of the log that a run recorded."""
    t = ChangeRow.__table__
    # Joined with the log, SQLite would go through all of it for the commits of one run.
    own = select(Commit.seq).join(RunRow, RunRow.seq == Commit.run_seq).where(RunRow.id == run)
    return select(t.c.seq).where(t.c.commit_seq.in_(own))


class When(NamedTuple):
    """When and by which run something was recorded."""

    recorded_at: datetime
    run: str


_COMMITS = Prepared(
    select(Commit.seq, Commit.recorded_at, RunRow.id.label("run"))
    .join(RunRow, RunRow.seq == Commit.run_seq)
    .where(among(Commit.seq, "seqs"))
)


def commits(connection: Connection, seqs: Iterable[int]) -> dict[int, When]:
    """Time and run of commits by number."""
    return ask(connection, ask_commits(seqs))


def ask_commits(seqs: Iterable[int]) -> Ask[dict[int, When]]:
    """The same, to be asked together with other questions."""
    wanted = set(seqs)
    return Ask(_commits, _COMMITS, {"seqs": wanted}) if wanted else Ask(_commits)


def _commits(rows: Rows) -> dict[int, When]:
    return {seq: When(recorded_at, run) for seq, recorded_at, run in rows}


_T = CommitmentRow.__table__
_THREADS = Prepared(
    select(*_T.c)
    .where(among(_T.c.id, "ids"), _T.c.op == "assert", _T.c.commit_seq <= bindparam("upto"))
    .order_by(_T.c.seq)
)

Threads = dict[tuple[str, str], Any]
"""The last assertion of commitments by (scope, id)."""


def threads(connection: Connection, ids: Iterable[str], upto: int) -> Threads:
    """The last assertion of commitments at commit `upto`, also of ids that have been replaced since."""
    return ask(connection, ask_threads(ids, upto))


def ask_threads(ids: Iterable[str], upto: int) -> Ask[Threads]:
    """The same, to be asked together with other questions."""
    wanted = set(ids)
    return Ask(_threads, _THREADS, {"ids": wanted, "upto": upto}) if wanted else Ask(_threads)


def _threads(rows: Rows) -> Threads:
    return {(row.scope, row.id): row for row in rows}


def moment(value: datetime | None) -> str | None:
    """A time as JSON has it."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def last_commit(ledger: Ledger) -> datetime | None:
    """When the ledger last learned something; None for an empty one."""
    with ledger.reading() as connection:
        return connection.execute(select(func.max(Commit.recorded_at))).scalar()
