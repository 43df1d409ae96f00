"""The table of what was worked out for places (`storage.place_memory`), kept beside the ledger.

No part of the ledger: no model describes it, it is in no commit, no export and no copy to another database,
and may be dropped at any time. It is used only where it was written by this program and this parser version
for the conclusions that are held.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from parsers.reading import Declared
from storage.canonical import digest
from storage.code_version import code_version
from storage.reading_rows import declared_text

if TYPE_CHECKING:
    from storage.conclusions import Remember
    from storage.reconcile import Holding

TABLE = "remembered"
FORMAT = 3
HEAD = "head"


def create(dialect: str) -> Iterator[str]:
    """Statements that make it."""
    kind = "BLOB" if dialect == "sqlite" else "bytea"
    yield (
        f"CREATE TABLE {TABLE} (scope TEXT NOT NULL, part TEXT NOT NULL, content {kind} NOT NULL, "
        f"CONSTRAINT pk_{TABLE} PRIMARY KEY (scope, part))"
    )


def drop() -> Iterator[str]:
    """Statements that drop it."""
    yield f"DROP TABLE {TABLE}"


def token(document_id: str, declared: Declared, parser_version: str) -> str:
    """Names how given bytes are read: a reading is a pure function of these."""
    return digest(f"{document_id} {parser_version} {declared_text(declared)}")[:24]


def state_of(held: Holding) -> str:
    """A sum over what is held of a place, in whatever order."""
    total = sum(int(one.body_sha256[:32], 16) for rows in held.values() for one in rows.values())
    return f"{total:x}"


def head(parser_version: str, state: str) -> bytes:
    """What has to be as it was for the rest to be used."""
    return json.dumps([FORMAT, parser_version, code_version(), state]).encode()


def packed(content: bytes) -> bytes:
    """As it is kept: packed where it is worked out, since it is handed from process to process."""
    return zlib.compress(content, 1)


def remember(
    connection: Connection, scope: str, parser_version: str, state: str, memory: Remember | None
) -> None:
    """Keep what is to be remembered of a place, nothing else. state: of its conclusions as they are now."""
    written, needed = memory or ({}, set())
    known = set(
        connection.execute(text(f"SELECT part FROM {TABLE} WHERE scope = :scope"), {"scope": scope}).scalars()
    )
    parts = dict(written)
    if memory is not None:
        parts[HEAD] = head(parser_version, state)
    gone = [{"scope": scope, "part": part} for part in sorted(known) if part in parts or part not in needed]
    if gone:
        connection.execute(text(f"DELETE FROM {TABLE} WHERE scope = :scope AND part = :part"), gone)
    if parts:
        rows = [{"scope": scope, "part": part, "content": content} for part, content in parts.items()]
        connection.execute(text(f"INSERT INTO {TABLE} VALUES (:scope, :part, :content)"), rows)


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """Drop what is remembered of the places of these versions, with every word of theirs."""
    scopes = f"SELECT scope FROM {TABLE} WHERE part = :part"
    for sha256 in hashes:
        connection.execute(text(f"DELETE FROM {TABLE} WHERE scope IN ({scopes})"), {"part": f"text {sha256}"})
