"""Quotes cut from the raw text, by the decoding that the conclusion was drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from parsers.statement import Span
from storage.asking import Ask, ask
from storage.blobs import ask_blobs
from storage.reading_facts import Facts, readings_by_version
from storage.readings import decode
from storage.selecting import chunks
from storage.statement_rows import cut
from storage.withholding import LABEL, withheld


class Words(NamedTuple):
    """A place in a version's source text, as the ledger knew it at a commit."""

    sha256: str
    spans: tuple[Span, ...]
    commit_seq: int


TEXTS = 50
"""Versions whose bytes are held at once."""


def ask_bytes(decodings: Facts) -> Ask[dict[str, bytes]]:
    """What these versions are decoded from, to be asked together with other questions."""
    return ask_blobs({d.text_sha256 or sha256 for sha256, ds in decodings.items() for d in ds})


def quotes(
    connection: Connection, wanted: Iterable[Words], at_hand: Mapping[str, bytes] | None = None
) -> dict[Words, str]:
    """The words at each place, `LABEL` where they are withheld. A version is decoded once, however many words
    are cut from it. at_hand: the bytes, where they were asked for (`ask_bytes`)."""
    hidden = withheld(connection)
    by_version: dict[str, list[Words]] = {}
    for words in wanted:
        by_version.setdefault(words.sha256, []).append(words)
    found: dict[Words, str] = {}
    for some in chunks(sorted(by_version), TEXTS):
        decodings = readings_by_version(connection, some)
        blobs = at_hand
        if blobs is None:
            blobs = ask(connection, ask_bytes(decodings))
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
