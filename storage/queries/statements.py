"""Stored statements as JSON, with the document they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from storage.canonical import number
from storage.models import StatementRow
from storage.queries.tails import names_of_versions
from storage.queries.veil import Veil
from storage.reading_facts import readings_by_version
from storage.readings import standing_readings
from storage.selecting import among, chunks
from storage.statement_rows import amounts_of

_AS_IS = (
    "key", "kind", "start", "end", "quote", "subject", "absent", "base", "period", "project", "district",
    "level", "issuer", "authority", "modality", "nature", "vintage", "basis", "stage", "scope", "rule",
)  # fmt: skip


_ROWS = select(*StatementRow.__table__.c).order_by(StatementRow.reading_seq, StatementRow.ordinal)
_BY_KEY = _ROWS.where(StatementRow.key.in_(among("wanted")))
_BY_READING = _ROWS.where(StatementRow.reading_seq.in_(among("wanted")))


def statements_of(
    connection: Connection, versions: Iterable[str], upto: int, keys: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Statements by key, as the last reading before commit `upto` has them. keys: only these."""
    versions = sorted(set(versions))
    if not versions:
        return {}
    names = names_of_versions(connection, versions, upto)
    seqs = standing_readings(connection, versions, upto)
    standing = set(seqs.values())
    read = readings_by_version(connection, versions).values()
    by_reading = {row.statements_from: row for rows in read for row in rows if row.seq in standing}
    veil = Veil(connection)
    found: dict[str, dict[str, Any]] = {}
    parts: Iterable[tuple[Select[Any], Sequence[Any]]] = (
        ((_BY_KEY, some) for some in chunks(sorted(set(keys))))
        if keys is not None
        else ((_BY_READING, some) for some in chunks(sorted(by_reading)))
    )
    for query, some in parts:
        for row in connection.execute(query, {"wanted": some}):
            reading = by_reading.get(row.reading_seq)
            if reading is not None:
                about = {"document": names[reading.sha256], "sha256": reading.sha256}
                about |= {"published_on": reading.published, "document_title": reading.title}
                found[row.key] = {**about, **_statement(row)}
                if veil.hides(reading.sha256, found[row.key]["spans"]):
                    found[row.key] |= {"withheld": True}
    return {key: veil.statement(statement) for key, statement in found.items()}


def _statement(row: Any) -> dict[str, Any]:
    v = row._mapping
    quantities, responsible = amounts_of(v["quantities"])
    for q in quantities:
        q["value"] = number(Decimal(q["value"]))
        q["high"] = None if q["high"] is None else number(Decimal(q["high"]))
    return {
        **{name: v[name] for name in _AS_IS},
        "spans": json.loads(v["spans"]),
        "text": v["quote"] if v["text"] is None else v["text"],
        "quantities": quantities,
        "responsible": responsible,
        "framework": json.loads(v["framework"]) if v["framework"] else None,
    }
