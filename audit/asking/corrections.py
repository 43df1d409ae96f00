"""What the ledger took back or says otherwise because it had been wrong: by a parser, or by a person."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import select

from audit.asking.changes import Audience, gate, shown
from audit.asking.clocks import Clocks
from storage.ledger import Ledger
from storage.models import ChangeRow
from storage.queries.facts import commits, moment
from storage.queries.paging import Order, page
from storage.selecting import horizon

_T = ChangeRow.__table__
CAUSES = ("parser", "ruling")


Sort = Literal["recorded", "recorded_asc"]
_AT_ONCE = 200


def every(
    ledger: Ledger, clocks: Clocks, sort: Sort = "recorded", district: str | None = None
) -> list[dict[str, Any]]:
    """All of them, as the operator sees them."""
    told: list[dict[str, Any]] = []
    after = None
    while True:
        some, after = corrections(
            ledger, clocks, "operator", after=after, limit=_AT_ONCE, sort=sort, district=district
        )
        told += some
        if after is None:
            return told


def corrections(
    ledger: Ledger,
    clocks: Clocks,
    audience: Audience,
    *,
    after: str | None,
    limit: int,
    sort: Sort = "recorded",
    district: str | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """Entries taken back, last first (or first first): `at`, `cause`, `old` (what was said) and `new` (what
    is said instead).

    An accusation that strangers never saw is nothing that was corrected before them.
    """
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        query = select(*_T.c).where(
            _T.c.op == "withdraw", _T.c.cause.in_(CAUSES), _T.c.commit_seq <= upto, *gate(audience)
        )
        if district is not None:
            query = query.where(_T.c.district == district)
        order = Order(f"taken back {sort}", _T.c.seq, descending=sort == "recorded")
        found = page(connection, query, order, after, limit)
        heirs = {
            row.seq: row
            for row in connection.execute(
                select(*_T.c).where(_T.c.seq.in_([r.replaced_by for r in found.rows if r.replaced_by]))
            )
        }
        old = shown(connection, found.rows, upto)
        new = dict(zip(heirs, shown(connection, list(heirs.values()), upto), strict=True))
        when = commits(connection, (row.commit_seq for row in found.rows))
    told = [
        {
            "at": moment(when[row.commit_seq].recorded_at),
            "cause": row.cause,
            "old": entry,
            "new": new.get(row.replaced_by),
        }
        for row, entry in zip(found.rows, old, strict=True)
    ]
    return told, found.next
