"""The change log of a place in outline: what views count by, without opening a text for a quote."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from storage.among import among
from storage.models import ChangeRow, CommitmentRow
from storage.queries.facts import standing
from storage.selecting import chunks

_T = ChangeRow.__table__
_C = CommitmentRow.__table__
_NAMES = (
    select(_C.c.scope, _C.c.id, _C.c.kind, _C.c.title)
    .where(among(_C.c.id, "ids"), _C.c.op == "assert", _C.c.commit_seq <= bindparam("upto"))
    .order_by(_C.c.seq)
)


@dataclass(slots=True)
class Outline:
    """What `changes` says of an entry but for quotes and times. commitment: its id; kind, title: of the
    commitment; row: from which it can be rendered."""

    row: Row[Any]
    id: str
    change: str
    grade: str | None
    district: str
    level: str
    commitment: str
    kind: str
    title: str
    edition_from: str | None
    edition_to: str | None
    said_on: str | None
    about: str
    _body: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """What columns do not say. Views need it of few entries, and a place has thousands."""
        if not self._body:
            self._body = json.loads(self.row.body)
        return self._body

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """Side, hash and spans of the words it rests on."""
        found: list[dict[str, Any]] = self.body["evidence"]
        return found


def outlines(
    connection: Connection,
    upto: int,
    *,
    district: str | None,
    as_of: date | None = None,
    kinds: Collection[str] = (),
) -> list[Outline]:
    """Entries that hold at commit `upto`, `restated` ones too, by date and id. kinds: only these.

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
        for one in connection.execute(_NAMES, {"ids": some, "upto": upto}).all():
            named[one.scope, one.id] = one
    found = [_outline(row, named[row.scope, row.commitment]) for row in rows]
    return sorted(found, key=lambda e: (e.said_on or "9999", e.district, e.id))


_ORDER = [column.name for column in _T.c]
_OWN = itemgetter(
    *map(_ORDER.index, ("id", "change", "grade", "district", "level", "commitment")),
    *map(_ORDER.index, ("edition_from", "edition_to", "said_on", "about")),
)
"""By position: looking up ten names in each of a thousand rows takes as long as the question itself."""


def _outline(row: Row[Any], of: Row[Any]) -> Outline:
    id_, change, grade, district, level, commitment, *rest = _OWN(row)
    return Outline(row, id_, change, grade, district, level, commitment, of.kind, of.title, *rest)
