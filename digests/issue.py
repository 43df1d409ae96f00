"""What a window of commits has to tell one role: read from the ledger once, shared by all who get it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from digests.importance import weight
from storage.exports.rows import Source
from storage.ledger import Ledger
from storage.mails.cited import Cited, cited_texts
from storage.mails.corrections import TakenBack, taken_back
from storage.mails.news import News, news
from storage.mails.recorded import Recorded, recorded
from storage.mails.rows import Role, moves, visible
from storage.mails.series import Point, series
from storage.mails.texts import Text, texts_recorded
from storage.models import Commit
from storage.queries.changes import render
from storage.queries.veil import Veil
from storage.withholding import LABEL
from tracking.words.areas import area_of

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry that is news. seq: its row. said: the last day that it can have been said on; recorded: when
    the ledger had the words for it."""

    seq: int
    entry: Entry
    area: str
    said: date | None
    recorded: Recorded

    def archive(self, days: int) -> bool:
        """Whether a backfill brought it, or it was said more than so many days before it was recorded."""
        return self.recorded.backfilled or (
            self.said is not None and (self.recorded.at.date() - self.said).days > days
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What was told on a day and holds no more; now: what stands in for it. The numbers are rows."""

    seq: int
    told: Entry
    on: datetime
    cause: str
    now: Entry | None
    now_seq: int | None


@dataclass(frozen=True, slots=True)
class Issue:
    """Everything that commits after `after` up to `upto` brought. began, at: times of these; head: the hash
    of the last."""

    role: Role
    after: int
    upto: int
    began: datetime
    at: datetime
    head: str
    demo: bool
    facts: tuple[Fact, ...]
    corrections: Mapping[str, tuple[Correction, ...]]
    texts: tuple[Text, ...]
    cited: Mapping[str, Cited]
    series: Mapping[str, tuple[Point, ...]]
    marks: dict[Any, Any] = field(default_factory=dict)
    """What rendering keeps between mails."""


def gather(ledger: Ledger, after: int, upto: int, role: Role, subscribers: Iterable[str] = ()) -> Issue:
    """Read a window. subscribers: for whom to look for what has to be taken back."""
    with ledger.reading() as connection:
        moved = moves(connection, after, upto)
        found = news(moved, role)
        wrong = taken_back(moved, role, subscribers)
        rows = {one.row.seq: one.row for one in found}
        for several in wrong.values():
            for back in several:
                rows[back.row.seq] = back.row
                if back.now is not None:
                    rows[back.now.seq] = back.now
        (began, _), (at, head) = _commit(connection, after), _commit(connection, upto)
        veil = Veil(connection)
        source = Source(ledger, connection, "operator", None, upto, at, head, veil)
        told = source.veiled(render(connection, list(rows.values()), upto))
        entries = dict(zip(rows, told, strict=True))
        shown = [entries[one.row.seq] for one in found]
        facts = [
            _fact(one, entries[one.row.seq], ground)
            for one, ground in zip(found, _grounds(connection, found, shown), strict=True)
        ]
        facts.sort(key=lambda fact: weight(fact.entry))
        threads = [(one.row.scope, one.row.commitment) for one in found]
        return Issue(
            role,
            after,
            upto,
            began,
            at,
            head,
            ledger.mode == "demo",
            tuple(facts),
            {name: tuple(_correction(one, entries) for one in some) for name, some in wrong.items()},
            tuple(texts_recorded(connection, after, upto)),
            _cited(connection, told, upto, veil),
            # Figures are cut from words: where any are withheld, none are drawn.
            series(connection, threads, upto) if veil.lifted else {},
        )


def of_rows(
    ledger: Ledger, connection: Connection, rows: Sequence[Row[Any]], upto: int, role: Role
) -> tuple[Issue, list[Entry]]:
    """Rows of the log as entries that a role may see, in their order, and an issue to tell them with."""
    seen = [row for row in rows if visible(row, json.loads(row.body), role)]
    veil = Veil(connection)
    at, head = _commit(connection, upto)
    source = Source(ledger, connection, "operator", None, upto, at, head, veil)
    entries = source.veiled(render(connection, seen, upto))
    threads = [(row.scope, row.commitment) for row in seen]
    issue = Issue(
        role,
        upto,
        upto,
        at,
        at,
        head,
        ledger.mode == "demo",
        (),
        {},
        (),
        _cited(connection, entries, upto, veil),
        series(connection, threads, upto) if veil.lifted else {},
    )
    return issue, list(entries)


def _cited(connection: Connection, entries: Iterable[Entry], upto: int, veil: Veil) -> dict[str, Cited]:
    hashes = {piece["sha256"] for entry in entries for piece in entry["evidence"]}
    return {
        one.sha256: replace(one, title=LABEL) if veil.hides(one.sha256) else one
        for one in cited_texts(connection, hashes, upto).values()
    }


def _commit(connection: Connection, seq: int) -> tuple[datetime, str]:
    """Time and hash of a commit; of the beginning of time where there is none."""
    row = connection.execute(select(Commit.recorded_at, Commit.hash).where(Commit.seq == seq)).first()
    return (row.recorded_at, row.hash) if row else (datetime.fromtimestamp(0, UTC), "")


def _fact(one: News, entry: Entry, ground: Recorded) -> Fact:
    said = one.row.said_last or _year_end(one.row.edition_to)
    return Fact(one.row.seq, entry, area_of(entry), date.fromisoformat(said) if said else None, ground)


def _grounds(connection: Connection, found: list[News], entries: list[Entry]) -> list[Recorded]:
    """When the ledger had the words of entries: those that a ruling brought rest on texts known before."""
    ruled = {
        piece["sha256"]
        for one, entry in zip(found, entries, strict=True)
        if one.cause == "ruling"
        for piece in entry["evidence"]
    }
    known = recorded(connection, ruled)
    return [
        max((known[p["sha256"]] for p in entry["evidence"]), default=one.came)
        if one.cause == "ruling"
        else one.came
        for one, entry in zip(found, entries, strict=True)
    ]


def _year_end(period: str | None) -> str | None:
    """The last day of an edition's year: what it says was said by then."""
    return f"{period}-12-31" if period and period.isdigit() and len(period) == 4 else None


def _correction(one: TakenBack, entries: Mapping[int, Entry]) -> Correction:
    now = one.now
    return Correction(
        one.row.seq,
        entries[one.row.seq],
        one.told.at,
        one.cause,
        None if now is None else entries[now.seq],
        None if now is None else now.seq,
    )
