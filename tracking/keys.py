"""Keys of statements: what links, rulings and entries name them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from parsers.statement import Span, Statement


def statement_keys(version_sha256: str, statements: Sequence[Statement]) -> list[str]:
    """Key of each statement of one document version, in order.

    SHA-256 (hex) of the version, the spans, the kind and the ordinal among the statements with the same
    spans. No path and no parser version goes in: a statement keeps its key where its words keep theirs.
    """
    seen: Counter[tuple[Span, ...]] = Counter()
    keys: list[str] = []
    for statement in statements:
        ordinal = seen[statement.spans]
        seen[statement.spans] += 1
        spans = ",".join(f"{start}-{end}" for start, end in statement.spans)
        keys.append(sha256(f"{version_sha256}|{spans}|{statement.kind}|{ordinal}".encode()).hexdigest())
    return keys
