"""The texts of a ledger with the editions they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage.ledger import Ledger
from storage.queries import documents as stored
from storage.queries import editions

FACTS = ("id", "district", "level", "lineage", "period", "retrospective")
YEARLY = ("yearly", "list")


def documents(
    ledger: Ledger,
    *,
    district: str | None = None,
    known_at: datetime | None = None,
    only_own: bool = False,
    versions: Iterable[str] | None = None,
) -> list[dict[str, Any]]:
    """Documents, each with `dated`, `edition` (the year whose plan it belongs to), its clue and `editions`.

    The year may come from another text (a campaign year that both name), so it is the editions' and not
    the reading's. Several editions: one that looks back, a long-term one, another place's that it quotes.
    only_own: of the editions those of each text's own place alone; the others take going through all places.
    versions: only documents that ever had one of these hashes.
    """
    found = stored(ledger, district=district, known_at=known_at, versions=versions)
    of_text: dict[str, list[dict[str, Any]]] = {}
    for place in sorted({str(one["district"]) for one in found}) if only_own else (None,):
        for edition in editions(ledger, district=place, known_at=known_at):
            for text in edition["documents"]:
                facts = {key: edition[key] for key in FACTS}
                of_text.setdefault(text["sha256"], []).append({**facts, "clue": text["clue"]})
    return [_with_editions(one, of_text.get(one["sha256"], [])) for one in found]


def _with_editions(document: dict[str, Any], editions: list[dict[str, Any]]) -> dict[str, Any]:
    own = [
        e
        for e in editions
        if e["district"] == document["district"] and not e["retrospective"] and e["lineage"] in YEARLY
    ]
    main = own[0] if own else None
    return {
        **document,
        "dated": _dated(document, main),
        "edition": main["period"] if main else document["plan_year"],
        "edition_clue": main["clue"] if main else document["plan_year_clue"],
        "editions": editions,
    }


def _dated(document: dict[str, Any], main: dict[str, Any] | None) -> dict[str, Any] | None:
    """When the text was published: `value` with its clue (`why`) and whether it is `inferred`, from its own
    words or from another text that names the same year; None where nothing tells.
    """
    clue = document["published_clue"]
    if document["published_on"]:
        why = str((clue or {}).get("why", ""))
        return {"value": document["published_on"], "why": why, "inferred": why.startswith("inferred")}
    if main is None or not main["period"].isdigit() or main["clue"]["value"] != main["period"]:
        return None
    return {"value": main["period"], "why": main["clue"]["why"], "inferred": True}
