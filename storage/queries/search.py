"""Full-text search over statements and texts: the index proposes, the text itself decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from storage.by_key import has_key
from storage.ledger import Ledger
from storage.models import CommitmentRow, MemberRow, ReadingRow, StatementRow, VersionRow
from storage.queries.facts import standing
from storage.queries.statements import statements_of
from storage.queries.tails import names_of_versions
from storage.readings import standing_readings, texts_of
from storage.searching.index import SHIFT, STATEMENTS, TEXTS, parts
from storage.searching.tokens import holds, mark, wanted, words_of
from storage.selecting import chunks, horizon
from storage.withholding import withheld

MOST_LOOKED_AT = 2000
"""What the index proposes and one answer looks at; behind that the next page goes on."""
AROUND = 40
"""Characters of a text shown before and behind what was found."""


@dataclass(frozen=True)
class Found:
    """Statements or texts that have the words, those read last first. next: where to go on; None: no more."""

    entries: list[dict[str, Any]]
    next: int | None


def search_statements(
    ledger: Ledger,
    words: str,
    *,
    district: str | None = None,
    known_at: datetime | None = None,
    after: int | None = None,
    limit: int = 25,
    earliest: bool = False,
) -> Found:
    """Statements that have every one of the words, each with the commitment it belongs to.

    earliest: those read first first.
    """
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)

        def look(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
            rows = _statement_rows(connection, numbers, upto, district)
            rows = {n: row for n, row in rows.items() if holds(row.text or row.quote, words)}
            said = statements_of(
                connection, {row.sha256 for row in rows.values()}, upto, {row.key for row in rows.values()}
            )
            return {
                n: said[row.key]
                for n, row in rows.items()
                if row.key in said and not said[row.key].get("withheld")
            }

        found = _go_on(connection, STATEMENTS, words, district, after, limit, look, earliest)
        of = commitments_of(connection, {s["key"] for s in found.entries}, upto)
    return Found([{**s, "commitment": of.get(s["key"])} for s in found.entries], found.next)


def search_texts(
    ledger: Ledger,
    words: str,
    *,
    district: str | None = None,
    known_at: datetime | None = None,
    after: int | None = None,
    limit: int = 10,
    earliest: bool = False,
) -> Found:
    """Texts with a part that has every one of the words, and the passage around the first of them."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        hidden = withheld(connection)
        shown: set[str] = set()

        def look(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
            rows = _reading_rows(connection, numbers, upto, district)
            sources = texts_of(connection, {row.sha256 for row in rows.values()})
            names = names_of_versions(connection, sources, upto)
            kept: dict[int, dict[str, Any]] = {}
            for number, row in rows.items():
                every = parts(sources[row.sha256], row.media)
                at = number & ((1 << SHIFT) - 1)
                if row.sha256 in shown or at >= len(every) or row.sha256 in hidden.places:
                    continue
                if holds(every[at], words):
                    shown.add(row.sha256)
                    kept[number] = {
                        "document": names[row.sha256],
                        "sha256": row.sha256,
                        "title": row.title,
                        "district": row.place_name,
                        "published_on": row.published,
                        "rights": row.rights,
                        "passage": passage(every[at], words),
                    }
            return kept

        return _go_on(connection, TEXTS, words, district, after, limit, look, earliest)


def passage(part: str, words: str) -> str:
    """What stands around the first of the words in a folded text."""
    first = min((part.find(word), word) for word in words_of(words) if word in part)
    start = max(0, first[0] - AROUND)
    end = first[0] + len(first[1]) + AROUND
    return ("…" if start else "") + part[start:end].strip() + ("…" if end < len(part) else "")


def commitments_of(connection: Connection, keys: set[str], upto: int) -> dict[str, dict[str, Any]]:
    """The standing commitment that each statement belongs to, by the statement's key."""
    t = CommitmentRow.__table__
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(sorted(keys)):
        query = (
            standing(CommitmentRow, upto)
            .join(MemberRow, MemberRow.commitment_seq == t.c.seq)
            .add_columns(MemberRow.key.label("member"))
            .where(has_key(MemberRow.key, "keys"))
        )
        for row in connection.execute(query.order_by(t.c.seq), {"keys": some}):
            found[row.member] = {"id": row.id, "title": row.title, "kind": row.kind}
    return found


def _go_on(
    connection: Connection,
    table: str,
    words: str,
    district: str | None,
    after: int | None,
    limit: int,
    look: Any,
    earliest: bool,
) -> Found:
    """Go through what the index proposes, in pieces, until a page is full."""
    looked, kept, last = 0, list[dict[str, Any]](), after
    size = max(2 * limit, 50)
    while looked < MOST_LOOKED_AT:
        numbers = _proposed(connection, table, words, district, last, size, earliest)
        answers = look(numbers)
        for number in numbers:
            last = number
            if number in answers:
                kept.append(answers[number])
                if len(kept) == limit:
                    return Found(kept, last)
        if len(numbers) < size:
            return Found(kept, None)
        looked += len(numbers)
    return Found(kept, last)


def _proposed(
    connection: Connection,
    table: str,
    words: str,
    district: str | None,
    after: int | None,
    limit: int,
    earliest: bool,
) -> list[int]:
    asked = wanted(words)
    if asked is None:
        return []
    whole, beginnings = asked
    if district is not None:
        whole = [*whole, mark(district)]
    sign, order = (">", "ASC") if earliest else ("<", "DESC")
    behind = after if after is not None else -1 if earliest else 2**62
    # Tokens hold letters and figures only, so nothing in them can end the quotation.
    if connection.dialect.name == "sqlite":
        match = " AND ".join([*(f'"{t}"' for t in whole), *(f'"{t}"*' for t in beginnings)])
        query = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH :match AND rowid {sign} :behind "
            f"ORDER BY rowid {order} LIMIT :most"
        )
    else:
        match = " & ".join([*(f"'{t}'" for t in whole), *(f"'{t}':*" for t in beginnings)])
        query = (
            f"SELECT id FROM {table} WHERE tokens @@ CAST(:match AS tsquery) AND id {sign} :behind "
            f"ORDER BY id {order} LIMIT :most"
        )
    values = {"match": match, "behind": behind, "most": limit}
    return list(connection.execute(text(query).bindparams(*map(bindparam, values)), values).scalars())


