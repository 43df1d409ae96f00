"""Rows of the change log that came in a window of commits, with what stood before them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from storage.models import ChangeRow
from storage.selecting import chunks
from tracking.model import ACCUSATIONS

_T = ChangeRow.__table__
Role = Literal["reader", "editor"]
Key = tuple[str, str]
"""Scope and id of an entry."""

_COLUMNS = tuple(_T.c)


def telling(row: Row[Any], body: dict[str, Any]) -> tuple[Any, ...]:
    """What an entry says to a reader; rows that differ only elsewhere (in grounds, in the thread's id) say
    the same. That a text expressly withdraws something is another thing than its absence."""
    stated = row.change == "dropped" and row.grade == "stated"
    return row.change, row.edition_from, row.edition_to, body.get("fields"), stated


def visible(row: Row[Any], body: dict[str, Any], role: Role) -> bool:
    """Whether a role may be told: accusations reach readers only after a person reviewed them."""
    return role == "editor" or row.change not in ACCUSATIONS or bool(body.get("reviewed"))


@dataclass
class Moves:
    """All rows of the change log that commits `after` < c ≤ `upto` brought, by entry and in order.

    before: the last row of these entries at `after`.
    """

    connection: Connection
    after: int
    upto: int
    rows: dict[Key, list[Row[Any]]] = field(default_factory=dict)
    before: dict[Key, Row[Any]] = field(default_factory=dict)
    heirs: dict[int, list[Row[Any]]] = field(default_factory=dict)
    """Withdrawn rows by the number of the row that stands in for them."""
    _bodies: dict[int, dict[str, Any]] = field(default_factory=dict)

    def last(self, key: Key) -> Row[Any] | None:
        """The last row of an entry at `upto`, as far as the window touches it."""
        rows = self.rows.get(key)
        return rows[-1] if rows else self.before.get(key)

    def earlier(self, row: Row[Any]) -> list[Row[Any]]:
        """Rows that this one continues: the one before it under its id, and those that it stands in for."""
        key = (row.scope, row.id)
        own = [one for one in self.rows.get(key, ()) if one.seq < row.seq]
        previous = own[-1] if own else self.before.get(key)
        found = [previous] if previous is not None and previous.op == "assert" else []
        for gone in self.heirs.get(row.seq, ()):
            line = [one for one in self.rows[gone.scope, gone.id] if one.seq < gone.seq]
            old = line[-1] if line else self.before.get((gone.scope, gone.id))
            if old is not None and old.op == "assert":
                found.append(old)
        return found

    def body(self, row: Row[Any]) -> dict[str, Any]:
        """The content of a row."""
        if row.seq not in self._bodies:
            self._bodies[row.seq] = json.loads(row.body)
        return self._bodies[row.seq]


def moves(connection: Connection, after: int, upto: int) -> Moves:
    """What the commits of a window brought to the change log."""
    found = Moves(connection, after, upto)
    query = select(*_COLUMNS).where(_T.c.commit_seq > after, _T.c.commit_seq <= upto).order_by(_T.c.seq)
    for row in connection.execute(query):
        found.rows.setdefault((row.scope, row.id), []).append(row)
        if row.op == "withdraw" and row.replaced_by is not None:
            found.heirs.setdefault(row.replaced_by, []).append(row)
    found.before = last_rows(connection, found.rows, after)
    return found


def last_rows(
    connection: Connection, keys: Iterable[Key], upto: int, *, asserted: bool = False
) -> dict[Key, Row[Any]]:
    """The last row of each entry at a commit; asserted: the last that says it."""
    scopes: dict[str, list[str]] = {}
    for scope, name in keys:
        scopes.setdefault(scope, []).append(name)
    found: dict[Key, Row[Any]] = {}
    for scope, names in sorted(scopes.items()):
        for some in chunks(sorted(set(names))):
            query = (
                select(*_COLUMNS)
                .where(_T.c.scope == scope, _T.c.id.in_(some), _T.c.commit_seq <= upto)
                .order_by(_T.c.seq)
            )
            if asserted:
                query = query.where(_T.c.op == "assert")
            for row in connection.execute(query):
                found[row.scope, row.id] = row
    return found


def by_seq(connection: Connection, seqs: Iterable[int]) -> dict[int, Row[Any]]:
    """Rows by number."""
    found: dict[int, Row[Any]] = {}
    for some in chunks(sorted(set(seqs))):
        for row in connection.execute(select(*_COLUMNS).where(_T.c.seq.in_(some))):
            found[row.seq] = row
    return found
