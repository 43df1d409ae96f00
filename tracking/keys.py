"""Names that depend on content alone: keys of statements, ids of commitments, editions and changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from parsers.statement import Span, Statement

ID_LENGTH = 16
"""Hex digits of an id that people see: 64 bits, collisions unlikely below billions of entries."""


_encode: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
if json.encoder.c_make_encoder is not None:  # type: ignore[attr-defined]
    # JSONEncoder builds this anew for every value; a large ledger names a million.
    _chunks = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
        None, None, json.encoder.encode_basestring, None, ":", ",", True, False, True
    )

    def _encode(value: Any) -> str:
        return "".join(_chunks(value, 0))


def digest(*parts: Any) -> str:
    """SHA-256 (hex) over the canonical JSON of the parts."""
    return hashlib.sha256(_encode(parts).encode()).hexdigest()


def spans_text(spans: Sequence[Span]) -> str:
    """Spans as canonical JSON, put together by hand: a large ledger has a million."""
    if len(spans) == 1:  # as nearly all have
        ((start, end),) = spans
        return f"[[{start},{end}]]"
    return "[" + ",".join([f"[{start},{end}]" for start, end in spans]) + "]"


def statement_keys(version_sha256: str, statements: Sequence[Statement]) -> list[str]:
    """One key per statement, in order.

    A key is the SHA-256 over the document version, the spans, the kind, and the ordinal among the
    statements of this version with the same spans; never over a path or an address.
    """
    return keys_of(version_sha256, [(spans_text(s.spans), s.kind) for s in statements])


def keys_of(version_sha256: str, stated: Iterable[tuple[str, str]]) -> list[str]:
    """The same, from spans (`spans_text`) and kinds."""
    seen: dict[str, int] = {}
    keys = []
    sha256 = hashlib.sha256
    for spans, kind in stated:
        ordinal = seen.get(spans, 0)
        seen[spans] = ordinal + 1
        # What `digest` hashes.
        keys.append(sha256(f'["{version_sha256}",{spans},"{kind}",{ordinal}]'.encode()).hexdigest())
    return keys


def commitment_id(place_code: str, level: str, members: Iterable[tuple[str, str]]) -> str:
    """Id of the thread with these (statement key, slot) members: decided by the smallest of them.

    The slot tells apart the several things that one statement lists; it is empty for most.
    """
    key, slot = min(members)
    return digest("commitment", place_code, level, key, *([slot] if slot else []))[:ID_LENGTH]


def edition_id(place_code: str, level: str, lineage: str, period: str) -> str:
    """Id of one issue of a plan."""
    return digest("edition", place_code, level, lineage, period)[:ID_LENGTH]


def notes_id(place_code: str, level: str) -> str:
    """Id of what is to be known of a place's texts."""
    return digest("notes", place_code, level)[:ID_LENGTH]


def change_id(
    kind: str,
    edition_from: str | None,
    edition_to: str | None,
    evidence: Iterable[tuple[str, str, tuple[Span, ...]]],
    about: str,
) -> str:
    """Id of a change: kind, editions, evidence as (side, version, spans) and the statement it is about."""
    return digest("change", kind, edition_from, edition_to, sorted(evidence), about)[:ID_LENGTH]
