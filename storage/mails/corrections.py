"""What mails told and what does not hold any more: it is taken back from those who got it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.mails.rows import Key, Moves, Role, by_seq, last_rows, telling, visible
from storage.models import ChangeRow, DeliveryStep, MailRow, ToldRow
from storage.selecting import chunks

_T = ChangeRow.__table__


@dataclass(frozen=True, slots=True)
class Told:
    """A row that a mail told as news. at: when that mail was made."""

    subscriber: str
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was told and holds no more. row: as it was told; now: the row that stands in for it, None where
    nothing does or where the role may not see it. cause: document, parser or ruling."""

    told: Told
    row: Row[Any]
    now: Row[Any] | None
    cause: str


def taken_back(moved: Moves, role: Role, subscribers: Iterable[str]) -> dict[str, list[TakenBack]]:
    """By subscriber, what a window's commits proved wrong of what they were told before."""
    connection = moved.connection
    touched = _with_ancestors(connection, moved)
    told = _told(connection, touched, frozenset(subscribers))
    rows = by_seq(connection, (one.seq for one in told))
    verdicts = {seq: _verdict(connection, moved, rows[seq], role) for seq in rows}
    found: dict[str, list[TakenBack]] = {}
    for one in told:
        verdict = verdicts[one.seq]
        if verdict is not None:
            now, cause = verdict
            found.setdefault(one.subscriber, []).append(TakenBack(one, rows[one.seq], now, cause))
    return found


def _with_ancestors(connection: Connection, moved: Moves) -> set[Key]:
    """Entries that the window touches, and those that they stand in for since earlier."""
    touched = set(moved.rows)
    fresh = {key: row for key, row in moved.before.items() if row.op == "assert"}
    while fresh:
        # A withdrawal lies in the commit of what stands in for it, and commits are indexed.
        wanted = {row.seq for row in fresh.values()}
        found: set[Key] = set()
        for some in chunks(sorted({row.commit_seq for row in fresh.values()})):
            query = select(_T.c.scope, _T.c.id, _T.c.replaced_by).where(
                _T.c.commit_seq.in_(some), _T.c.op == "withdraw"
            )
            found |= {(r.scope, r.id) for r in connection.execute(query) if r.replaced_by in wanted}
        found -= touched
        touched |= found
        fresh = last_rows(connection, found, moved.upto, asserted=True)
    return touched


def _told(connection: Connection, keys: set[Key], subscribers: frozenset[str]) -> list[Told]:
    """The last telling of each entry to each subscriber, unless it was taken back already."""
    cancelled = set(
        connection.execute(select(DeliveryStep.mail_seq).where(DeliveryStep.step == "cancelled")).scalars()
    )
    scopes: dict[str, list[str]] = {}
    for scope, name in keys:
        scopes.setdefault(scope, []).append(name)
    last: dict[tuple[str, str, str], Told] = {}
    back: set[tuple[str, int]] = set()
    for scope, names in sorted(scopes.items()):
        for some in chunks(sorted(names)):
            query = (
                select(
                    ToldRow.mail_seq,
                    ToldRow.change_seq,
                    ToldRow.what,
                    MailRow.subscriber,
                    MailRow.made_at,
                    _T.c.scope,
                    _T.c.id,
                )
                .join(MailRow, MailRow.seq == ToldRow.mail_seq)
                .join(ChangeRow, ChangeRow.seq == ToldRow.change_seq)
                .where(_T.c.scope == scope, _T.c.id.in_(some))
                .order_by(ToldRow.mail_seq, ToldRow.change_seq)
            )
            for row in connection.execute(query):
                if row.mail_seq in cancelled or row.subscriber not in subscribers:
                    continue
                if row.what == "taken back":
                    back.add((row.subscriber, row.change_seq))
                else:
                    one = Told(row.subscriber, row.change_seq, row.made_at)
                    last[row.subscriber, row.scope, row.id] = one
    return [one for one in last.values() if (one.subscriber, one.seq) not in back]


def _verdict(
    connection: Connection, moved: Moves, told: Row[Any], role: Role
) -> tuple[Row[Any] | None, str] | None:
    """What holds instead of a told row, and by which cause; None where it still says the same."""
    row, cause, seen = told, "document", {told.seq}
    said = telling(told, moved.body(told))
    while True:
        last = last_rows(connection, [(row.scope, row.id)], moved.upto)[row.scope, row.id]
        if last.seq != row.seq:
            cause = last.cause
        if last.op == "assert":
            row = last
            break
        if last.replaced_by is None or last.replaced_by in seen:
            return None, cause
        seen.add(last.replaced_by)
        row = by_seq(connection, [last.replaced_by])[last.replaced_by]
    seen_by = visible(row, moved.body(row), role)
    if seen_by and telling(row, moved.body(row)) == said:
        return None
    return (row if seen_by else None), cause
