"""Commitments a page at a time, and the whole story of one as it stood on both clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from audit.asking.changes import Audience
from audit.asking.clocks import Clocks
from storage.ledger import Ledger
from storage.models import ChangeRow, CommitmentRow, MemberRow
from storage.queries import story as whole_story
from storage.queries.facts import commits, moment, standing
from storage.queries.paging import Order, page
from storage.queries.statements import statements_of
from storage.queries.veil import Veil
from storage.selecting import chunks, horizon
from storage.withholding import LABEL
from tracking.model import ACCUSATIONS

_T = CommitmentRow.__table__
_HEAD = ("id", "title", "kind", "subject", "life", "district", "place_code", "level")
ORDERS = ("recorded", "title")
"""How the list can be sorted: what was concluded last first; or by title, which needs a place."""


@dataclass(frozen=True, slots=True)
class CommitmentQuestion:
    """Which commitments are asked for. district: full name; subject: the exact words of what is promised."""

    clocks: Clocks = field(default_factory=Clocks)
    district: str | None = None
    level: str | None = None
    kind: str | None = None
    life: str | None = None
    subject: str | None = None
    edition: str | None = None
    sort: str = "recorded"


@dataclass(frozen=True, slots=True)
class CommitmentAnswer:
    """Commitments in the shape of `duixian commitments --json`, and where the next page begins."""

    entries: list[dict[str, Any]]
    next: str | None


def ask(
    ledger: Ledger, question: CommitmentQuestion, *, after: str | None = None, limit: int = 25
) -> CommitmentAnswer:
    """One page of the commitments; raises storage.queries.paging.CursorError."""
    with ledger.reading() as connection:
        upto = horizon(connection, question.clocks.known_at)
        found = page(connection, _asked(question, upto), _order(question), after, limit)
        return CommitmentAnswer(listed(connection, found.rows, upto, question.clocks), found.next)


def held(
    ledger: Ledger,
    clocks: Clocks,
    *,
    district: str | None = None,
    level: str | None = None,
    kind: str | None = None,
    life: str | None = None,
    subject: str | None = None,
    edition: str | None = None,
    sort: str | None = None,
) -> list[dict[str, Any]]:
    """All of them, by place, kind and title, as `duixian commitments --json` prints them; or in an order of
    `ORDERS`."""
    question = CommitmentQuestion(clocks, district, level, kind, life, subject, edition)
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        rows = connection.execute(_asked(question, upto)).all()
        rows = sorted(rows, key=lambda row: -row.seq) if sort == "recorded" else rows
        found = listed(connection, rows, upto, clocks)
    if sort == "recorded":
        return found
    if sort == "title":
        return sorted(found, key=lambda c: (c["title"], c["id"]))
    return sorted(found, key=lambda c: (c["district"], c["level"], c["kind"], c["title"], c["id"]))


def _asked(question: CommitmentQuestion, upto: int) -> Select[Any]:
    query = standing(CommitmentRow, upto)
    for name in ("district", "level", "kind", "life", "subject"):
        if (value := getattr(question, name)) is not None:
            query = query.where(_T.c[name] == value)
    if question.edition is not None:
        stated = exists().where(MemberRow.commitment_seq == _T.c.seq, MemberRow.period == question.edition)
        query = query.where(stated)
    if question.clocks.as_of is not None:
        # What is stated is in the log as an entry with the date of its text.
        c = ChangeRow.__table__.c
        day = question.clocks.as_of.isoformat()
        said = exists().where(
            c.commitment == _T.c.id, c.op == "assert", c.commit_seq <= upto, c.said_last <= day
        )
        query = query.where(said)
    return query


def _order(question: CommitmentQuestion) -> Order:
    if question.sort != "title" or question.district is None:
        return Order("recorded", _T.c.seq)
    return Order("title", _T.c.seq, _T.c.title, descending=False)


def listed(
    connection: Connection, rows: Iterable[Any], upto: int, clocks: Clocks | None = None
) -> list[dict[str, Any]]:
    """Rows of commitments as a list shows them, without what follows from withheld words. clocks: with a day,
    later editions are left out."""
    rows = list(rows)
    clocks = clocks or Clocks()
    members: dict[int, list[Any]] = {row.seq: [] for row in rows}
    query = select(
        MemberRow.commitment_seq, MemberRow.key, MemberRow.sha256, MemberRow.period, MemberRow.role
    )
    for some in chunks(sorted(members)):
        mine = query.where(MemberRow.commitment_seq.in_(some))
        for member in connection.execute(mine.order_by(MemberRow.commitment_seq, MemberRow.ordinal)):
            if member.period is None or clocks.holds(None, member.period):
                members[member.commitment_seq].append(member)
    when = commits(connection, (row.commit_seq for row in rows))
    veil = Veil(connection)
    said = {} if veil.lifted else _said(connection, members.values(), upto)
    found = []
    for row in rows:
        own = members[row.seq]
        record = {
            **{name: row._mapping[name] for name in _HEAD},
            "editions": sorted({m.period for m in own if m.period}),
            "statements": len({m.key for m in own}),
            "recorded_at": moment(when[row.commit_seq].recorded_at),
        }
        if said:
            veiled = veil.commitment({**record, "members": [{"key": m.key} for m in own]}, said)
            record |= {"title": veiled["title"], "subject": veiled["subject"]}
        found.append(record)
    return found


def _said(connection: Connection, members: Iterable[list[Any]], upto: int) -> dict[str, dict[str, Any]]:
    every = [m for some in members for m in some]
    return statements_of(connection, {m.sha256 for m in every}, upto, {m.key for m in every})


def story(
    ledger: Ledger, name: str, clocks: Clocks, audience: Audience = "operator"
) -> dict[str, Any] | None:
    """A commitment with its statements and entries, as `duixian show --json` has them, on both clocks.

    name: an id, a former id, or a beginning of one (LedgerError where several begin so). Adds `left_out`: how
    many statements the day asked about leaves out.
    """
    found = whole_story(ledger, name, known_at=clocks.known_at)
    if found is None:
        return None
    with ledger.reading() as connection:
        veil = Veil(connection)
    entries = [e for e in found["changes"] if may_leave(e, audience)]
    if not veil.lifted:
        found = _veiled(found, veil)
        named = {"title": found["title"], "subject": found["subject"]}
        entries = [veil.change(e, named) for e in entries]
    statements = [s for s in found["statements"] if clocks.holds(s["published_on"], s["edition"])]
    entries = [e for e in entries if clocks.holds(e["said_on"], e["edition_to"])]
    if not statements and found["statements"]:
        return None
    return {
        **found,
        "editions": sorted({s["edition"] for s in statements if s["edition"]}),
        "statements": statements,
        "changes": entries,
        "left_out": len(found["statements"]) - len(statements),
    }


def may_leave(entry: Mapping[str, Any], audience: Audience) -> bool:
    """Whether readers of this audience may see an entry: accusations only after review."""
    return audience == "operator" or entry["change"] not in ACCUSATIONS or bool(entry["reviewed"])


def _veiled(found: dict[str, Any], veil: Veil) -> dict[str, Any]:
    statements = [veil.statement(s) for s in found["statements"]]
    if not any(s.get("withheld") for s in statements):
        return {**found, "statements": statements}
    shown = [s["subject"] for s in statements if not s.get("withheld")]
    name = shown[0] if shown else LABEL
    return {**found, "statements": statements, "title": name, "subject": name}
