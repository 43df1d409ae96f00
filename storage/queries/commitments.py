"""Commitments, and the whole story of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask, rows_of, together
from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.models import ChangeRow, CommitmentRow, MemberRow
from storage.queries.changes import render
from storage.queries.facts import commits, moment, standing
from storage.queries.naming import other_names
from storage.queries.statements import ask_rows_of_thread, told_of
from storage.queries.superseding import superseding
from storage.queries.veil import Veil
from storage.selecting import chunks, horizon, last_commit
from storage.withholding import LABEL, ask_kinds_ruled

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
        upto, own, _ = together(
            connection,
            last_commit(known_at),
            Ask(rows_of, _OF_ID, {"name": commitment_id}),
            ask_kinds_ruled(connection),
            by_key=True,
        )
        row = _find(connection, own, commitment_id, upto)
        if row is None:
            return None
        members, stored, said, former = together(
            connection,
            Ask(rows_of, _MEMBERS, {"seqs": [row.seq]}),
            ask_rows_of_thread(row.seq),
            Ask(rows_of, _SAID_OF, {"ids": [row.id], "upto": upto}),
            Ask(rows_of, _FORMER, {"scope": row.scope, "ids": [row.id]}),
        )
        versions = {m.sha256 for m in members}
        entries = _entries(connection, row, said, {one.id for one in former}, upto, versions)
        texts = told_of(connection, stored, versions, upto)
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


def _head(row: Any, renamed: Mapping[int, str]) -> dict[str, Any]:
    names = ("id", "title", "kind", "subject", "life", "district", "place_code", "level")
    other = dict.fromkeys(("title", "subject"), renamed[row.seq]) if row.seq in renamed else {}
    return {**{name: getattr(row, name) for name in names}, **other}


_MEMBERS = Prepared(
    select(*MemberRow.__table__.c)
    .where(among(MemberRow.commitment_seq, "seqs"))
    .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
)
_OF_ID = Prepared(select(*_T.c).where(_T.c.id == bindparam("name")).order_by(_T.c.seq))
_SEQS = select(_T.c.seq).where(_T.c.scope == bindparam("scope"), among(_T.c.id, "ids"))
# Without the scope, which those that replace each other share: SQLite would look through all of the place.
_FORMER = Prepared(select(_T.c.id).where(_T.c.replaced_by.in_(_SEQS)))
_C = ChangeRow.__table__
_S = _C.alias()
_SAID_OF = Prepared(
    select(*_C.c)
    .join(_S, and_(_S.c.scope == _C.c.scope, _S.c.id == _C.c.id))
    .where(among(_S.c.commitment, "ids"), _S.c.op == "assert")
    .where(_S.c.commit_seq <= bindparam("upto"), _C.c.commit_seq <= bindparam("upto"))
    .order_by(_C.c.seq)
)
"""What was said under ids of commitments, and all else that was said or taken back under the ids of that."""


def _members(connection: Connection, seqs: Iterable[int]) -> dict[int, list[Any]]:
    """Members of commitment rows, in order."""
    seqs = sorted(set(seqs))
    found: dict[int, list[Any]] = {seq: [] for seq in seqs}
    for some in chunks(seqs):
        for row in ask(connection, Ask(rows_of, _MEMBERS, {"seqs": some})):
            found[row.commitment_seq].append(row)
    return found


def _find(connection: Connection, own: Sequence[Any], name: str, upto: int) -> Any | None:
    """The commitment that an id, a former id or a beginning of one means at commit `upto`. own: rows of this
    very id, whenever they came."""
    last = next((row for row in reversed(own) if row.commit_seq <= upto), None)
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


def _entries(
    connection: Connection, row: Any, said: Rows, former: set[str], upto: int, versions: Collection[str]
) -> list[dict[str, Any]]:
    """All entries of a commitment: those filed under its id (said), and under ids it had before (former)."""
    names = {row.id}
    while fresh := former - names:
        names |= fresh
        more, before = together(
            connection,
            Ask(rows_of, _SAID_OF, {"ids": fresh, "upto": upto}),
            Ask(rows_of, _FORMER, {"scope": row.scope, "ids": fresh}),
        )
        said, former = [*said, *more], {one.id for one in before}
    rows = sorted({one.seq: one for one in said if one.scope == row.scope}.values(), key=_by_seq)
    last = {one.first_seq: one for one in rows if one.op == "assert" and one.commitment in names}
    kept = list(last.values())
    entries = render(connection, kept, upto, superseding(connection, kept, upto, rows), also=versions)
    return sorted(entries, key=lambda e: (e["said_on"] or "9999", e["recorded_at"], e["id"]))


_by_seq = attrgetter("seq")
