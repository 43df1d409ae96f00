"""Editions of a plan, and two of them side by side, on both clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, func, or_

from audit.asking.changes import Audience, gate, shown
from audit.asking.clocks import Clocks
from audit.asking.digits import moved, paired
from audit.asking.pages import page_of
from parsers.statement import Level
from storage.ledger import Ledger
from storage.models import ChangeRow
from storage.queries import edition_heads, edition_statements, editions
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


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of a comparison that tell the same (see `GROUPS`): the first of `total`. next: where the
    following ones begin."""

    name: str
    total: int
    entries: list[dict[str, Any]]
    next: str | None


def said(
    ledger: Ledger,
    district: str,
    period: str,
    level: Level | None,
    clocks: Clocks,
    *,
    only_systems: bool = False,
) -> list[dict[str, Any]]:
    """The editions of a place for a period, each with its statements in the order of its texts; `named` adds
    the commitment of each.

    only_systems: of the statements those that name a system.
    """
    at = clocks.known_at
    found = editions(ledger, district=district, level=level, period=period, known_at=at)
    shown = []
    for one in found:
        statements = [
            s
            for s in edition_statements(ledger, one, known_at=at, only_systems=only_systems)
            if clocks.holds(s["published_on"], period)
        ]
        shown.append({**one, "statements": statements})
    return [one for one in shown if one["statements"] or clocks.as_of is None]


def named(ledger: Ledger, editions: Sequence[dict[str, Any]], clocks: Clocks) -> list[dict[str, Any]]:
    """The editions, each of their statements with its `commitment` (None where it belongs to none)."""
    keys = {s["key"] for one in editions for s in one["statements"]}
    with ledger.reading() as connection:
        of = commitments_of(connection, keys, horizon(connection, clocks.known_at))
    return [
        {
            **one,
            "statements": [
                {**s, "commitment": None if s.get("withheld") else of.get(s["key"])}
                for s in one["statements"]
            ],
        }
        for one in editions
    ]


def periods(ledger: Ledger, district: str, clocks: Clocks) -> list[str]:
    """The periods for which a place has an edition."""
    found = edition_heads(ledger, district=district, known_at=clocks.known_at)
    return sorted({one.period for one in found if clocks.holds(None, one.period)})


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
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        query = _between(upto, district, period, against, level, clocks, audience)
        entries = shown(connection, connection.execute(query).all(), upto)
    return sorted(entries, key=lambda e: (e["said_on"] or "9999", e["id"]))


def groups(
    ledger: Ledger,
    district: str,
    period: str,
    against: str,
    level: Level | None,
    clocks: Clocks,
    audience: Audience = "operator",
    *,
    most: int,
    only: str | None = None,
    after: str | None = None,
) -> list[Group]:
    """The same by what the entries tell, the first `most` of each group; empty groups are left out.

    only: entries of this group alone, those behind the key `after` (CursorError); others say their number.
    """
    with ledger.reading() as connection:
        upto = horizon(connection, clocks.known_at)
        query = _between(upto, district, period, against, level, clocks, audience)
        rows = connection.execute(query).all()
        parts: list[tuple[str, int, list[Row[Any]], str | None]] = []
        for name, kinds in GROUPS:
            own = [row for row in rows if row.change in kinds]
            if only in (None, name):
                some, following = page_of(
                    f"plan {name}", own, lambda row: (row.said_on or "9999", row.id), after, most
                )
                parts.append((name, len(own), some, following))
            else:
                parts.append((name, len(own), [], None))
        opened = iter(shown(connection, [row for _, _, some, _ in parts for row in some], upto))
    return [
        Group(name, total, list(islice(opened, len(some))), following)
        for name, total, some, following in parts
        if total
    ]


def _between(
    upto: int,
    district: str,
    period: str,
    against: str,
    level: Level | None,
    clocks: Clocks,
    audience: Audience,
) -> Select[Any]:
    earlier, later = sorted((period, against))
    query = standing(ChangeRow, upto).where(
        _T.c.district == district,
        # So no index answers them: SQLite would take that of editions for better than that of places.
        func.coalesce(_T.c.edition_to, "") == later,
        or_(func.coalesce(_T.c.edition_from, "") == earlier, _T.c.change == "new"),
        *gate(audience),
    )
    if level is not None:
        query = query.where(_T.c.level == level)
    if clocks.as_of is not None:
        query = query.where(_T.c.said_last <= clocks.as_of.isoformat())
    return query


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
