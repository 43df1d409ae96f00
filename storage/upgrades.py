"""What a newer parser has to read again, and what would come of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, select

from parsers.reading import Declared
from storage.batch import Batch
from storage.blobs import load_blobs
from storage.ledger import Ledger
from storage.models import (
    ChangeRow,
    Document,
    QuarantineDecision,
    QuarantineRow,
    QuarantineSighting,
    ReadingRow,
    RunRow,
    VersionRow,
)
from storage.queries.changes import render
from storage.queries.facts import standing
from storage.reading_rows import declared_from
from storage.readings import StoredText, stale_texts
from storage.ruling_rows import rulings_held
from storage.selecting import chunks
from storage.withholding import withheld
from storage.write import Arrival, Derive, append


def places_behind(
    ledger: Ledger, parser_version: str, among: Collection[str] | None = None
) -> dict[str, int]:
    """Places (of these codes) with texts that this parser has not read, and how many texts."""
    t = ReadingRow.__table__
    later = t.alias()
    replaced = exists().where(
        and_(
            later.c.version_seq == t.c.version_seq,
            later.c.declared_sha256 == t.c.declared_sha256,
            later.c.seq > t.c.seq,
        )
    )
    query = (
        select(t.c.place_code, t.c.version_seq, VersionRow.sha256)
        .join(VersionRow, VersionRow.seq == t.c.version_seq)
        .where(t.c.refused.is_(None), t.c.parser_version != parser_version, ~replaced)
    )
    found: dict[str, set[int]] = {}
    with ledger.reading() as connection:
        erased = withheld(connection).erased
        parts = [query] if among is None else [query.where(t.c.place_code.in_(c)) for c in chunks([*among])]
        for part in parts:
            for code, version, sha256 in connection.execute(part):
                if sha256 not in erased:
                    found.setdefault(code, set()).add(version)
    return {code: len(found[code]) for code in sorted(found)}


def texts_behind(ledger: Ledger, parser_version: str, place: str) -> list[StoredText]:
    """The texts of a place that this parser has not read; what was erased stays as it was read."""
    with ledger.reading() as connection:
        erased = withheld(connection).erased
    return [t for t in stale_texts(ledger, parser_version, places=[place]) if t.sha256 not in erased]


@dataclass(frozen=True, slots=True)
class HeldText:
    """A quarantined text whose bytes are kept, with all that trying it again needs."""

    id: str
    source: str
    locator: str
    content: bytes
    declared: Declared
    observed_at: datetime
    given_by: str | None


def held_texts(
    ledger: Ledger, *, but: str | None = None, ids: Collection[str] | None = None
) -> Iterator[HeldText]:
    """Texts in quarantine with their bytes. but: not those that this parser version has refused already.
    ids: only these, settled ones too."""
    with ledger.reading() as connection:
        query = (
            select(*QuarantineRow.__table__.c, Document.source, Document.locator)
            .join(Document, Document.seq == QuarantineRow.document_seq)
            .where(QuarantineRow.sha256.is_not(None))
            .order_by(QuarantineRow.seq)
        )
        rows = connection.execute(query).all()
        decided = select(QuarantineDecision.quarantine_seq, QuarantineDecision.decision)
        decisions = {
            row.quarantine_seq: row.decision
            for row in connection.execute(decided.order_by(QuarantineDecision.seq))
        }
        if ids is not None:
            wanted = [row for row in rows if row.id in ids]
        else:
            open_ones = [row for row in rows if decisions.get(row.seq, "reopened") == "reopened"]
            erased = withheld(connection).erased
            tried = _refused_by(connection, but) if but else set()
            wanted = [r for r in open_ones if r.seq not in tried and r.sha256 not in erased]
        for some in chunks(wanted, 50):
            blobs = load_blobs(connection, (row.sha256 for row in some))
            for row in some:
                yield HeldText(
                    row.id,
                    row.source,
                    row.locator,
                    blobs[row.sha256],
                    declared_from(row.declared),
                    row.observed_at,
                    row.given_by,
                )


def _refused_by(connection: Connection, parser_version: str) -> set[int]:
    """Numbers of the things in quarantine that a parser version refused, first or later."""
    first = select(QuarantineRow.seq).where(QuarantineRow.parser_version == parser_version)
    again = (
        select(QuarantineSighting.quarantine_seq)
        .join(RunRow, RunRow.seq == QuarantineSighting.run_seq)
        .where(RunRow.parser_version == parser_version)
    )
    return {*connection.execute(first).scalars(), *connection.execute(again).scalars()}


Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]
"""An entry of the log as it is and as it would be; None where there is none on that side."""


class _Enough(Exception):  # noqa: N818 - takes everything back
    pass


def rehearse(ledger: Ledger, parser_version: str, arrivals: Sequence[Arrival], derive: Derive) -> list[Pair]:
    """Which entries of the log recording the arrivals would alter, withdraw or add; nothing is recorded."""
    found: list[Pair] = []
    try:
        with ledger.writing() as connection:
            last = connection.execute(select(func.max(RunRow.seq))).scalar() or 0
            name = f"rehearsal {last + 1}"
            row = {"seq": last + 1, "id": name, "kind": "rehearsal", "parser_version": parser_version}
            connection.execute(insert(RunRow), {**row, "started_at": ledger.clock()})
            batch = Batch(connection, last + 1, name)
            decided = rulings_held(connection)
            outcome = append(batch, arrivals, derive, parser_version, decided, {}, ledger.clock)
            if outcome.commit is not None:
                found += _pairs(connection, outcome.commit)
            raise _Enough
    except _Enough:
        return found


def _pairs(connection: Connection, commit: int) -> Iterator[Pair]:
    """What a commit did to the log: entries by id, else by the statement they are about."""
    t = ChangeRow.__table__
    rows = connection.execute(select(*t.c).where(t.c.commit_seq == commit).order_by(t.c.seq)).all()
    news = [row for row in rows if row.op == "assert" and row.first_seq == row.seq]
    gone = [row for row in rows if row.op == "withdraw"]
    held: list[Row[Any]] = []
    for some in chunks(sorted({row.id for row in (*news, *gone)})):
        held += connection.execute(standing(ChangeRow, commit - 1).where(t.c.id.in_(some))).all()
    before = {entry["id"]: entry for entry in render(connection, held, commit)}
    after = {entry["id"]: entry for entry in render(connection, news, commit)}
    about = {(e["about"], e["change"]): e["id"] for e in after.values() if e["id"] not in before}
    for name in sorted(before):
        heir = name if name in after else about.get((before[name]["about"], before[name]["change"]), "")
        yield before[name], after.pop(heir, None)
    for name in sorted(after):
        yield None, after[name]
