"""Texts that are seen again as they are known: noted without being read, since reading is a pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from parsers.reading import Declared
from storage.arrivals import DocumentOutcome, document_id
from storage.batch import Batch
from storage.ledger import Ledger
from storage.models import (
    Document,
    QuarantineDecision,
    QuarantineRow,
    QuarantineSighting,
    ReadingRow,
    RunRow,
    Sighting,
    VersionRow,
)
from storage.reading_rows import declared_from, declared_key
from storage.runs import Run
from storage.selecting import chunks

ENVIRONMENT = ("broken", "unreadable")
"""Refusals that may end without the text or the parser changing: such a text is read again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Bytes at an address, with what is declared of them and when they were seen."""

    source: str
    locator: str
    sha256: str
    declared: Declared
    observed_at: datetime


def see_again(ledger: Ledger, run: Run, texts: Sequence[Seen]) -> list[DocumentOutcome | None]:
    """Note those texts that this parser read or refused before, where nothing was seen since; in order.

    None for each that has to be read and recorded: reading it might tell something new. Pages are taken to be
    cut as they were.
    """
    ids = [document_id(text.source, text.locator) for text in texts]
    outcomes: list[DocumentOutcome | None] = [None] * len(texts)
    with ledger.reading() as connection:
        known = _known(connection, ids, run.parser_version)
    if not known:
        return outcomes
    with ledger.writing() as connection:
        known = _known(connection, sorted(known), run.parser_version)  # others may have written meanwhile
        batch = Batch(connection, run.seq, run.id)
        for position, (name, text) in enumerate(zip(ids, texts, strict=True)):
            found = known.get(name)
            observed_at = text.observed_at.astimezone(UTC)
            content = (text.sha256, declared_key(text.declared))
            if found is None or content != found.content or observed_at <= found.last:
                continue
            known[name] = _Known(found.content, observed_at, found.number, found.outcome)
            outcomes[position] = found.outcome
            if found.outcome.status == "refused":
                row = {"quarantine_seq": found.number, "observed_at": observed_at}
                batch.note(QuarantineSighting, row)
            else:
                row = {"version_seq": found.number, "sha256": text.sha256, "observed_at": observed_at}
                batch.note(Sighting, {**row, "declared_sha256": content[1]})
        batch.close(ledger.clock)
    return outcomes


@dataclass(frozen=True, slots=True)
class _Known:
    """What a document was last seen as: bytes and declaration, when, the row that says so, the outcome."""

    content: tuple[str, str]
    last: datetime
    number: int
    outcome: DocumentOutcome


def _known(connection: Connection, ids: Sequence[str], parser_version: str) -> dict[str, _Known]:
    """Documents whose last sight this parser has read or refused, and which wait for nothing else."""
    found: dict[str, _Known] = {}
    for some in chunks(sorted(set(ids))):
        query = select(Document.seq, Document.id).where(Document.id.in_(some))
        names = {row.seq: row.id for row in connection.execute(query)}
        held = _held(connection, [*names])
        for seq, name in names.items():
            waiting = held.get(seq, [])
            if len(waiting) == 1 and _refused_again(waiting[0], parser_version):
                row = waiting[0]
                outcome = DocumentOutcome("refused", name, row.sha256, 0, row.code, row.detail)
                content = (row.sha256, declared_key(declared_from(row.declared)))
                found[name] = _Known(content, row.last, row.seq, outcome)
        read = [seq for seq in names if not held.get(seq)]
        for row in _last_sightings(connection, read):
            if row.parser_version == row.seen_by == parser_version and not row.refused:
                outcome = DocumentOutcome(
                    "unchanged", names[row.document_seq], row.sha256, row.statement_count
                )
                content = (row.seen_sha256, row.declared_sha256)
                found[names[row.document_seq]] = _Known(content, row.observed_at, row.version_seq, outcome)
    return found


def _refused_again(row: Row[Any], parser_version: str) -> bool:
    return (
        row.sha256 is not None
        and row.parser_version == parser_version
        and row.code not in ENVIRONMENT
        and row.decision is None
        and not row.versions
    )


def _held(connection: Connection, documents: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """What is not settled in quarantine, by document."""
    seen = (
        select(QuarantineSighting.quarantine_seq, func.max(QuarantineSighting.observed_at).label("last"))
        .group_by(QuarantineSighting.quarantine_seq)
        .subquery()
    )
    decided = (
        select(QuarantineDecision.decision)
        .where(QuarantineDecision.quarantine_seq == QuarantineRow.seq)
        .order_by(QuarantineDecision.seq.desc())
        .limit(1)
        .correlate(QuarantineRow)
        .scalar_subquery()
    )
    versions = (
        select(func.count())
        .select_from(VersionRow)
        .where(VersionRow.document_seq == QuarantineRow.document_seq)
        .correlate(QuarantineRow)
        .scalar_subquery()
    )
    query = (
        select(
            QuarantineRow.seq,
            QuarantineRow.document_seq,
            QuarantineRow.sha256,
            QuarantineRow.declared,
            QuarantineRow.code,
            QuarantineRow.detail,
            QuarantineRow.parser_version,
            func.coalesce(seen.c.last, QuarantineRow.observed_at).label("last"),
            decided.label("decision"),
            versions.label("versions"),
        )
        .outerjoin(seen, seen.c.quarantine_seq == QuarantineRow.seq)
        .where(QuarantineRow.document_seq.in_(documents))
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query):
        if row.decision in (None, "reopened"):
            found.setdefault(row.document_seq, []).append(row)
    return found


def _last_sightings(connection: Connection, documents: Sequence[int]) -> Sequence[Row[Any]]:
    """The latest sighting of each document with the last reading of that version as declared then."""
    ranked = (
        select(
            VersionRow.document_seq,
            VersionRow.sha256,
            Sighting.version_seq,
            Sighting.sha256.label("seen_sha256"),
            Sighting.declared_sha256,
            Sighting.observed_at,
            RunRow.parser_version.label("seen_by"),
            func.row_number()
            .over(
                partition_by=VersionRow.document_seq,
                order_by=(
                    Sighting.observed_at.desc(),
                    VersionRow.sha256.desc(),
                    Sighting.declared_sha256.desc(),
                ),
            )
            .label("place"),
        )
        .join(VersionRow, VersionRow.seq == Sighting.version_seq)
        .join(RunRow, RunRow.seq == Sighting.run_seq)
        .where(VersionRow.document_seq.in_(documents))
        .subquery()
    )
    last_reading = (
        select(func.max(ReadingRow.seq))
        .where(
            ReadingRow.version_seq == ranked.c.version_seq,
            ReadingRow.declared_sha256 == ranked.c.declared_sha256,
        )
        .correlate(ranked)
        .scalar_subquery()
    )
    query = (
        select(
            ranked,
            ReadingRow.parser_version,
            ReadingRow.refused,
            ReadingRow.statement_count,
        )
        .join(ReadingRow, ReadingRow.seq == last_reading)
        .where(ranked.c.place == 1)
    )
    return connection.execute(query).all()
