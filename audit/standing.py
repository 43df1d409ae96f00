"""How a ledger's promises stand on a day: rows of the ledger put into the views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from storage.ledger import Ledger
from storage.queries import changes, edition_statements, editions
from tracking.views import Outcome, Promise, Standing, done, elapsed, last_day, standing

Key = tuple[str, str]
PROMISING = ("new", "restated", "changed", "revived")
OUTCOMES = ("fulfilled", "missed", "reported", "unreported")


def due(
    ledger: Ledger,
    *,
    on: date,
    within: timedelta,
    district: str | None = None,
    states: Collection[Standing],
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """Promises that stand in one of the states on a day, the first due first.

    Only what texts dated by that day say is counted; undated ones are left out.
    """
    log = changes(ledger, district=district, as_of=on, known_at=known_at, include_all=True).entries
    log = [entry for entry in log if not entry["superseded_by"]]
    whole = whole_years(ledger, district, on, known_at)
    told = outcomes_told(log)
    latest = _latest(log, _periods(ledger, district, known_at))
    found = []
    for key, (promise, entry) in latest.items():
        year = last_day(promise.due)
        reviewed = year is not None and (entry["district"], entry["level"], year.year + 1) in whole
        state = standing(promise, told[key], reviewed, on, within)
        if state is None or state not in states or year is None:
            continue
        found.append(
            {
                "state": state,
                "due": year.isoformat(),
                "days": (year - on).days,
                "district": entry["district"],
                "level": entry["level"],
                "commitment": entry["commitment"],
                "edition": promise.edition,
                "elapsed": elapsed(promise.due, on),
                "done": done(promise, told[key]),
                "evidence": [e for e in entry["evidence"] if e["side"] == "new"],
            }
        )
    return sorted(found, key=lambda row: (row["due"], row["district"], row["commitment"]["id"]))


def whole_years(
    ledger: Ledger, district: str | None, on: date | None, known_at: datetime | None
) -> set[tuple[str, str, int]]:
    """(district, level, year) of whole texts; on a day only those of years begun by then."""
    return {
        (one["district"], one["level"], int(one["period"]))
        for one in editions(ledger, district=district, known_at=known_at)
        if one["complete"] and one["period"].isdigit() and (on is None or int(one["period"]) <= on.year)
    }


def outcomes_told(
    log: Iterable[Mapping[str, Any]], reviews: Collection[str] = ()
) -> dict[Key, list[Outcome]]:
    """By commitment and edition what later texts tell. reviews: hashes of whole reports, which review."""
    found: dict[Key, list[Outcome]] = defaultdict(list)
    for entry in log:
        if entry["change"] in OUTCOMES and entry["edition_from"]:
            result = entry["fields"].get("result")
            key = (entry["commitment"]["id"], entry["edition_from"])
            year, told = _reviewing(key[1]), {e["sha256"] for e in entry["evidence"] if e["side"] == "new"}
            inside = bool(told & set(reviews)) and entry["edition_to"] == year
            found[key].append(
                Outcome(
                    *key,
                    kind=entry["change"],
                    said_on=entry["said_on"],
                    apparent=entry["grade"] == "apparent",
                    reviewed=entry["reviewed"] is not None,
                    value=Decimal(str(result["new"])) if result else None,
                    entry=entry["id"],
                    in_review=inside,
                    elsewhere=bool(told) and (entry["edition_to"] != year or bool(told - set(reviews))),
                )
            )
    return found


def _reviewing(edition: str) -> str | None:
    """The year whose report reviews an edition: the one after its last."""
    day = last_day(edition)
    return str(day.year + 1) if day else None


def _periods(
    ledger: Ledger, district: str | None, known_at: datetime | None
) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Statements by the place of their words."""
    return {
        (s["sha256"], s["start"], s["end"]): s
        for one in editions(ledger, district=district, known_at=known_at)
        for s in edition_statements(ledger, one, known_at=known_at)
    }


def _latest(
    log: Iterable[Mapping[str, Any]], statements: Mapping[tuple[str, int, int], Mapping[str, Any]]
) -> dict[Key, tuple[Promise, Mapping[str, Any]]]:
    """Of each commitment and edition the entry that states it last; systems are not due."""
    found: dict[Key, tuple[Promise, Mapping[str, Any]]] = {}
    for entry in log:
        told = [e for e in entry["evidence"] if e["side"] == "new"]
        if entry["change"] not in PROMISING or entry["commitment"]["kind"] == "framework" or not told:
            continue
        words = statements.get((told[0]["sha256"], told[0]["start"], told[0]["end"]), {})
        amounts = words.get("quantities") or []
        promise = Promise(
            entry["commitment"]["id"],
            entry["edition_to"],
            words.get("period") or entry["edition_to"],
            bool(amounts),
            Decimal(str(amounts[0]["value"])) if len(amounts) == 1 else None,
        )
        found[promise.commitment, promise.edition] = (promise, entry)
    return found
