"""Editions of plans, and what stands in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.ledger import Ledger
from storage.models import EditionRow
from storage.queries.facts import standing
from storage.queries.statements import statements_of
from storage.queries.tails import names_of_versions
from storage.queries.veil import Veil
from storage.selecting import horizon

_T = EditionRow.__table__


def editions(
    ledger: Ledger,
    *,
    district: str | None = None,
    level: str | None = None,
    period: str | None = None,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """Editions by place, lineage and period. An edition that texts of several places tell of is one."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        query = standing(EditionRow, upto)
        for column, value in ((_T.c.district, district), (_T.c.level, level), (_T.c.period, period)):
            if value is not None:
                query = query.where(column == value)
        rows = connection.execute(query.order_by(_T.c.seq)).all()
        bodies = {row.seq: json.loads(row.body) for row in rows}
        names = names_of_versions(
            connection, (sha256 for body in bodies.values() for sha256 in body["documents"]), upto
        )
        veil = Veil(connection)
    merged: dict[str, dict[str, Any]] = {}
    for row in rows:
        found = merged.setdefault(row.id, _head(row))
        body = bodies[row.seq]
        found["complete"] = found["complete"] or row.complete
        found["retrospective"] = found["retrospective"] and row.retrospective
        for sha256, (value, why, span) in zip(body["documents"], body["clues"], strict=True):
            clue = veil.clue(sha256, {"value": value, "why": why, "span": span})
            text = {"document": names[sha256], "sha256": sha256, "clue": clue}
            if text not in found["documents"]:
                found["documents"].append(text)
        if not any(veil.hides(sha256) for sha256 in body["documents"]):
            found["remarks"] += [remark for remark in body["remarks"] if remark not in found["remarks"]]
        found["members"] = sorted({*found["members"], *body["members"]})
    return sorted(
        merged.values(), key=lambda e: (e["district"], e["level"], e["lineage"], e["period"], e["id"])
    )


def edition_statements(
    ledger: Ledger, edition: Mapping[str, Any], *, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """The statements of an edition (as `editions` gives it), in the order of its documents' text."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        versions = [text["sha256"] for text in edition["documents"]]
        found = statements_of(connection, versions, upto, edition["members"])
    order = {sha256: position for position, sha256 in enumerate(versions)}
    return sorted(found.values(), key=lambda s: (order[s["sha256"]], s["start"], s["end"], s["key"]))


def _head(row: Any) -> dict[str, Any]:
    names = ("id", "district", "place_code", "level", "lineage", "period", "complete", "retrospective")
    return {**{name: row._mapping[name] for name in names}, "documents": [], "remarks": [], "members": []}
