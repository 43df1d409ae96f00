"""Full-text search over statements and texts, on both clocks."""

from __future__ import annotations

from typing import Literal

from audit.asking.clocks import Clocks
from storage.ledger import Ledger
from storage.queries.search import Found, search_statements, search_texts

Where = Literal["statements", "texts"]
Sort = Literal["read", "read_asc"]
_ROUNDS = 5
"""Pages of the ledger's own that one answer looks through for what a day leaves over."""


def search(
    ledger: Ledger,
    words: str,
    where: Where,
    clocks: Clocks,
    *,
    district: str | None = None,
    after: int | None = None,
    limit: int = 25,
    sort: Sort = "read",
) -> Found:
    """Statements or texts that have every one of the words, those read last first, or first first. `next`
    may lead to a page that is empty: only then is the search at its end."""
    look = search_statements if where == "statements" else search_texts
    kept: list[dict[str, object]] = []
    for _ in range(_ROUNDS):
        found = look(
            ledger,
            words,
            district=district,
            known_at=clocks.known_at,
            after=after,
            limit=limit - len(kept),
            earliest=sort == "read_asc",
        )
        kept += [e for e in found.entries if clocks.holds(e["published_on"], e.get("period"))]
        after = found.next
        if after is None or len(kept) == limit:
            break
    return Found(kept, after)
