"""Stored statements as JSON, with the document they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from storage.canonical import number
from storage.models import ReadingRow, StatementRow, VersionRow
from storage.queries.tails import names_of_versions
from storage.selecting import chunks

_AS_IS = (
    "key", "kind", "start", "end", "quote", "subject", "absent", "base", "period", "project", "district",
    "level", "issuer", "authority", "modality", "nature", "vintage", "basis", "stage", "scope", "rule",
)  # fmt: skip


def statements_of(
    connection: Connection, versions: Iterable[str], upto: int, keys: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Statements by key, as the last reading before commit `upto` has them. keys: only these."""
    versions = sorted(set(versions))
    names = names_of_versions(connection, versions, upto)
    readings: dict[str, Any] = {}
    for some in chunks(versions):
        query = (
            select(VersionRow.sha256, ReadingRow.statements_from, ReadingRow.published, ReadingRow.title)
            .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None), ReadingRow.commit_seq <= upto)
            .order_by(ReadingRow.seq)
        )
        for row in connection.execute(query):
            readings[row.sha256] = row
    by_reading = {row.statements_from: row for row in readings.values()}
    found: dict[str, dict[str, Any]] = {}
    query = select(*StatementRow.__table__.c).order_by(StatementRow.reading_seq, StatementRow.ordinal)
    parts = (
        (query.where(StatementRow.key.in_(some)) for some in chunks(sorted(set(keys))))
        if keys is not None
        else (query.where(StatementRow.reading_seq.in_(some)) for some in chunks(sorted(by_reading)))
    )
    for part in parts:
        for row in connection.execute(part):
            reading = by_reading.get(row.reading_seq)
            if reading is not None:
                about = {"document": names[reading.sha256], "sha256": reading.sha256}
                about |= {"published_on": reading.published, "document_title": reading.title}
                found[row.key] = {**about, **_statement(row)}
    return found


def _statement(row: Any) -> dict[str, Any]:
    v = row._mapping
    quantities = json.loads(v["quantities"]) if v["quantities"] else []
    for q in quantities:
        q["value"] = number(Decimal(q["value"]))
        q["high"] = None if q["high"] is None else number(Decimal(q["high"]))
    return {
        **{name: v[name] for name in _AS_IS},
        "spans": json.loads(v["spans"]),
        "text": v["quote"] if v["text"] is None else v["text"],
        "quantities": quantities,
        "framework": json.loads(v["framework"]) if v["framework"] else None,
    }
