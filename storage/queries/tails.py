"""What people are shown of where a text stands: its URL, or the shortest end of its path that is its own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.models import Document, VersionRow
from storage.selecting import chunks


def shown_names(connection: Connection, document_seqs: Iterable[int], upto: int) -> dict[int, str]:
    """Names of documents by number. An absolute path is never shown further up than it takes to tell."""
    query = select(Document.seq, Document.source, Document.locator, Document.name)
    wanted = {}
    for some in chunks(sorted(set(document_seqs))):
        for row in connection.execute(query.where(Document.seq.in_(some))):
            wanted[row.seq] = row
    rivals: dict[str, list[tuple[int, str, list[str]]]] = {}
    for names in chunks(sorted({row.name for row in wanted.values()})):
        same = query.where(Document.name.in_(names), Document.commit_seq <= upto)
        for row in connection.execute(same):
            rivals.setdefault(row.name, []).append((row.seq, row.source, _parts(row.locator)))
    return {
        seq: row.locator if "://" in row.locator else _tail(seq, row.source, rivals.get(row.name, []))
        for seq, row in wanted.items()
    }


def _parts(locator: str) -> list[str]:
    return [part for part in locator.replace("\\", "/").split("/") if part]


def _tail(seq: int, source: str, rivals: list[tuple[int, str, list[str]]]) -> str:
    own = next((parts for number, _, parts in rivals if number == seq), [])
    others = [parts for number, _, parts in rivals if number != seq]
    for length in range(1, len(own) + 1):
        tail = own[-length:]
        if not any(parts[-length:] == tail for parts in others):
            return "/".join(tail)
    # Another source has the same path, or this one at the end of a longer: only the source tells them apart.
    return f"{source}:{'/'.join(own)}"


def names_of_versions(connection: Connection, hashes: Iterable[str], upto: int) -> dict[str, str]:
    """Shown names by version hash; where equal bytes stand at several places, the first in order."""
    found: dict[str, set[int]] = {}
    for some in chunks(sorted(set(hashes))):
        query = select(VersionRow.sha256, VersionRow.document_seq).where(
            VersionRow.sha256.in_(some), VersionRow.commit_seq <= upto
        )
        for sha256, document in connection.execute(query):
            found.setdefault(sha256, set()).add(document)
    names = shown_names(connection, {seq for seqs in found.values() for seq in seqs}, upto)
    return {sha256: min(names[seq] for seq in seqs) for sha256, seqs in found.items()}
