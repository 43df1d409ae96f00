"""The change log by place, kind, grade, edition, area, issuer, document and time, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    TextClause,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from audit.asking.clocks import Clocks
from storage.by_key import same_key
from storage.ledger import Ledger
from storage.models import ChangeRow, CommitmentRow, MemberRow, ReadingRow, StatementRow, VersionRow
from storage.models.derived import DIRECTIONS, directed, named
from storage.queries.changes import render
from storage.queries.facts import standing
from storage.queries.paging import Order, behind, page_of_several
from storage.queries.veil import Veil
from storage.selecting import horizon
from tracking.model import ACCUSATIONS
from tracking.words.areas import area_of

_T = ChangeRow.__table__
Audience = Literal["operator", "public"]
ORDERS = {
    "said": Order("said", _T.c.seq, _T.c.said_last),
    "said_asc": Order("said_asc", _T.c.seq, _T.c.said_last, descending=False),
    "recorded": Order("recorded", _T.c.first_seq),
    "recorded_asc": Order("recorded_asc", _T.c.first_seq, descending=False),
}
"""How the log can be sorted: by when it was said (unknown dates last) or by when we knew, newest first."""
REVIEWED = '%"reviewed":{%'
"""In canonical JSON only that key looks so: inside a text the quotation marks would be escaped."""
MOST_COUNTED = 1000
MOST_LOOKED_THROUGH, _AT_ONCE = 1000, 100
"""Entries that one answer looks through for an area."""
HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class ChangeQuestion:
    """Which entries are asked for. Without kinds: all but `restated`. district: full name."""

    clocks: Clocks = field(default_factory=Clocks)
    audience: Audience = "operator"
    district: str | None = None
    level: str | None = None
    kinds: Sequence[str] = ()
    grade: str | None = None
    edition: str | None = None
    commitment_kind: str | None = None
    area: str | None = None
    issuer: str | None = None
    document: str | None = None
    since: date | None = None
    until: date | None = None
    direction: str | None = None
    pending: bool = False
    sort: str = "said"


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """Entries in the shape of `duixian changes --json`. undated: how many a date left out."""

    entries: list[dict[str, Any]]
    next: str | None
    undated: int
    total: int
    """How many there are in all, counted up to `MOST_COUNTED`; of an area those of this page."""


def ask(
    ledger: Ledger, question: ChangeQuestion, *, after: str | None = None, limit: int = 25
) -> ChangeAnswer:
    """One page of the change log; raises storage.queries.paging.CursorError."""
    with ledger.reading() as connection:
        upto = horizon(connection, question.clocks.known_at)
        wanted = [*_conditions(question), *_told_of(connection, question)]
        dated = _dates(question)
        queries = [standing(ChangeRow, upto).where(*wanted, side) for side in _sides(question)]
        held = [query.where(*dated) for query in queries]
        if _scattered(question) and question.sort not in ("said", "said_asc"):
            held = _gathered(connection, held, standing(ChangeRow, upto).where(*wanted, *dated), question)
        if question.area is not None:
            return _of_area(connection, held, question, after, limit, upto)
        found = page_of_several(connection, held, ORDERS[question.sort], after, limit)
        entries = shown(connection, found.rows, upto)
        total = _count(connection, held, question)
        none = [query.where(_T.c.said_last.is_(None)) for query in queries]
        undated = _count(connection, none, question) if dated else 0
    return ChangeAnswer(entries, found.next, undated, total)


def _of_area(
    connection: Connection,
    queries: Sequence[Select[Any]],
    question: ChangeQuestion,
    after: str | None,
    limit: int,
    upto: int,
) -> ChangeAnswer:
    """A page of one subject area: known by the words of an entry, so the log is looked through for it, so far
    for one answer; `next` goes on from there."""
    order = ORDERS[question.sort]
    kept: list[dict[str, Any]] = []
    for _ in range(0, MOST_LOOKED_THROUGH, _AT_ONCE):
        found = page_of_several(connection, queries, order, after, _AT_ONCE)
        for row, entry in zip(found.rows, shown(connection, found.rows, upto), strict=True):
            if len(kept) == limit:
                return ChangeAnswer(kept, after, 0, len(kept))
            after = behind(row, order)
            if area_of(entry) == question.area:
                kept.append(entry)
        if found.next is None:
            return ChangeAnswer(kept, None, 0, len(kept))
    return ChangeAnswer(kept, after, 0, len(kept))


def shown(connection: Connection, rows: Sequence[Row[Any]], upto: int) -> list[dict[str, Any]]:
    """Rows of the log as entries, without what follows from withheld words."""
    entries = render(connection, rows, upto)
    veil = Veil(connection)
    if veil.lifted or not entries:
        return entries
    names = names_unveiled(connection, {e["commitment"]["id"] for e in entries}, upto, veil)
    return [
        veil.change(e, names.get(e["commitment"]["id"], {"title": "[withheld]", "subject": "[withheld]"}))
        for e in entries
    ]


def names_unveiled(connection: Connection, ids: set[str], upto: int, veil: Veil) -> dict[str, dict[str, Any]]:
    """Titles of commitments that do not come from withheld words."""
    from storage.queries.statements import statements_of

    t = CommitmentRow.__table__
    rows = connection.execute(standing(CommitmentRow, upto).where(t.c.id.in_(sorted(ids)))).all()
    members = connection.execute(
        select(MemberRow.commitment_seq, MemberRow.key, MemberRow.sha256)
        .where(MemberRow.commitment_seq.in_([row.seq for row in rows]))
        .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
    ).all()
    said = statements_of(connection, {m.sha256 for m in members}, upto, {m.key for m in members})
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        of = [{"key": m.key} for m in members if m.commitment_seq == row.seq]
        record = {"title": row.title, "subject": row.subject, "members": of}
        found[row.id] = veil.commitment(record, said)
    return found


def gate(audience: Audience) -> list[ColumnElement[bool]]:
    """What keeps unreviewed accusations from the public."""
    if audience == "operator":
        return []
    return [or_(_T.c.change.not_in(sorted(ACCUSATIONS)), _T.c.body.like(REVIEWED))]


def _conditions(q: ChangeQuestion) -> list[ColumnElement[bool] | TextClause]:
    found: list[ColumnElement[bool] | TextClause] = [*gate(q.audience)]
    plain = ((_T.c.district, q.district), (_T.c.level, q.level), (_T.c.grade, q.grade))
    found += [column == value for column, value in plain if value is not None]
    found.append(_T.c.change.in_(sorted(set(q.kinds))) if q.kinds else _T.c.change != "restated")
    if q.direction is not None:
        known = q.direction in DIRECTIONS
        # Of one place its own entries are fewer: as a parameter no index answers the words.
        own = directed(q.direction) if _scattered(q) and known else _T.c.body.like(named(q.direction))
        found.append(own if known else false())
    if q.pending:
        found += [_T.c.change.in_(sorted(ACCUSATIONS)), _T.c.body.not_like(REVIEWED)]
    if q.document is not None:
        # What cites a text was derived from the texts of its place: without that every body would be read.
        places = (
            select(ReadingRow.place_code)
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(VersionRow.sha256 == q.document)
        )
        cites = _T.c.body.like(f'%"{q.document}"%') if HASH.match(q.document) else false()
        found += [_T.c.scope.in_(places), cites]
    return found


def _told_of(connection: Connection, q: ChangeQuestion) -> list[ColumnElement[bool]]:
    """The kind of promise and the issuer asked for. Where the ledger has few of them the log is asked for
    these by name: it would be gone through to its end, since few entries fit."""
    promise, said = CommitmentRow.__table__.c, StatementRow.__table__.c
    found: list[ColumnElement[bool]] = []
    for column, name, same, told, asked in (
        (_T.c.commitment, promise.id, promise.id == _T.c.commitment, promise.kind, q.commitment_kind),
        (_T.c.about, said.key, same_key(said.key, _T.c.about), said.issuer, q.issuer),
    ):
        if asked is None:
            continue
        names: list[str] | None = None
        if q.district is None and q.document is None:
            names = list(connection.execute(select(name).where(told == asked).limit(MOST_COUNTED)).scalars())
        if names is not None and len(names) < MOST_COUNTED:
            found.append(column.in_(sorted(set(names))))
        else:
            found.append(exists().where(same, told == asked))
    return found


def _sides(q: ChangeQuestion) -> list[ColumnElement[bool]]:
    """Conditions that an entry of the edition asked for meets one of: each has its index, both have none."""
    if q.edition is None:
        return [true()]
    if not _scattered(q):
        return [_either(q.edition)]
    other = or_(_T.c.edition_to.is_(None), _T.c.edition_to != q.edition)
    return [_T.c.edition_to == q.edition, and_(_T.c.edition_from == q.edition, other)]


def _either(edition: str) -> ColumnElement[bool]:
    """The same in a form that no index answers: SQLite would gather all of the edition and then sort it."""
    return case((_T.c.edition_to == edition, 1), (_T.c.edition_from == edition, 1), else_=0) == 1


def _scattered(q: ChangeQuestion) -> bool:
    """Whether entries of an edition or a direction are asked for that stand anywhere in the log: of one place
    or text they are found among its own."""
    return (q.edition, q.direction) != (None, None) and q.district is None and q.document is None


def _gathered(
    connection: Connection, sides: Sequence[Select[Any]], whole: Select[Any], q: ChangeQuestion
) -> list[Select[Any]]:
    """A query for the same entries that can be sorted by when they were recorded. The indexes of editions and
    directions go by what was said: few entries are gathered first, and many are soon met in any order."""
    seqs: list[int] = []
    for query in sides:
        some = _by_index(query).limit(MOST_COUNTED - len(seqs))
        seqs += connection.execute(some).scalars().all()
    if len(seqs) < MOST_COUNTED:
        return [select(*_T.c).where(_T.c.seq.in_(seqs))]
    return [whole if q.edition is None else whole.where(_either(q.edition))]


def _by_index(query: Select[Any]) -> Select[Any]:
    """Numbers of the entries, in the order of the indexes: else SQLite takes the one by commit, since the log
    is asked for as it was known at one."""
    return query.with_only_columns(_T.c.seq).order_by(_T.c.said_last.desc(), _T.c.seq.desc())


def _dates(q: ChangeQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if q.since is not None:
        found.append(_T.c.said_last >= q.since.isoformat())
    for day in (q.until, q.clocks.as_of):
        if day is not None:
            found.append(_T.c.said_last <= day.isoformat())
    return found


def _count(connection: Connection, queries: Sequence[Select[Any]], q: ChangeQuestion) -> int:
    """How many entries the queries find together, up to `MOST_COUNTED`; none finds another's."""
    number = 0
    for query in queries:
        found = _by_index(query) if _scattered(q) else query.with_only_columns(_T.c.seq)
        some = found.limit(MOST_COUNTED - number).subquery()
        number += connection.execute(select(func.count()).select_from(some)).scalar_one()
    return number
