"""What became of entries that no longer hold; derived from the later rows, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.among import among
from storage.asking import Ask, Prepared, ask, rows_of
from storage.models import ChangeRow

_T = ChangeRow.__table__

Superseded = str
"""Id of the entry that stands in for one, else entry hash of the row that took it back."""


_ROWS = Prepared(
    select(_T.c.seq, _T.c.scope, _T.c.id, _T.c.op, _T.c.first_seq, _T.c.replaced_by, _T.c.entry_hash)
    .where(_T.c.scope == bindparam("scope"), among(_T.c.id, "ids"), _T.c.commit_seq <= bindparam("upto"))
    .order_by(_T.c.seq)
)
_IDS = Prepared(select(_T.c.seq, _T.c.id).where(among(_T.c.seq, "seqs")))


def superseding(
    connection: Connection, rows: Sequence[Any], upto: int, at_hand: Sequence[Any] | None = None
) -> dict[int, Superseded]:
    """For rows that no longer held at commit `upto`, by seq: what superseded them.

    at_hand: all rows of their ids up to then, by seq."""
    later: dict[tuple[str, str], list[Any]] = {}
    for one in _rows(connection, rows, upto) if at_hand is None else at_hand:
        later.setdefault((one.scope, one.id), []).append(one)
    next_rows: dict[int, Any] = {}
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


def _rows(connection: Connection, rows: Sequence[Any], upto: int) -> Iterator[Any]:
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row.scope, set()).add(row.id)
    # Scope by scope: only together do the two stand in an index.
    for scope, own in sorted(ids.items()):
        yield from ask(connection, Ask(rows_of, _ROWS, {"scope": scope, "ids": own, "upto": upto}))


def _ids(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    if seqs:
        for seq, name in ask(connection, Ask(rows_of, _IDS, {"seqs": set(seqs)})):
            found[seq] = name
    return found
