"""Commitments, and the whole story of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.models import ChangeRow, CommitmentRow, MemberRow
from storage.queries.changes import render
from storage.queries.facts import commits, moment, standing
from storage.queries.naming import other_names
from storage.queries.statements import statements_of
from storage.queries.superseding import superseding
from storage.queries.veil import Veil
from storage.selecting import among, chunks, horizon
from storage.withholding import LABEL

_T = CommitmentRow.__table__


def commitments(
    ledger: Ledger,
    *,
    district: str | None = None,
    level: str | None = None,
    kind: str | None = None,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """Commitments that hold (or held at `known_at`), by place, kind and title."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        query = standing(CommitmentRow, upto)
        for column, value in ((_T.c.district, district), (_T.c.level, level), (_T.c.kind, kind)):
            if value is not None:
                query = query.where(column == value)
        rows = connection.execute(query).all()
        listed = _members(connection, (row.seq for row in rows))
        when = commits(connection, (row.commit_seq for row in rows))
        renamed = other_names(connection, Veil(connection), rows, upto)
    found = [
        {
            **_head(row, renamed),
            "editions": sorted({m.period for m in listed[row.seq] if m.period}),
            "statements": len({m.key for m in listed[row.seq]}),
            "recorded_at": moment(when[row.commit_seq].recorded_at),
        }
        for row in rows
    ]
    return sorted(found, key=lambda c: (c["district"], c["level"], c["kind"], c["title"], c["id"]))


def story(ledger: Ledger, commitment_id: str, *, known_at: datetime | None = None) -> dict[str, Any] | None:
    """One commitment with its statements and all its entries, superseded ones too; None if there is none.

    commitment_id: an id, a former id, or a beginning that only one has (LedgerError where several do).
    """
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        row = _find(connection, commitment_id, upto)
        if row is None:
            return None
        members = _members(connection, [row.seq])[row.seq]
        texts = statements_of(connection, {m.sha256 for m in members}, upto, {m.key for m in members})
        entries = _entries(connection, row, upto)
        renamed = other_names(connection, Veil(connection), [row], upto)
    return {
        **_head(row, renamed),
        "asked": commitment_id,
        "editions": sorted({m.period for m in members if m.period}),
        "statements": sorted(
            (
                {
                    "edition": m.period,
                    "role": m.role,
                    "why": LABEL if row.seq in renamed else m.why,
                    "confidence": float(m.confidence),
                    **texts[m.key],
                }
                for m in members
                if m.key in texts
            ),
            key=lambda s: (s["edition"] or "9999", s["published_on"] or "9999", s["start"], s["key"]),
        ),
        "changes": entries,
    }


def _head(row: Row[Any], renamed: Mapping[int, str]) -> dict[str, Any]:
    names = ("id", "title", "kind", "subject", "life", "district", "place_code", "level")
    other = dict.fromkeys(("title", "subject"), renamed[row.seq]) if row.seq in renamed else {}
    return {**{name: row._mapping[name] for name in names}, **other}


_MEMBERS = (
    select(*MemberRow.__table__.c)
    .where(MemberRow.commitment_seq.in_(among("seqs")))
    .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
)
_LAST_OF_ID = (
    select(*_T.c)
    .where(_T.c.id == bindparam("name"), _T.c.commit_seq <= bindparam("upto"))
    .order_by(_T.c.seq.desc())
    .limit(1)
)
_SEQS = select(_T.c.seq).where(_T.c.scope == bindparam("scope"), _T.c.id.in_(among("ids")))
# Without the scope, which those that replace each other share: SQLite would look through all of the place.
_FORMER = select(_T.c.id).where(_T.c.replaced_by.in_(_SEQS))
_C = ChangeRow.__table__
_SAID_OF = select(*_C.c).where(
    _C.c.commitment.in_(among("ids")), _C.c.op == "assert", _C.c.commit_seq <= bindparam("upto")
)


def _members(connection: Connection, seqs: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Members of commitment rows, in order."""
    seqs = sorted(set(seqs))
    found: dict[int, list[Row[Any]]] = {seq: [] for seq in seqs}
    for some in chunks(seqs):
        for row in connection.execute(_MEMBERS, {"seqs": some}):
            found[row.commitment_seq].append(row)
    return found


def _find(connection: Connection, name: str, upto: int) -> Row[Any] | None:
    """The commitment that an id, a former id or a beginning of one means at commit `upto`."""
    last = connection.execute(_LAST_OF_ID, {"name": name, "upto": upto}).first()
    if last is None and name:
        # A range, not LIKE: ids hold no letters beyond f, and it uses the index on both databases.
        beginning = _T.c.id.between(name, name + "g")
        rows = connection.execute(standing(CommitmentRow, upto).where(beginning).limit(50)).all()
        ids = {row.id for row in rows}
        if len(ids) > 1:
            raise LedgerError(f"several commitments begin with {name}: {', '.join(sorted(ids)[:5])}")
        return rows[0] if rows else None
    while last is not None and last.op == "withdraw":
        if last.replaced_by is None:
            return None
        heir = connection.execute(select(_T.c.scope, _T.c.id).where(_T.c.seq == last.replaced_by)).one()
        last = connection.execute(
            select(*_T.c)
            .where(_T.c.scope == heir.scope, _T.c.id == heir.id, _T.c.commit_seq <= upto)
            .order_by(_T.c.seq.desc())
            .limit(1)
        ).first()
    return last


def _entries(connection: Connection, row: Row[Any], upto: int) -> list[dict[str, Any]]:
    """All entries of a commitment: those filed under its id, and under ids it had before."""
    names = {row.id}
    fresh = {row.id}
    while fresh:
        former = connection.execute(_FORMER, {"scope": row.scope, "ids": sorted(fresh)}).scalars()
        fresh = set(former) - names
        names |= fresh
    rows = connection.execute(_SAID_OF, {"ids": sorted(names), "upto": upto}).all()
    # Not asked of the database: SQLite would then look through all of the place.
    rows = [one for one in rows if one.scope == row.scope]
    last = {one.first_seq: one for one in sorted(rows, key=lambda one: one.seq)}
    kept = list(last.values())
    entries = render(connection, kept, upto, superseding(connection, kept, upto))
    return sorted(entries, key=lambda e: (e["said_on"] or "9999", e["recorded_at"], e["id"]))
