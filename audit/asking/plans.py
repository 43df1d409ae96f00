"""Editions of a plan, and two of them side by side, on both clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_

from audit.asking.changes import Audience, gate, shown
from audit.asking.clocks import Clocks
from audit.asking.digits import moved, paired
from parsers.statement import Level
from storage.ledger import Ledger
from storage.models import ChangeRow
from storage.queries import edition_statements, editions
from storage.queries.facts import standing
from storage.queries.search import commitments_of
from storage.selecting import horizon

_T = ChangeRow.__table__
GROUPS = (
    ("new", ("new", "revived")),
    ("changed", ("changed", "conflict")),
    ("gone", ("dropped",)),
    ("unreported", ("unreported",)),
    ("judged", ("fulfilled", "missed", "reported")),
    ("same", ("restated",)),
)
"""How a comparison is told: what came, what differs, what is not there any more, what was not reported on."""


def plan(
    ledger: Ledger, district: str, period: str, level: Level | None, clocks: Clocks
) -> list[dict[str, Any]]:
    """The editions of a place for a period, each with its statements and the commitment of each."""
    at = clocks.known_at
    found = editions(ledger, district=district, level=level, period=period, known_at=at)
    shown = []
    for one in found:
        said = [
            s for s in edition_statements(ledger, one, known_at=at) if clocks.holds(s["published_on"], period)
        ]
        with ledger.reading() as connection:
            of = commitments_of(connection, {s["key"] for s in said}, horizon(connection, at))
        statements = [{**s, "commitment": None if s.get("withheld") else of.get(s["key"])} for s in said]
        shown.append({**one, "statements": statements})
    return [one for one in shown if one["statements"] or clocks.as_of is None]


def periods(ledger: Ledger, district: str, clocks: Clocks) -> list[str]:
    """The periods for which a place has an edition."""
    found = editions(ledger, district=district, known_at=clocks.known_at)
    return sorted({str(one["period"]) for one in found if clocks.holds(None, one["period"])})


def comparison(
    ledger: Ledger,
    district: str,
    period: str,
    against: str,
    level: Level | None,
    clocks: Clocks,
    audience: Audience = "operator",
) -> list[dict[str, Any]]:
    """What changed from one period to the other: the log's entries between the two, restated ones too, and
    what is new in the later one."""
    earlier, later = sorted((period, against))
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        query = standing(ChangeRow, upto).where(
            _T.c.district == district,
            _T.c.edition_to == later,
            or_(_T.c.edition_from == earlier, _T.c.change == "new"),
            *gate(audience),
        )
        if level is not None:
            query = query.where(_T.c.level == level)
        if clocks.as_of is not None:
            query = query.where(_T.c.said_last <= clocks.as_of.isoformat())
        entries = shown(connection, connection.execute(query).all(), upto)
    return sorted(entries, key=lambda e: (e["said_on"] or "9999", e["id"]))


def grouped(entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Entries of a comparison by what they tell, empty groups left out."""
    told = [(name, [e for e in entries if e["change"] in kinds]) for name, kinds in GROUPS]
    return [(name, some) for name, some in told if some]


def systems(older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The named systems of two editions, digit by digit: each with its parts in the older and the newer."""
    sides = [_systems(older), _systems(newer)]
    names = sorted(sides[0].keys() | sides[1].keys())
    rows = []
    for name in names:
        pair = [side.get(name) for side in sides]
        labels: list[str] = []
        for one in pair:
            for part in (one or {}).get("components", ()):
                if part["label"] not in labels:
                    labels.append(part["label"])
        rows.append(
            {
                "commitment": name,
                "title": next(p["title"] for p in reversed(pair) if p),
                "formulas": [(p or {}).get("formula") for p in pair],
                "names": [(p or {}).get("name") for p in pair],
                "digits": [digit for label in labels for digit in _digits(label, pair)],
            }
        )
    return [row for row in rows if row["digits"]]


def _digits(label: str, pair: Sequence[Mapping[str, Any] | None]) -> list[dict[str, Any]]:
    older, newer = (
        [c["items"] for c in (p or {}).get("components", ()) if c["label"] == label] for p in pair
    )
    found = []
    for old, new in paired(older, newer):
        came, went = moved(old, new)
        found.append({"label": label, "old": old, "new": new, "came": came, "went": went})
    return found


def _systems(plans: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for edition in plans:
        for s in edition["statements"]:
            system, of = s["framework"], s["commitment"]
            if not system or not of or s.get("withheld"):
                continue
            held = found.setdefault(
                of["id"],
                {
                    "title": of["title"],
                    "name": system["name"],
                    "formula": system["formula"],
                    "components": [],
                },
            )
            held["formula"] = held["formula"] or system["formula"]
            counted: Counter[str] = Counter()
            for part in system["components"]:
                # 1+446 has two fours: the second four of one sentence is the second of another.
                number = counted[part["label"]]
                counted[part["label"]] += 1
                same = [c for c in held["components"] if c["label"] == part["label"]]
                if number == len(same):
                    held["components"].append({"label": part["label"], "items": list(part["items"])})
                else:
                    known = same[number]
                    known["items"] += [i for i in part["items"] if i not in known["items"]]
    return found