def _statement_rows(
    connection: Connection, numbers: Sequence[int], upto: int, district: str | None
) -> dict[int, Row[Any]]:
    """Statement rows by number: those of readings that stand."""
    standing_now = _reading_rows(connection, numbers, upto, None)
    readings = sorted({number >> SHIFT for number in standing_now})
    found: dict[int, Row[Any]] = {}
    for some in chunks(readings):
        query = (
            select(
                StatementRow.reading_seq,
                StatementRow.ordinal,
                StatementRow.key,
                StatementRow.quote,
                StatementRow.text,
                VersionRow.sha256,
            )
            .join(ReadingRow, ReadingRow.seq == StatementRow.reading_seq)
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(StatementRow.reading_seq.in_(some))
        )
        if district is not None:
            query = query.where(func.coalesce(StatementRow.district, ReadingRow.place_name) == district)
        for row in connection.execute(query):
            number = (row.reading_seq << SHIFT) + row.ordinal
            if number in standing_now:
                found[number] = row
    return found


def _reading_rows(
    connection: Connection, numbers: Sequence[int], upto: int, district: str | None
) -> dict[int, Row[Any]]:
    """The reading of each number, where it is the one by which its text stands."""
    asked = sorted({number >> SHIFT for number in numbers})
    rows: dict[int, Row[Any]] = {}
    for some in chunks(asked):
        query = (
            select(
                ReadingRow.seq,
                ReadingRow.media,
                ReadingRow.title,
                ReadingRow.place_name,
                ReadingRow.published,
                ReadingRow.rights,
                VersionRow.sha256,
            )
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(ReadingRow.seq.in_(some), ReadingRow.commit_seq <= upto)
        )
        if district is not None:
            query = query.where(ReadingRow.place_name == district)
        rows.update({row.seq: row for row in connection.execute(query)})
    stands = standing_readings(connection, {row.sha256 for row in rows.values()}, upto)
    stored_as: dict[int, int] = {}
    for some in chunks(sorted(stands.values())):
        stored = select(ReadingRow.seq, ReadingRow.statements_from).where(ReadingRow.seq.in_(some))
        stored_as.update({seq: kept for seq, kept in connection.execute(stored) if kept is not None})
    return {
        number: row
        for number in numbers
        if (row := rows.get(number >> SHIFT)) is not None
        and stored_as.get(stands.get(row.sha256, -1)) == number >> SHIFT
    }
