"""One indicator of a place over the years: what was promised beside what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from audit.asking import commitments
from audit.asking.changes import Audience
from audit.asking.clocks import Clocks
from audit.asking.points import Picture, picture
from storage.ledger import Ledger
from storage.models import CommitmentRow, MemberRow
from storage.queries.facts import standing
from storage.queries.naming import other_names
from storage.queries.statements import statements_of
from storage.queries.veil import Veil
from storage.selecting import chunks, horizon

MOST = 40


def indicator(
    ledger: Ledger, district: str, subject: str, clocks: Clocks, audience: Audience = "operator"
) -> tuple[list[dict[str, Any]], Picture]:
    """The commitments of a place about exactly this subject, and one picture of all of them."""
    question = commitments.CommitmentQuestion(clocks=clocks, district=district, subject=subject)
    found = commitments.ask(ledger, question, limit=MOST).entries
    stories = [s for c in found if (s := commitments.story(ledger, c["id"], clocks, audience)) is not None]
    every = {"statements": [s for one in stories for s in one["statements"]]}
    return stories, picture(every, ())


def series(drawn: Picture) -> list[dict[str, Any]]:
    """The picture as records: year, promised or result, amount and unit, the words and where they stand."""
    return [
        {
            "year": p.year,
            "role": p.role,
            "op": p.op,
            "value": p.value,
            "high": p.high,
            "unit": p.unit,
            "edition": p.edition,
            "published_on": p.published_on,
            "quote": p.quote,
            "sha256": p.sha256,
            "start": p.start,
            "statement": p.key,
        }
        for p in drawn.points
    ]


def leading(
    ledger: Ledger, district: str, clocks: Clocks, most: int = 12
) -> list[tuple[dict[str, Any], Picture]]:
    """The indicators of a place that most editions set, each with its picture; of each `id`, `title` and
    `editions`. Only what is drawn is read: no entries of the log."""
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        told = [t for t in _targets(connection, district, upto, clocks) if len(t.editions) > 1]
        found: list[tuple[dict[str, Any], Picture]] = []
        # Nearly all have amounts: what comes behind the first dozen is seldom read.
        for some in chunks(told[: 3 * most], most):
            found += _measured(connection, some, upto, clocks)
            if len(found) >= most:
                break
    return found[:most]


def _measured(
    connection: Connection, told: Sequence[_Target], upto: int, clocks: Clocks
) -> Iterator[tuple[dict[str, Any], Picture]]:
    """Those of the targets that have amounts to draw, with their pictures."""
    renamed = other_names(connection, Veil(connection), [t.row for t in told], upto)
    members = [m for t in told for m in t.members]
    said = statements_of(connection, {m.sha256 for m in members}, upto, {m.key for m in members})
    for one in told:
        statements = [
            {"edition": m.period, "role": m.role, **said[m.key]}
            for m in one.members
            if m.key in said and clocks.holds(said[m.key]["published_on"], m.period)
        ]
        drawn = picture({"statements": statements}, ())
        if drawn.measured:
            title = renamed.get(one.row.seq, one.row.title)
            yield {"id": one.row.id, "title": title, "editions": sorted(one.editions)}, drawn


@dataclass(frozen=True, slots=True)
class _Target:
    row: Row[Any]
    members: list[Row[Any]]
    editions: set[str]


def _targets(connection: Connection, district: str, upto: int, clocks: Clocks) -> list[_Target]:
    """The commitments with amounts of a place, those first that most editions and statements set."""
    t, m = CommitmentRow.__table__, MemberRow.__table__
    own = standing(CommitmentRow, upto).where(t.c.district == district, t.c.kind == "target")
    query = own.join(MemberRow, m.c.commitment_seq == t.c.seq).with_only_columns(
        *(t.c.seq, t.c.id, t.c.title), *(m.c.period, m.c.role, m.c.key, m.c.sha256)
    )
    by_seq: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query.order_by(t.c.seq, m.c.ordinal)).all():
        if row.role != "named" and (row.period is None or clocks.holds(None, row.period)):
            by_seq.setdefault(row.seq, []).append(row)
    found = [_Target(some[0], some, {x.period for x in some if x.period}) for some in by_seq.values()]
    return sorted(found, key=lambda o: (-len(o.editions), -len(o.members), o.row.title, o.row.id))
