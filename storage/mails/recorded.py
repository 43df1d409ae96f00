"""When words came into the ledger, and whether a backfill brought them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from storage.models import Commit, RunRow, VersionRow
from storage.runs import BACKFILL
from storage.selecting import chunks


class Recorded(NamedTuple):
    """The time of a commit. backfilled: its run took in an archive."""

    at: datetime
    backfilled: bool


def recorded(connection: Connection, hashes: Iterable[str]) -> dict[str, Recorded]:
    """When each version was first recorded, by its hash."""
    found: dict[str, Recorded] = {}
    for some in chunks(sorted(set(hashes))):
        first = (
            select(VersionRow.sha256, func.min(VersionRow.commit_seq).label("seq"))
            .where(VersionRow.sha256.in_(some))
            .group_by(VersionRow.sha256)
            .subquery()
        )
        query = (
            select(first.c.sha256, Commit.recorded_at, RunRow.kind)
            .join(Commit, Commit.seq == first.c.seq)
            .join(RunRow, RunRow.seq == Commit.run_seq)
        )
        for row in connection.execute(query):
            found[row.sha256] = Recorded(row.recorded_at, row.kind == BACKFILL)
    return found
