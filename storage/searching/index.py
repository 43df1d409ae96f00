"""The search index: which tokens stand in which statement or part of a text, kept up at each commit.

It follows from the stored texts and can be made anew, so it is no part of the chain of commits. A row's
number says what it is about: reading * 2**20 + the ordinal of the statement, or of the part of the text.
Beside its words a row has a mark of its place, so that a search in one place does not go through all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from parsers.reading import Reading
from storage.blobs import load_blobs
from storage.models import ReadingRow, StatementRow, VersionRow
from storage.readings import decode, source_texts
from storage.searching.tokens import folded, mark, tokens, visible
from storage.selecting import chunks
from storage.statement_rows import cut

STATEMENTS, TEXTS = "search_statements", "search_texts"
SHIFT = 20
Entry = tuple[int, str]
"""A row's number and its tokens, each once, with a blank between them."""
AT_ONCE = 20
"""Readings whose tokens wait in memory: those of a hundred take 25 MB."""
SHORT = 40
"""Characters of a line that is likely to stand in another text too."""
PART, OVERLAP = 50_000, 200
"""Characters of one part of a text, and how many of them the next part has too."""


def create(dialect: str) -> Iterator[str]:
    """Statements that make the index."""
    for table in (STATEMENTS, TEXTS):
        if dialect == "sqlite":
            # Without content and positions: what is found is looked at again in the text itself. How many
            # tokens a statement has is kept by nobody; of texts it says which one is the last.
            sizes = int(table == TEXTS)
            yield (
                f"CREATE VIRTUAL TABLE {table} USING fts5(tokens, content='', detail=none, "
                f"columnsize={sizes}, tokenize='unicode61 remove_diacritics 0')"
            )
        else:
            yield f"CREATE TABLE {table} (id bigint PRIMARY KEY, tokens tsvector NOT NULL)"
            yield f"CREATE INDEX ix_{table}_tokens ON {table} USING gin (tokens)"


def drop() -> Iterator[str]:
    """Statements that drop it."""
    for table in (STATEMENTS, TEXTS):
        yield f"DROP TABLE {table}"


def catch_up(connection: Connection, at_hand: Mapping[int, Reading] | None = None) -> None:
    """Index the readings that came after the last one indexed. at_hand: those that need not be loaded."""
    last = _last(connection)
    query = (
        select(
            *(ReadingRow.seq, ReadingRow.media, ReadingRow.text_sha256, ReadingRow.encoding),
            *(ReadingRow.place_name, VersionRow.sha256),
        )
        .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
        .where(ReadingRow.seq > last, ReadingRow.statements_from == ReadingRow.seq)
        .order_by(ReadingRow.seq)
    )
    read = at_hand or {}
    for some in chunks(connection.execute(query).all(), AT_ONCE):
        whole = source_texts(connection, some, read)
        _insert(connection, TEXTS, [e for row in some for e in _parts(row, whole[row.seq])])
        _insert(connection, STATEMENTS, [e for row in some for e in _read_now(row.seq, read)])
        _insert(connection, STATEMENTS, _said(connection, [row.seq for row in some if row.seq not in read]))


def parts(source: str, media: str) -> list[str]:
    """The parts of a text that are indexed one by one, folded."""
    shown = folded(visible(source, media))
    return [shown[at : at + PART + OVERLAP] for at in range(0, max(len(shown), 1), PART)]


def forget(connection: Connection, sha256: str) -> None:
    """Take a version's texts and statements out, before its bytes are erased."""
    for table, rows in _of_version(connection, sha256):
        _delete(connection, table, rows)
        if rows and connection.dialect.name == "sqlite":
            # A deleted entry stays in its old segment until segments are merged.
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def put_back(connection: Connection, sha256: str) -> None:
    """Index what an erasure left of a version."""
    for table, rows in _of_version(connection, sha256):
        _insert(connection, table, rows)


