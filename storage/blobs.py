"""Raw bytes, kept for ever by their hash, and the text that offsets point into."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from parsers.text import SourceText
from storage.among import among
from storage.asking import Ask, Prepared, Rows, ask
from storage.models import Blob
from storage.selecting import chunks


def pack(content: bytes) -> bytes:
    """Compressed bytes. Level 6: level 9 takes twice as long for one percent."""
    return zlib.compress(content, 6)


def unpack(stored: bytes) -> bytes:
    """The bytes as they were handed in."""
    return zlib.decompress(stored)


def decodes_to(content: bytes, source: SourceText) -> bool:
    """Whether the source text is simply the bytes decoded, so that it need not be kept beside them."""
    try:
        return content.decode(source.encoding) == source.text
    except (UnicodeDecodeError, LookupError):
        return False


_CONTENT = Prepared(select(Blob.sha256, Blob.content).where(among(Blob.sha256, "hashes")))


def load_blobs(connection: Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """Bytes by hash, for those that are there."""
    return ask(connection, ask_blobs(hashes))


def ask_blobs(hashes: Iterable[str]) -> Ask[dict[str, bytes]]:
    """The same, to be asked together with other questions."""
    wanted = set(hashes)
    return Ask(_unpacked, _CONTENT, {"hashes": wanted}) if wanted else Ask(_unpacked)


def _unpacked(rows: Rows) -> dict[str, bytes]:
    return {sha256: unpack(content) for sha256, content in rows}


def present_blobs(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Which of these hashes are stored."""
    found: set[str] = set()
    for some in chunks(sorted(set(hashes))):
        found.update(connection.execute(select(Blob.sha256).where(Blob.sha256.in_(some))).scalars())
    return found
