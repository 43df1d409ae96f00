"""One edition of a plan, or two of them side by side."""

from __future__ import annotations

from typing import Any

from parsers.statement import Level
from storage.ledger import Ledger
from storage.queries import changes, edition_statements, editions


def plan(ledger: Ledger, district: str, period: str, level: Level | None = None) -> list[dict[str, Any]]:
    """The editions of a place for a period (one a lineage and level), each with its statements."""
    found = editions(ledger, district=district, level=level, period=period)
    return [{**one, "statements": edition_statements(ledger, one)} for one in found]


def periods(ledger: Ledger, district: str) -> list[str]:
    """The periods for which a place has an edition."""
    return sorted({str(one["period"]) for one in editions(ledger, district=district)})


def comparison(
    ledger: Ledger, district: str, period: str, against: str, level: Level | None = None
) -> list[dict[str, Any]]:
    """What changed from one period to the other: the log's entries between the two, restated ones too,
    and what is new in the later one.
    """
    earlier, later = sorted((period, against))
    entries = changes(ledger, district=district, level=level, include_all=True).entries
    return [
        entry
        for entry in entries
        if not entry["superseded_by"]
        and entry["edition_to"] == later
        and (entry["edition_from"] == earlier or entry["change"] == "new")
    ]
