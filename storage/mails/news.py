"""What a window of commits has to tell: entries that began to hold in it, for a reader or for an editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from storage.mails.recorded import Recorded
from storage.mails.rows import Moves, Role, telling, visible
from storage.models import Commit, RunRow
from storage.runs import BACKFILL

QUIET = "parser"
"""The cause that is never news: an upgrade changes our reading, not what a place promised."""


@dataclass(frozen=True, slots=True)
class News:
    """An entry that is news. row: as it stands at the window's end. came: when it began to hold, and how."""

    row: Row[Any]
    came: Recorded
    cause: str


def news(moved: Moves, role: Role) -> list[News]:
    """Entries that hold at the window's end, that the role may see, and that began to within the window.

    An entry that only changed its grounds, its thread or its id began where it first said the same. What
    began by a parser upgrade is no news; nor is what is stated again.
    """
    times = _times(moved)
    found = []
    for rows in moved.rows.values():
        row = rows[-1]
        if row.op != "assert" or row.change == "restated" or not visible(row, moved.body(row), role):
            continue
        first = _began(moved, row, role)
        if first is not None and first.cause != QUIET:
            found.append(News(row, times[first.commit_seq], first.cause))
    return sorted(found, key=lambda one: one.row.seq)


def _began(moved: Moves, row: Row[Any], role: Role) -> Row[Any] | None:
    """The first row of the window that said what this one says, visibly; None where one before it did."""
    told = telling(row, moved.body(row))
    queue, first, seen = [row], row, {row.seq}
    while queue:
        one = queue.pop()
        first = one if one.seq < first.seq else first
        for old in moved.earlier(one):
            body = moved.body(old)
            if old.seq in seen or telling(old, body) != told or not visible(old, body, role):
                continue
            if old.commit_seq <= moved.after:
                return None
            seen.add(old.seq)
            queue.append(old)
    return first


def _times(moved: Moves) -> dict[int, Recorded]:
    query = (
        select(Commit.seq, Commit.recorded_at, RunRow.kind)
        .join(RunRow, RunRow.seq == Commit.run_seq)
        .where(Commit.seq > moved.after, Commit.seq <= moved.upto)
    )
    return {
        row.seq: Recorded(row.recorded_at, row.kind == BACKFILL) for row in moved.connection.execute(query)
    }
