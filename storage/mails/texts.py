"""The texts that a window of commits brought."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage.dates import last_day
from storage.models import Commit, ReadingRow, RunRow, VersionRow
from storage.runs import BACKFILL


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was recorded. said: the last day on which it can have been said; year: of its plan.
    whole: it is a government's full report or plan. backfilled: a backfill brought it."""

    sha256: str
    district: str
    title: str | None
    type: str
    said: date | None
    year: str | None
    whole: bool
    recorded_at: datetime
    backfilled: bool = False

    def archive(self, days: int) -> bool:
        """Whether a backfill brought it, or it was said more than so many days before it was recorded."""
        return self.backfilled or (
            self.said is not None and (self.recorded_at.date() - self.said).days > days
        )


def texts_recorded(connection: Connection, after: int, upto: int) -> list[Text]:
    """Versions that were recorded in a window, as they were read last, in the order of recording."""
    query = (
        select(
            VersionRow.seq,
            VersionRow.sha256,
            ReadingRow.place_name,
            ReadingRow.title,
            ReadingRow.type,
            ReadingRow.published,
            ReadingRow.plan_year,
            ReadingRow.complete_clue,
            Commit.recorded_at,
            RunRow.kind,
        )
        .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
        .join(Commit, Commit.seq == VersionRow.commit_seq)
        .join(RunRow, RunRow.seq == Commit.run_seq)
        .where(
            VersionRow.commit_seq > after,
            VersionRow.commit_seq <= upto,
            ReadingRow.commit_seq <= upto,
            ReadingRow.refused.is_(None),
        )
        .order_by(VersionRow.seq, ReadingRow.seq)
    )
    found: dict[str, Text] = {}
    for row in connection.execute(query):
        found[row.sha256] = Text(
            row.sha256,
            row.place_name,
            row.title,
            row.type,
            _said(row.published, row.plan_year),
            row.plan_year,
            row.complete_clue is not None and bool(json.loads(row.complete_clue)[0]),
            row.recorded_at,
            row.kind == BACKFILL,
        )
    return list(found.values())


def _said(published: str | None, year: str | None) -> date | None:
    """The last day that a date can mean; a text without one was said by the end of its plan year."""
    told = last_day(published or year)
    return date.fromisoformat(told) if told else None
