"""The ledger as JSON lines: what holds now, or everything that was ever recorded.

Both are deterministic. The current export depends on documents, rulings and the parser alone: it is the
same in whatever order and number of runs they came. The full export adds when and by what run, and all
that was superseded; it is the same on every database for the same commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from sqlalchemy import Connection, inspect, select

from storage.canonical import canonical
from storage.ledger import Ledger
from storage.models import Base, ChangeRow, CommitmentRow, Document, EditionRow, MemberRow, NotesRow
from storage.models.order import TOLD
from storage.queries.changes import render
from storage.queries.documents import documents, standing_links
from storage.queries.facts import moment, standing
from storage.queries.naming import other_names
from storage.queries.quarantine import quarantine
from storage.queries.statements import statements_of
from storage.queries.tails import shown_names
from storage.queries.veil import Veil
from storage.ruling_rows import rulings_held
from storage.selecting import chunks, horizon
from storage.veiled_rows import VeiledRows
from storage.withholding import LABEL
from tracking.rulings import in_force

_PAGE = 1000

_HISTORY = frozenset(
    {"recorded_at", "run", "entry_hash", "superseded_by", "first_seen", "last_seen", "parser_version"}
)
"""Left out of the current export: it tells how the ledger came to know, not what holds."""


def export_current(ledger: Ledger, stream: TextIO) -> int:
    """Write what holds now, sorted by type and id; returns the number of lines."""
    return _write(stream, _current(ledger))


def export_full(ledger: Ledger, stream: TextIO) -> int:
    """Write every row that was ever recorded, table by table in the order of recording; returns the lines.

    Raw bytes are not in it (their hashes are), nor withheld words, nor where a file lies beyond what it takes
    to name it.
    """
    with ledger.reading() as connection:
        return _write(stream, _full(connection, ledger.mode))


def _write(stream: TextIO, lines: Iterator[dict[str, Any]]) -> int:
    count = 0
    for line in lines:
        stream.write(canonical(line) + "\n")
        count += 1
    return count


def _current(ledger: Ledger) -> Iterator[dict[str, Any]]:
    yield {"type": "ledger", "mode": ledger.mode}
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        veil, veiled = Veil(connection), VeiledRows(connection)
        changes = _by_id(connection, ChangeRow, upto)
        for some in chunks(changes, _PAGE):
            for entry in render(connection, some, upto):
                # Which run happened to say it first decides the cause: it is history too.
                yield {"type": "change", **_without(entry, _HISTORY | {"cause"})}
        for some in chunks(_by_id(connection, CommitmentRow, upto), _PAGE):
            yield from _commitments(connection, veil, some, upto)
    for document in sorted(documents(ledger), key=lambda d: (d["document"], d["sha256"])):
        # The id hashes the absolute path of a single file, which is this machine's own.
        kept = _without(document, _HISTORY | {"id", "type"})
        yield {"type": "document", **kept, "document_type": document["type"]}
    with ledger.reading() as connection:
        for row in _by_id(connection, EditionRow, upto):
            body = json.loads(veiled.line(EditionRow, dict(row._mapping))["body"])
            yield {"type": "edition", **_columns(row, EditionRow), **body}
        for row in _by_id(connection, NotesRow, upto):
            yield {"type": "place_notes", **_columns(row, NotesRow), **json.loads(row.body)}
        for held in sorted(quarantine(ledger), key=lambda q: (q["document"], q["id"])):
            yield {
                "type": "quarantine",
                **_without(held, _HISTORY | {"id", "status", "decided_by", "given_by"}),
            }
        for ruling in sorted(in_force(rulings_held(connection)), key=lambda ruling: ruling.id):
            yield {"type": "ruling", "id": ruling.id, **ruling.record()}
        hashes = sorted({link.sha256 for _, link in standing_links(connection, upto)})
        for some_hashes in chunks(hashes, 50):
            found = statements_of(connection, some_hashes, upto)
            for key in sorted(found):
                yield {"type": "statement", **found[key]}


def _without(entry: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


def _by_id(connection: Connection, model: type[Base], upto: int) -> list[Any]:
    """Standing rows sorted by id here: databases sort text by their own rules."""
    return sorted(connection.execute(standing(model, upto)), key=lambda row: (row.id, row.scope))


_ROW_ONLY = frozenset(
    {"seq", "op", "body_sha256", "cause", "commit_seq", "entry_hash", "replaced_by", "first_seq", "body"}
)


def _columns(row: Any, model: type[Base]) -> dict[str, Any]:
    return {c.name: getattr(row, c.name) for c in model.__table__.c if c.name not in _ROW_ONLY}


def _commitments(connection: Connection, veil: Veil, rows: Any, upto: int) -> Iterator[dict[str, Any]]:
    renamed = other_names(connection, veil, rows, upto)
    members: dict[int, list[dict[str, Any]]] = {row.seq: [] for row in rows}
    for some in chunks(sorted(members)):
        query = (
            select(*MemberRow.__table__.c)
            .where(MemberRow.commitment_seq.in_(some))
            .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
        )
        for m in connection.execute(query):
            value = {**m._mapping, "confidence": float(m.confidence), **json.loads(m.extra)}
            members[m.commitment_seq].append(
                {name: v for name, v in value.items() if name not in ("commitment_seq", "ordinal", "extra")}
            )
    for row in rows:
        named = dict.fromkeys(("title", "subject"), renamed.get(row.seq))
        told = members[row.seq]
        yield {
            "type": "commitment",
            **_columns(row, CommitmentRow),
            **json.loads(row.body),
            **(named if row.seq in renamed else {}),
            "members": [{**m, "why": LABEL} for m in told] if row.seq in renamed else told,
        }


def _full(connection: Connection, mode: str) -> Iterator[dict[str, Any]]:
    yield {"table": "ledger", "mode": mode}
    upto = horizon(connection, None)
    seqs = connection.execute(select(Document.seq)).scalars().all()
    names = shown_names(connection, seqs, upto)
    veiled = VeiledRows(connection)
    for model in TOLD:
        t = model.__table__
        query = select(*t.c).order_by(*inspect(model).primary_key).execution_options(yield_per=_PAGE)
        for row in connection.execute(query):
            line = {"table": model.__tablename__}
            for name, value in veiled.line(model, dict(row._mapping)).items():
                line[name] = moment(value) if hasattr(value, "isoformat") else value
            if model is Document:
                line["locator"] = names[row.seq]
                del line["name"]
            yield line
