"""Stored statements as JSON, with the document they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask, rows_of
from storage.by_key import has_key, key_of
from storage.canonical import number
from storage.models import MemberRow, StatementRow
from storage.queries.tails import names_of_versions
from storage.queries.veil import Veil
from storage.reading_facts import readings_by_version
from storage.readings import standing_readings
from storage.selecting import chunks
from storage.statement_rows import amounts_of

_AS_IS = (
    "key", "kind", "start", "end", "quote", "subject", "absent", "base", "period", "project", "district",
    "level", "issuer", "authority", "modality", "nature", "vintage", "basis", "stage", "scope", "rule",
)  # fmt: skip
_as_is = attrgetter(*_AS_IS)

_ROWS = select(*StatementRow.__table__.c).order_by(StatementRow.reading_seq, StatementRow.ordinal)
_BY_KEY = Prepared(_ROWS.where(has_key(StatementRow.key, "wanted")))
_BY_READING = Prepared(_ROWS.where(among(StatementRow.reading_seq, "wanted")))
_SEQ = MemberRow.__table__.c.commitment_seq
_MEMBERS = select(MemberRow.key).where(bindparam("commitment", type_=_SEQ.type) == _SEQ)
_OF_THREAD = Prepared(_ROWS.where(key_of(StatementRow.key, _MEMBERS)))
KEYS = 5_000
"""Statements that are asked for by key at once."""
READINGS = 50
"""Readings whose statements are asked for at once."""
SCATTERED = 2
"""The statements of a reading lie together: reading two for one that is wanted takes no longer than looking
up the wanted ones, each in its place."""


def statements_of(
    connection: Connection, versions: Iterable[str], upto: int, keys: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Statements by key, as the last reading before commit `upto` has them. keys: only these."""
    versions = sorted(set(versions))
    if not versions:
        return {}
    seqs = set(standing_readings(connection, versions, upto).values())
    read = readings_by_version(connection, versions).values()
    stored = {r.statements_from: r.statement_count for rows in read for r in rows if r.seq in seqs}
    wanted = None if keys is None else set(keys)
    rows: list[Any] = []
    if wanted is not None and len(wanted) * SCATTERED < sum(stored.values()):
        for some in chunks(sorted(wanted), KEYS):
            rows += ask(connection, Ask(rows_of, _BY_KEY, {"wanted": some}))
    else:
        for readings in chunks(sorted(stored), READINGS):
            found = ask(connection, Ask(rows_of, _BY_READING, {"wanted": readings}))
            rows += found if wanted is None else [row for row in found if row.key in wanted]
    return told_of(connection, rows, versions, upto)


def ask_rows_of_thread(commitment_seq: int) -> Ask[Rows]:
    """Rows of the statements of a commitment, by every reading, for `told_of`."""
    return Ask(rows_of, _OF_THREAD, {"commitment": commitment_seq})


def told_of(
    connection: Connection, rows: Iterable[Any], versions: Iterable[str], upto: int
) -> dict[str, dict[str, Any]]:
    """The same of rows of statements: those of the readings by which these versions stood."""
    versions = set(versions)
    names = names_of_versions(connection, versions, upto)
    seqs = set(standing_readings(connection, versions, upto).values())
    read = readings_by_version(connection, versions).values()
    by_reading = {row.statements_from: row for known in read for row in known if row.seq in seqs}
    rows = [row for row in rows if row.reading_seq in by_reading]
    spans = json.loads("[" + ",".join([row.spans for row in rows]) + "]")  # one by one takes thrice as long
    veil = Veil(connection)
    found: dict[str, dict[str, Any]] = {}
    for row, at in zip(rows, spans, strict=True):
        reading = by_reading[row.reading_seq]
        told = found[row.key] = {
            "document": names[reading.sha256],
            "sha256": reading.sha256,
            "published_on": reading.published,
            "document_title": reading.title,
            **_statement(row, at),
        }
        if not veil.lifted and veil.hides(reading.sha256, at):
            told["withheld"] = True
    return found if veil.lifted else {key: veil.statement(said) for key, said in found.items()}


def _statement(row: Any, spans: list[list[int]]) -> dict[str, Any]:
    quantities, responsible = amounts_of(row.quantities)
    for q in quantities:
        q["value"] = number(Decimal(q["value"]))
        q["high"] = None if q["high"] is None else number(Decimal(q["high"]))
    return {
        **dict(zip(_AS_IS, _as_is(row), strict=True)),
        "spans": spans,
        "text": row.quote if row.text is None else row.text,
        "quantities": quantities,
        "responsible": responsible,
        "framework": json.loads(row.framework) if row.framework else None,
    }
