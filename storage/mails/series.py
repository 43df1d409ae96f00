"""What a promise amounted to, edition by edition: the figures behind a bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.by_key import has_key
from storage.models import MemberRow, StatementRow
from storage.queries.facts import threads
from storage.selecting import chunks
from storage.statement_rows import amounts_of


@dataclass(frozen=True, slots=True)
class Point:
    """A figure. period: the year of the edition that promises it, or the year that a result is of; role:
    promise or result; op: how it is bounded."""

    period: str
    role: str
    value: float
    op: str
    unit: str


def series(
    connection: Connection, commitments: Sequence[tuple[str, str]], upto: int
) -> dict[str, tuple[Point, ...]]:
    """Figures of commitments (scope, id) in the order of years; only of those with two or more promised
    figures in one unit."""
    wanted = set(commitments)
    rows = threads(connection, {name for _, name in wanted}, upto)
    owner = {rows[key].seq: key[1] for key in sorted(wanted) if key in rows}
    members: dict[str, list[tuple[str, str, str]]] = {}
    for some in chunks(sorted(owner)):
        query = (
            select(MemberRow.commitment_seq, MemberRow.key, MemberRow.period, MemberRow.role)
            .where(MemberRow.commitment_seq.in_(some), MemberRow.period.is_not(None))
            .where(MemberRow.role != "named")
            .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
        )
        for row in connection.execute(query):
            members.setdefault(row.key, []).append((owner[row.commitment_seq], row.period, row.role))
    found: dict[str, dict[tuple[str, str], Point]] = {}
    for key, own, quantity in _amounts(connection, members):
        for commitment, edition, role in members[key]:
            # A report gives last year's figure in this year's edition: it belongs to the year it is of.
            period = own if role == "result" else edition
            if period is None or not period.isdigit():
                continue
            point = Point(period, role, float(quantity[0]), quantity[1], quantity[2])
            found.setdefault(commitment, {}).setdefault((period, role), point)
    return {name: told for name, points in found.items() if (told := _told(points.values()))}


def _amounts(
    connection: Connection, keys: Iterable[str]
) -> Iterable[tuple[str, str | None, tuple[str, str, str]]]:
    """Statements with exactly one amount: key, period, and value, bound, unit."""
    for some in chunks(sorted(keys)):
        query = select(StatementRow.key, StatementRow.period, StatementRow.quantities).where(
            has_key(StatementRow.key, "keys"), StatementRow.quantities.is_not(None)
        )
        for key, period, stored in connection.execute(query, {"keys": some}):
            amounts, _ = amounts_of(stored)
            if len(amounts) == 1 and amounts[0].get("high") is None:
                one = amounts[0]
                yield key, period, (one["value"], one["op"], one.get("unit") or "")


def _told(points: Iterable[Point]) -> tuple[Point, ...]:
    ordered = sorted(points, key=lambda p: (p.period, p.role))
    promised = [point for point in ordered if point.role == "promise"]
    units = {point.unit for point in ordered}
    return tuple(ordered) if len(promised) > 1 and len(units) == 1 else ()
