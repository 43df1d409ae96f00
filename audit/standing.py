"""How a ledger's promises stand on a day, and a place's scorecard: rows of the ledger put into the views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from storage.ledger import Ledger
from storage.queries import changes, edition_statements, editions
from tracking.views import Outcome, Promise, Standing, done, elapsed, last_day, scorecard, standing

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
    whole = _whole(ledger, district, on, known_at)
    told = _outcomes(log)
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


def scores(
    ledger: Ledger,
    district: str,
    period: str | None = None,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """The scorecard of a place, one a level; period: only what was due in that year."""
    log = changes(ledger, district=district, as_of=as_of, known_at=known_at, include_all=True).entries
    log = [entry for entry in log if not entry["superseded_by"]]
    whole = _whole(ledger, district, as_of, known_at)
    found = []
    for level in sorted({entry["level"] for entry in log}):
        own = [e for e in log if e["level"] == level]
        promises = [
            Promise(
                e["commitment"]["id"], e["edition_to"], e["edition_to"], e["commitment"]["kind"] == "target"
            )
            for e in own
            if e["change"] in PROMISING and e["edition_to"]
        ]
        outcomes = [o for group in _outcomes(own).values() for o in group]
        if period is not None:
            kept = {period, str(int(period) + 1)} if period.isdigit() else {period}
            promises = [p for p in promises if p.edition in kept]
        years = {y for place, at, y in whole if (place, at) == (district, level)}
        if period is not None:
            years &= {int(period) + 1} if period.isdigit() else set()
        card = scorecard(promises, outcomes, years)
        found.append({"district": district, "level": level, "period": period, **_plain(card)})
    return found


def _plain(card: Any) -> dict[str, Any]:
    rates = ("reported_back", "met", "missed", "unreported", "restated", "reviewed")
    plain: dict[str, Any] = {"due": card.due}
    for name in rates:
        one = getattr(card, name)
        plain[name] = {
            "k": one.k,
            "n": one.n,
            "share": None if one.share is None else round(one.share, 4),
            "interval": [round(one.low, 4), round(one.high, 4)],
            "enough": one.enough,
        }
    plain |= {"not_quantified": card.not_quantified, "not_observed": card.not_observed}
    plain["rows"] = [{"commitment": c, "edition": e, "outcome": k or None} for c, e, k in card.rows]
    return plain


def _whole(
    ledger: Ledger, district: str | None, on: date | None, known_at: datetime | None
) -> set[tuple[str, str, int]]:
    """(district, level, year) of whole texts; on a day only those of years begun by then."""
    return {
        (one["district"], one["level"], int(one["period"]))
        for one in editions(ledger, district=district, known_at=known_at)
        if one["complete"] and one["period"].isdigit() and (on is None or int(one["period"]) <= on.year)
    }


def _outcomes(log: Iterable[Mapping[str, Any]]) -> dict[Key, list[Outcome]]:
    found: dict[Key, list[Outcome]] = defaultdict(list)
    for entry in log:
        if entry["change"] in OUTCOMES and entry["edition_from"]:
            result = entry["fields"].get("result")
            key = (entry["commitment"]["id"], entry["edition_from"])
            found[key].append(
                Outcome(
                    *key,
                    kind=entry["change"],
                    said_on=entry["said_on"],
                    apparent=entry["grade"] == "apparent",
                    reviewed=entry["reviewed"] is not None,
                    value=Decimal(str(result["new"])) if result else None,
                )
            )
    return found


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
