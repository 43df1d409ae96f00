"""The first entries of a long change log: chosen by what columns say, and only those chosen rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from storage.figures import kept
from storage.ledger import Ledger
from storage.models import ChangeRow, Commit, RunRow
from storage.queries.changes import render
from storage.queries.facts import seqs_of_run, standing, threads
from storage.selecting import chunks, horizon

_T = ChangeRow.__table__
FEW = 3000
"""Entries of a run up to which they are looked through together, whatever place they are of."""

Order = Callable[[Sequence[Mapping[str, Any]]], Sequence[Mapping[str, Any]]]
"""Sorts entries: places with more entries first, and inside a place by what columns of the log say."""


@dataclass(frozen=True)
class Leading:
    """The first of `total` entries, in order, in the shape of `duixian changes --json`."""

    entries: list[dict[str, Any]]
    total: int


def leading(ledger: Ledger, order: Order, most: int, *, run: str | None = None) -> Leading:
    """The first `most` entries that hold, without restated ones. run: only what this run said first."""
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        query = standing(ChangeRow, upto).where(_T.c.change != "restated")
        if run is not None:
            query = query.where(_T.c.first_seq.in_(seqs_of_run(run)))
        figures = kept(connection) if run is None else None
        if figures is None:
            log = query.subquery()
            number = func.count().label("number")
            by_place = select(log.c.district, number).group_by(log.c.district)
            tally: dict[str, int] = {row.district: row.number for row in connection.execute(by_place)}
        else:
            tally = {place: kinds.total() - kinds["restated"] for place, kinds in figures.log.items()}
        rows: list[Any] = []
        few = run is not None and sum(tally.values()) <= FEW
        every = connection.execute(query).all() if few else []
        for district in sorted(tally, key=lambda name: (-tally[name], name)):
            if len(rows) >= most:
                break
            if few:  # asked for by place, all that was ever said of it would be gone through
                rows += [row for row in every if row.district == district]
            else:
                rows += connection.execute(query.where(_T.c.district == district)).all()
        chosen = {entry["seq"]: None for entry in order(_outlines(connection, rows, upto))[:most]}
        by_seq = {row.seq: row for row in rows if row.seq in chosen}
        entries = render(connection, [by_seq[seq] for seq in chosen], upto)
    return Leading(entries, sum(tally.values()))


def last_run_with_news(ledger: Ledger) -> str | None:
    """The last run that was the first to say something that holds now; None where nothing holds."""
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        seqs = connection.execute(select(Commit.run_seq).distinct().order_by(Commit.run_seq.desc())).scalars()
        for some in chunks(seqs.all(), 1):
            name = connection.execute(select(RunRow.id).where(RunRow.seq == some[0])).scalar_one()
            news = standing(ChangeRow, upto).where(
                _T.c.change != "restated", _T.c.first_seq.in_(seqs_of_run(name))
            )
            if connection.execute(news.limit(1)).first() is not None:
                return str(name)
    return None


def _outlines(connection: Connection, rows: Sequence[Any], upto: int) -> list[dict[str, Any]]:
    """What entries are sorted by, without opening any text."""
    thread = threads(connection, (row.commitment for row in rows), upto)
    return [
        {
            "seq": row.seq,
            "id": row.id,
            "change": row.change,
            "grade": row.grade,
            "district": row.district,
            "edition_from": row.edition_from,
            "edition_to": row.edition_to,
            "commitment": {"kind": of.kind, "title": of.title},
        }
        for row in rows
        for of in [thread[row.scope, row.commitment]]
    ]
