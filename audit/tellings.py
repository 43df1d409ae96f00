"""Results that promises are only told of by: statements that no entry of the log rests on.

They stand among a commitment's members as `named` (`tracking.told`), in the edition of the year after a
promise; a view that asks what became of the promise counts them as told in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam

from storage import dates
from storage.among import among
from storage.models import CommitmentRow, MemberRow
from storage.queries.facts import standing
from storage.queries.statements import statements_of
from storage.selecting import chunks
from tracking.views import Outcome, Promise, reviewing

_M = MemberRow.__table__
_PIECE = ("document", "sha256", "start", "end", "spans", "quote", "withheld")


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement that tells of a commitment in an edition's text.

    evidence: its words as a row of a scorecard opens them, with `told_of`: how surely (0..1).
    """

    key: str
    commitment: str
    edition: str
    said_on: str | None
    evidence: dict[str, Any]


def tellings(
    connection: Connection, promises: Collection[Promise], upto: int, as_of: date | None = None
) -> dict[tuple[str, str], Telling]:
    """By commitment and key the results that the texts which review promises tell of them, at commit `upto`.

    as_of: only what texts dated by that day say. What is told of by another promise is not here: it is set
    again in other words, and that reports nothing.
    """
    wanted = {(p.commitment, reviewing(p.edition)) for p in promises}
    named = _named(connection, {p.commitment for p in promises}, upto)
    members = [m for m in named if (m.id, m.period) in wanted]
    said = statements_of(connection, {m.sha256 for m in members}, upto, {m.key for m in members})
    found = {}
    for member in members:
        statement = said.get(member.key)
        if statement is None or statement["kind"] != "result":
            continue
        on = statement["published_on"]
        if as_of is not None and ((dates.last_day(on) if on else None) or "9999") > as_of.isoformat():
            continue
        piece = {name: statement[name] for name in _PIECE if name in statement}
        piece |= {"side": "new", "told_of": float(member.confidence)}
        found[member.id, member.key] = Telling(member.key, member.id, member.period, on, piece)
    return found


_C = CommitmentRow.__table__
_NAMED = (
    standing(CommitmentRow, bindparam("upto", type_=_C.c.commit_seq.type))
    .where(among(_C.c.id, "ids"))
    .join(MemberRow, _M.c.commitment_seq == _C.c.seq)
    .where(_M.c.role == "named", _M.c.period.is_not(None))
    .with_only_columns(_C.c.id, _M.c.key, _M.c.sha256, _M.c.period, _M.c.confidence)
)


def _named(connection: Connection, commitments: Collection[str], upto: int) -> Iterator[Row[Any]]:
    for some in chunks(sorted(commitments)):
        yield from connection.execute(_NAMED, {"ids": some, "upto": upto})


def outcomes_told_of(promises: Iterable[Promise], told: Iterable[Telling]) -> Iterator[Outcome]:
    """What the text that reviews a promise only tells of it: of one due over several years, nothing that an
    earlier text says."""
    by_place: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for one in told:
        by_place[one.commitment, one.edition].append(one)
    for promise in promises:
        for one in by_place.get((promise.commitment, reviewing(promise.edition) or ""), ()):
            yield Outcome(promise.commitment, promise.edition, "told_of", one.said_on, told_by=one.key)
