"""Quotes cut from the raw text, by the decoding that the conclusion was drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from parsers.statement import Span
from storage.blobs import load_blobs
from storage.models import ReadingRow, VersionRow
from storage.readings import decode
from storage.selecting import among, chunks
from storage.statement_rows import cut
from storage.withholding import LABEL, withheld


class Words(NamedTuple):
    """A place in a version's source text, as the ledger knew it at a commit."""

    sha256: str
    spans: tuple[Span, ...]
    commit_seq: int


class _Decoding(NamedTuple):
    commit_seq: int
    text_sha256: str | None
    encoding: str


def quotes(connection: Connection, wanted: Iterable[Words]) -> dict[Words, str]:
    """The words at each place, `LABEL` where they are withheld. A version is decoded once, however many words
    are cut from it."""
    hidden = withheld(connection)
    by_version: dict[str, list[Words]] = {}
    for words in wanted:
        by_version.setdefault(words.sha256, []).append(words)
    found: dict[Words, str] = {}
    for some in chunks(sorted(by_version), 50):
        decodings = _decodings(connection, some)
        blobs = load_blobs(
            connection, {d.text_sha256 or sha256 for sha256, ds in decodings.items() for d in ds}
        )
        for sha256 in some:
            texts: dict[tuple[str | None, str], str] = {}
            for words in by_version[sha256]:
                known = decodings[sha256]
                used = next((d for d in reversed(known) if d.commit_seq <= words.commit_seq), known[0])
                way = (used.text_sha256, used.encoding)
                if way not in texts:
                    texts[way] = decode(blobs[used.text_sha256 or sha256], *way)
                shown = not hidden.hides(sha256, words.spans)
                found[words] = cut(texts[way], words.spans) if shown else LABEL
    return found


_DECODINGS = (
    select(VersionRow.sha256, ReadingRow.commit_seq, ReadingRow.text_sha256, ReadingRow.encoding)
    .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
    .where(VersionRow.sha256.in_(among("hashes")), ReadingRow.refused.is_(None))
    .order_by(ReadingRow.seq)
)


def _decodings(connection: Connection, hashes: Iterable[str]) -> dict[str, list[_Decoding]]:
    """How versions were decoded over time, oldest first."""
    found: dict[str, list[_Decoding]] = {}
    for sha256, *decoding in connection.execute(_DECODINGS, {"hashes": list(hashes)}):
        found.setdefault(sha256, []).append(_Decoding(*decoding))
    return found
