"""What questions want to know of versions: where each stands and how it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, and_, select

from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask
from storage.models import Document, ReadingRow, VersionRow
from storage.remembering import once

_FACTS = Prepared(
    select(
        VersionRow.sha256,
        VersionRow.document_seq,
        VersionRow.commit_seq.label("stood_since"),
        Document.source,
        Document.locator,
        Document.name,
        ReadingRow.seq,
        ReadingRow.commit_seq,
        ReadingRow.declared,
        ReadingRow.statements_from,
        ReadingRow.statement_count,
        ReadingRow.published,
        ReadingRow.title,
        ReadingRow.text_sha256,
        ReadingRow.encoding,
    )
    .join(Document, Document.seq == VersionRow.document_seq)
    .outerjoin(ReadingRow, and_(ReadingRow.version_seq == VersionRow.seq, ReadingRow.refused.is_(None)))
    .where(among(VersionRow.sha256, "hashes"))
    .order_by(ReadingRow.seq)
)

Facts = dict[str, list[Any]]
"""By hash of a version a row for each reading of it, wherever it stands, oldest first; where none could read
it, a row without a reading."""


def facts_of(connection: Connection, hashes: Iterable[str]) -> Facts:
    """What is known of these versions, whenever it was learned."""
    wanted = set(hashes)
    known = ask(connection, ask_facts(connection, wanted))
    return {sha256: known.get(sha256, []) for sha256 in sorted(wanted)}


def ask_facts(connection: Connection, hashes: Collection[str]) -> Ask[Facts]:
    """The same, to be asked together with other questions: what is told is remembered, and may be more."""
    known: Facts = once(connection, "facts of versions", dict)
    wanted = set(hashes) - known.keys()

    def told(rows: Rows) -> Facts:
        known.update({sha256: [] for sha256 in wanted})
        for row in rows:
            known[row.sha256].append(row)
        return known

    return Ask(told, _FACTS, {"hashes": wanted}) if wanted else Ask(told)


def readings_by_version(connection: Connection, hashes: Iterable[str]) -> Facts:
    """Every reading of these versions, wherever they stand, oldest first; none of those that were refused."""
    known = facts_of(connection, hashes)
    return {sha256: [row for row in rows if row.seq is not None] for sha256, rows in known.items()}