def _of_version(connection: Connection, sha256: str) -> Iterator[tuple[str, list[Entry]]]:
    rows = connection.execute(
        select(
            *(ReadingRow.seq, ReadingRow.media, ReadingRow.text_sha256, ReadingRow.encoding),
            ReadingRow.place_name,
        )
        .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
        .where(VersionRow.sha256 == sha256, ReadingRow.statements_from == ReadingRow.seq)
    ).all()
    blobs = load_blobs(connection, {row.text_sha256 or sha256 for row in rows})
    for row in rows:
        source = decode(blobs[row.text_sha256 or sha256], row.text_sha256, row.encoding)
        yield TEXTS, list(_parts(row, source))
        yield STATEMENTS, _said(connection, [row.seq])


def _last(connection: Connection) -> int:
    sqlite = connection.dialect.name == "sqlite"
    source = f"SELECT max(id) FROM {TEXTS}_docsize" if sqlite else f"SELECT max(id) FROM {TEXTS}"
    return (connection.execute(text(source)).scalar() or 0) >> SHIFT


def _parts(row: Row[Any], source: str) -> Iterator[Entry]:
    for number, part in enumerate(parts(source, row.media)):
        yield (row.seq << SHIFT) + number, f"{_distinct(part)} {mark(row.place_name)}"


def _distinct(shown: str) -> str:
    # No token goes over the end of a line.
    by_line = [_of_line(line) if len(line) <= SHORT else tokens(line) for line in shown.split("\n")]
    return " ".join(dict.fromkeys(chain.from_iterable(by_line)))


@lru_cache(maxsize=1000)
def _of_line(line: str) -> tuple[str, ...]:
    """Tokens of a short line: headings and rows of tables stand in the text of the next year too."""
    return tuple(tokens(line))


@lru_cache(maxsize=1000)
def _words(said: str, place: str) -> str:
    """Tokens of a sentence of a place; one that stands in the next text too is not taken apart again."""
    return f"{_distinct(folded(said))} {mark(place)}"


def _read_now(seq: int, at_hand: Mapping[int, Reading]) -> Iterator[Entry]:
    """Statements of a reading that need not be loaded; of none that is not at hand."""
    if (reading := at_hand.get(seq)) is None:
        return
    number, place = seq << SHIFT, reading.place.name
    for ordinal, said in enumerate(reading.statements):
        words = said.text or cut(reading.source.text, said.spans)
        yield number + ordinal, _words(words, place if said.district is None else said.district)


def _said(connection: Connection, seqs: Sequence[int]) -> list[Entry]:
    """Statements of stored readings."""
    if not seqs:
        return []
    # What names no owner of its own is its text's place's.
    place = func.coalesce(StatementRow.district, ReadingRow.place_name).label("place")
    query = (
        select(StatementRow.reading_seq, StatementRow.ordinal, StatementRow.quote, StatementRow.text, place)
        .join(ReadingRow, ReadingRow.seq == StatementRow.reading_seq)
        .where(StatementRow.reading_seq.in_(seqs))
        .order_by(StatementRow.reading_seq, StatementRow.ordinal)
    )
    return [
        ((row.reading_seq << SHIFT) + row.ordinal, _words(row.text or row.quote, row.place))
        for row in connection.execute(query)
    ]


def _insert(connection: Connection, table: str, rows: Iterable[Entry]) -> None:
    if connection.dialect.name == "sqlite":
        values = list(rows)
        statement = f"INSERT INTO {table}(rowid, tokens) VALUES (?, ?)"
    else:
        values = [(number, found.split()) for number, found in rows]  # type: ignore[misc]
        statement = f"INSERT INTO {table}(id, tokens) VALUES (%s, array_to_tsvector(%s))"
    if values:
        connection.exec_driver_sql(statement, values)


def _delete(connection: Connection, table: str, rows: Iterable[Entry]) -> None:
    if connection.dialect.name == "sqlite":
        for number, found in rows:
            # Without content the index has to be told what it had.
            connection.exec_driver_sql(
                f"INSERT INTO {table}({table}, rowid, tokens) VALUES ('delete', ?, ?)",
                (number, found),
            )
    else:
        for number, _ in rows:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = %s", (number,))
