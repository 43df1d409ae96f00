"""What became of entries that no longer hold; derived from the later rows, stored nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from storage.models import ChangeRow
from storage.selecting import among, chunks

_T = ChangeRow.__table__

Superseded = str
"""Id of the entry that stands in for one, else entry hash of the row that took it back."""


_ROWS = (
    select(_T.c.seq, _T.c.scope, _T.c.id, _T.c.op, _T.c.first_seq, _T.c.replaced_by, _T.c.entry_hash)
    .where(_T.c.scope == bindparam("scope"), _T.c.id.in_(among("ids")), _T.c.commit_seq <= bindparam("upto"))
    .order_by(_T.c.seq)
)


def superseding(connection: Connection, rows: Sequence[Row[Any]], upto: int) -> dict[int, Superseded]:
    """For rows that no longer held at commit `upto`, by seq: what superseded them."""
    later: dict[tuple[str, str], list[Row[Any]]] = {}
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row.scope, set()).add(row.id)
    # Scope by scope: only together do the two stand in an index.
    for scope, own in sorted(ids.items()):
        for some in chunks(sorted(own)):
            for one in connection.execute(_ROWS, {"scope": scope, "ids": some, "upto": upto}):
                later.setdefault((one.scope, one.id), []).append(one)
    next_rows: dict[int, Row[Any]] = {}
    for row in rows:
        for one in later[row.scope, row.id]:
            same = one.op == "assert" and one.first_seq == row.first_seq
            if one.seq > row.seq and not same:
                next_rows[row.seq] = one
                break
    heirs = _ids(connection, [n.replaced_by for n in next_rows.values() if n.replaced_by is not None])
    return {
        seq: n.id if n.op == "assert" else heirs.get(n.replaced_by, n.entry_hash)
        for seq, n in next_rows.items()
    }


def _ids(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(sorted(set(seqs))):
        for seq, name in connection.execute(select(_T.c.seq, _T.c.id).where(_T.c.seq.in_(some))):
            found[seq] = name
    return found
