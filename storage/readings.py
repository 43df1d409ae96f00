"""Readings and statements brought back from the store, as tracking and reparsing need them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from parsers.reading import Declared, Reading
from parsers.statement import Statement
from storage.blobs import load_blobs
from storage.later import LaterStatements, LaterText
from storage.models import Document, ReadingRow, StatementRow, VersionRow
from storage.reading_facts import readings_by_version
from storage.reading_rows import declared_from, facts_text, reading_from
from storage.selecting import chunks
from storage.standing import DocumentState, Link, states_of
from storage.statement_rows import statement_from
from tracking.model import Version

if TYPE_CHECKING:
    from storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StoredText:
    """A stored version with all that reading it again needs."""

    source: str
    locator: str
    content: bytes
    declared: Declared
    observed_at: datetime
    sha256: str


def load_readings(connection: Connection, seqs: Iterable[int]) -> dict[int, Reading]:
    """Readings by number, as they were recorded."""
    found: dict[int, Reading] = {}
    for some in chunks(sorted(set(seqs)), 100):
        rows = connection.execute(
            select(*ReadingRow.__table__.columns, VersionRow.sha256)
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(ReadingRow.seq.in_(some))
        ).all()
        blobs = load_blobs(connection, (row.text_sha256 or row.sha256 for row in rows))
        statements = _statements(connection, {row.statements_from for row in rows})
        for row in rows:
            text = decode(blobs[row.text_sha256 or row.sha256], row.text_sha256, row.encoding)
            found[row.seq] = reading_from(row, text, tuple(statements.get(row.statements_from, ())))
    return found


def later_readings(connection: Connection, seqs: Iterable[int]) -> dict[int, Reading]:
    """The same; texts and statements are brought when somebody reads them, while the connection lasts."""
    found: dict[int, Reading] = {}
    for some in chunks(sorted(set(seqs))):
        for row in connection.execute(select(*_COLUMNS).where(ReadingRow.seq.in_(some)).join(_VERSION)):
            found[row.seq] = reading_from(row, "", ())
            bring = partial(_text, connection, row)
            text = LaterText(bring, row.encoding, row.decided_by, row.media)
            said = LaterStatements(
                row.statement_count,
                partial(_said, connection, row.statements_from),
                partial(_outline, connection, row.statements_from),
            )
            found[row.seq] = replace(found[row.seq], source=text, statements=said)  # type: ignore[arg-type]
    return found


_COLUMNS = (*ReadingRow.__table__.columns, VersionRow.sha256)
_VERSION = VersionRow.__table__


def _text(connection: Connection, row: Any) -> str:
    name = row.text_sha256 or row.sha256
    return decode(load_blobs(connection, [name])[name], row.text_sha256, row.encoding)


def _outline(connection: Connection, reading_seq: int) -> list[tuple[int, str]]:
    query = select(StatementRow.start, StatementRow.kind).where(StatementRow.reading_seq == reading_seq)
    return [(start, kind) for start, kind in connection.execute(query.order_by(StatementRow.ordinal))]


def _said(connection: Connection, reading_seq: int) -> tuple[Statement, ...]:
    return tuple(_statements(connection, [reading_seq]).get(reading_seq, ()))


def _statements(connection: Connection, readings: Collection[int]) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = {}
    query = (
        select(*StatementRow.__table__.columns)
        .where(StatementRow.reading_seq.in_(sorted(readings)))
        .order_by(StatementRow.reading_seq, StatementRow.ordinal)
    )
    for row in connection.execute(query):
        found.setdefault(row.reading_seq, []).append(statement_from(row))
    return found


def decode(content: bytes, text_sha256: str | None, encoding: str) -> str:
    """The source text: the extractor's where one is kept, else the bytes decoded."""
    return content.decode("utf-8", "surrogatepass") if text_sha256 else content.decode(encoding)


def source_texts(
    connection: Connection, rows: Iterable[Any], at_hand: Mapping[int, Reading]
) -> dict[int, str]:
    """Source texts of readings by number. rows: seq, sha256, text_sha256, encoding. at_hand: those that need
    not be loaded."""
    rows = list(rows)
    missing = [row for row in rows if row.seq not in at_hand]
    blobs = load_blobs(connection, (row.text_sha256 or row.sha256 for row in missing))
    found = {row.seq: at_hand[row.seq].source.text for row in rows if row.seq in at_hand}
    for row in missing:
        found[row.seq] = decode(blobs[row.text_sha256 or row.sha256], row.text_sha256, row.encoding)
    return found


