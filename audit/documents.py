"""The texts of a ledger with the editions they belong to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage.ledger import Ledger
from storage.queries import documents as stored
from storage.queries import editions

FACTS = ("id", "district", "level", "lineage", "period", "retrospective")
YEARLY = ("yearly", "list")


def documents(
    ledger: Ledger, *, district: str | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Documents, each with `edition` (the year whose plan it belongs to), `edition_clue` and `editions`.

    The year may come from another text (a campaign year that both name), so it is the editions' and not
    the reading's. Several editions: one that looks back, a long-term one, another place's that it quotes.
    """
    of_text: dict[str, list[dict[str, Any]]] = {}
    for edition in editions(ledger, known_at=known_at):
        for text in edition["documents"]:
            facts = {
                key: edition[key] for key in ("id", "district", "level", "lineage", "period", "retrospective")
            }
            of_text.setdefault(text["sha256"], []).append({**facts, "clue": text["clue"]})
    return [
        _with_editions(one, of_text.get(one["sha256"], []))
        for one in stored(ledger, district=district, known_at=known_at)
    ]


def _with_editions(document: dict[str, Any], editions: list[dict[str, Any]]) -> dict[str, Any]:
    own = [
        e
        for e in editions
        if e["district"] == document["district"]
        and not e["retrospective"]
        and e["lineage"] in ("yearly", "list")
    ]
    main = own[0] if own else None
    return {
        **document,
        "edition": main["period"] if main else document["plan_year"],
        "edition_clue": main["clue"] if main else document["plan_year_clue"],
        "editions": editions,
    }
