"""What questions want to know of the readings of a version, asked of the database once in a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.models import ReadingRow, VersionRow
from storage.remembering import once
from storage.selecting import among, chunks

_READ = (
    select(
        VersionRow.sha256,
        VersionRow.document_seq,
        ReadingRow.seq,
        ReadingRow.commit_seq,
        ReadingRow.declared,
        ReadingRow.statements_from,
        ReadingRow.published,
        ReadingRow.title,
        ReadingRow.text_sha256,
        ReadingRow.encoding,
    )
    .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
    .where(VersionRow.sha256.in_(among("hashes")), ReadingRow.refused.is_(None))
    .order_by(ReadingRow.seq)
)


def readings_by_version(connection: Connection, hashes: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """Every reading of these versions, wherever they stand, oldest first; none of those that were refused."""
    known: dict[str, list[Row[Any]]] = once(connection, "readings by version", dict)
    wanted = sorted(set(hashes))
    for some in chunks([sha256 for sha256 in wanted if sha256 not in known]):
        known.update({sha256: [] for sha256 in some})
        for row in connection.execute(_READ, {"hashes": some}):
            known[row.sha256].append(row)
    return {sha256: known[sha256] for sha256 in wanted}