def versions_of(
    connection: Connection,
    links: Iterable[tuple[DocumentState, Link]],
    at_hand: dict[int, Reading],
    *,
    load: Callable[[Connection, Iterable[int]], dict[int, Reading]] = load_readings,
) -> list[Version]:
    """What tracking works on, ordered by hash.

    Equal bytes at several addresses are one text: the address that declares most speaks for it, then the
    smallest id. at_hand: readings that need not be loaded. load: how the others are.
    """
    links = list(links)
    missing = {link.reading_seq for _, link in links} - at_hand.keys()
    readings = {**at_hand, **load(connection, missing)}
    chosen: dict[str, tuple[Rank, Version]] = {}
    for state, link in links:
        reading = readings[link.reading_seq]
        version = Version(link.sha256, state.id, reading, link.supersedes)
        rank = _rank(facts_text(reading.declared), state.id)
        if link.sha256 not in chosen or rank < chosen[link.sha256][0]:
            chosen[link.sha256] = (rank, version)
    return [chosen[sha256][1] for sha256 in sorted(chosen)]


Rank = tuple[int, str]


def _rank(declared: str, document_id: str) -> Rank:
    """Which of several documents with equal bytes speaks for them: smaller is first."""
    return (-len(json.loads(declared)), document_id)


def standing_readings(
    connection: Connection, hashes: Collection[str], upto: int, *, only: bool = False
) -> dict[str, int]:
    """Number of the reading by which a version stood at commit `upto`; its last one if it did not stand.

    only: a version that did not stand is left out.
    """
    found: dict[str, int] = {}
    chosen: dict[str, tuple[Rank, int]] = {}
    unclear: list[Row[Any]] = []
    for sha256, rows in readings_by_version(connection, hashes).items():
        known = [row for row in rows if row.commit_seq <= upto]
        if known:
            found[sha256] = known[-1].seq
        # Most versions were read once, at one place: how their documents stand decides nothing.
        unclear += known if only or len(known) > 1 else []
    declared = {row.seq: row.declared for row in unclear}
    for some in chunks(sorted({row.document_seq for row in unclear})):
        for state in states_of(connection, seqs=some, upto=upto).values():
            for link in state.line():
                if link.reading_seq in declared:
                    rank = (_rank(declared[link.reading_seq], state.id), link.reading_seq)
                    chosen[link.sha256] = min(rank, chosen.get(link.sha256, rank))
    return {**({} if only else found), **{sha256: seq for sha256, (_, seq) in chosen.items()}}


def documents_of_places(connection: Connection, codes: Collection[str] | None) -> set[int]:
    """Numbers of the documents that were ever read as one of these places' (of any, for None)."""
    query = (
        select(VersionRow.document_seq)
        .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
        .where(ReadingRow.refused.is_(None))
        .distinct()
    )
    if codes is None:
        return set(connection.execute(query).scalars())
    found: set[int] = set()
    for some in chunks(sorted(codes)):
        found.update(connection.execute(query.where(ReadingRow.place_code.in_(some))).scalars())
    return found


def stale_texts(
    ledger: Ledger, parser_version: str, *, places: Collection[str] | None = None
) -> Iterator[StoredText]:
    """Versions whose reading another parser version made, to be read anew and recorded again.

    Read each as (content, declared), and hand it to `record` under the same source, locator and
    observed_at. places: only documents of these codes. Older versions of edited pages are among them.
    """
    with ledger.reading() as connection:
        states = states_of(connection, seqs=documents_of_places(connection, places))
        wanted = {
            head.seq: (state, head)
            for state in states.values()
            for head in state.latest_heads().values()
            if head.parser_version != parser_version
        }
        for some in chunks(sorted(wanted), 50):
            rows = connection.execute(
                select(
                    ReadingRow.seq, ReadingRow.declared, VersionRow.sha256, Document.source, Document.locator
                )
                .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
                .join(Document, Document.seq == VersionRow.document_seq)
                .where(ReadingRow.seq.in_(some))
                .order_by(ReadingRow.seq)
            ).all()
            blobs = load_blobs(connection, (row.sha256 for row in rows))
            for row in rows:
                state, head = wanted[row.seq]
                observed_at = min(
                    o.observed_at
                    for o in state.observations
                    if (o.version_sha256, o.declared_sha256) == (head.version_sha256, head.declared_sha256)
                )
                yield StoredText(
                    row.source,
                    row.locator,
                    blobs[row.sha256],
                    declared_from(row.declared),
                    observed_at,
                    row.sha256,
                )


def texts_of(connection: Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Source texts of stored versions by hash, as last decoded."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(hashes)), 100):
        rows = connection.execute(
            select(VersionRow.sha256, ReadingRow.text_sha256, ReadingRow.encoding)
            .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None))
            .order_by(ReadingRow.seq)
        ).all()
        last = {row.sha256: row for row in rows}
        blobs = load_blobs(connection, (row.text_sha256 or row.sha256 for row in last.values()))
        for sha256, row in last.items():
            found[sha256] = decode(blobs[row.text_sha256 or sha256], row.text_sha256, row.encoding)
    return found


def text_of(ledger: Ledger, sha256: str) -> str:
    """Source text of a stored version; KeyError where there is none."""
    with ledger.reading() as connection:
        return texts_of(connection, [sha256])[sha256]
