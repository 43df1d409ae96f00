"""Which place a person means by the tail of its name."""

from __future__ import annotations

from storage.ledger import Ledger
from storage.queries import documents, find_places


class Ambiguous(Exception):  # noqa: N818 - an answer to a question, not a failure
    """Several places end like that."""

    def __init__(self, candidates: list[str]) -> None:
        super().__init__(candidates)
        self.candidates = candidates


class Unknown(Exception):  # noqa: N818
    """No place of the ledger ends like that; known are those it has."""

    def __init__(self, known: list[str]) -> None:
        super().__init__(known)
        self.known = known


def resolve(ledger: Ledger, tail: str) -> str:
    """The full name of the one place whose name ends in `tail`; an exact name always wins.

    Raises Ambiguous or Unknown.
    """
    found = sorted({place.name for place in find_places(ledger, tail)})
    if tail in found:
        return tail
    if len(found) > 1:
        raise Ambiguous(found)
    if not found:
        raise Unknown(sorted({str(d["district"]) for d in documents(ledger) if d.get("district")}))
    return found[0]
