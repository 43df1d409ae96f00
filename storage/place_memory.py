"""Concluding by what was worked out for a place before, so that the next text costs only what it touches."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from storage.conclusions import Conclusions, conclusions
from storage.models import ChangeRow, CommitmentRow
from storage.reconcile import Holding
from storage.remembered import HEAD, TABLE, head, packed, state_of
from tracking.memory.again import derive_again
from tracking.memory.kept import Memory
from tracking.model import Version
from tracking.rulings import Ruling

NOTHING = Memory()


def concluded(
    versions: Sequence[Version],
    rulings: Sequence[Ruling],
    tokens: Mapping[str, str],
    memory: Memory = NOTHING,
) -> Conclusions:
    """What follows from the texts of a place, with what is to be remembered of it.

    tokens: by hash a name of how each version was read (`storage.remembered.token`).
    """
    again = derive_again(versions, rulings, memory, tokens)
    kept = {CommitmentRow: again.commitments, ChangeRow: again.changes}
    remember = {part: packed(content) for part, content in again.written.items()}, again.needed
    derived = again.derived
    del again  # and all that is remembered of single statements, before the rows are made
    return Conclusions(conclusions(versions, derived).wanted, kept, remember)


def recall(connection: Connection, scope: str, parser_version: str, held: Holding) -> Memory:
    """What is remembered of a place; nothing where that is of another parser or of other conclusions."""
    query = text(f"SELECT part, content FROM {TABLE} WHERE scope = :scope")
    parts = {part: bytes(content) for part, content in connection.execute(query, {"scope": scope})}
    if parts.pop(HEAD, b"") != head(parser_version, state_of(held)):
        return NOTHING
    return Memory({part: zlib.decompress(content) for part, content in parts.items()})
