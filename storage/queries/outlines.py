"""The change log of a place in outline: what views count by, without opening a text for a quote."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from storage.models import ChangeRow, CommitmentRow
from storage.queries.facts import standing
from storage.selecting import among, chunks

_T = ChangeRow.__table__
_C = CommitmentRow.__table__
_NAMES = (
    select(_C.c.scope, _C.c.id, _C.c.kind, _C.c.title)
    .where(_C.c.id.in_(among("ids")), _C.c.op == "assert", _C.c.commit_seq <= bindparam("upto"))
    .order_by(_C.c.seq)
)


def outlines(
    connection: Connection,
    upto: int,
    *,
    district: str | None,
    as_of: date | None = None,
    kinds: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Entries that hold at commit `upto`, `restated` ones too, by date and id: what `changes` says of them
    but for names, quotes and times, and `row`, from which they can be rendered. kinds: only these.

    as_of: an imprecise date counts as its last possible day; undated entries are then left out.
    """
    query = standing(ChangeRow, upto)
    if district is not None:
        query = query.where(_T.c.district == district)
    if kinds:
        query = query.where(_T.c.change.in_(sorted(kinds)))
    if as_of is not None:
        query = query.where(_T.c.said_last <= as_of.isoformat())
    rows = connection.execute(query).all()
    named: dict[tuple[str, str], Row[Any]] = {}
    for some in chunks(sorted({row.commitment for row in rows})):
        for one in connection.execute(_NAMES, {"ids": some, "upto": upto}):
            named[one.scope, one.id] = one
    found = [_outline(row, named[row.scope, row.commitment]) for row in rows]
    return sorted(found, key=lambda e: (e["said_on"] or "9999", e["district"], e["id"]))


def _outline(row: Row[Any], of: Row[Any]) -> dict[str, Any]:
    body = json.loads(row.body)
    return {
        "row": row,
        "id": row.id,
        "change": row.change,
        "grade": row.grade,
        "reviewed": body.get("reviewed"),
        "district": row.district,
        "level": row.level,
        "commitment": {"id": row.commitment, "title": of.title, "kind": of.kind},
        "edition_from": row.edition_from,
        "edition_to": row.edition_to,
        "fields": body["fields"],
        "evidence": body["evidence"],
        "said_on": row.said_on,
        "about": row.about,
    }
