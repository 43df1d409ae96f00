"""Replies that were accepted: they stand beside the entries whose evidence they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from parsers.statement import Span
from storage.queries.facts import moment
from storage.ruling_rows import rulings_held
from storage.statement_rows import spans_of
from storage.withholding import kinds_ruled
from tracking.rulings import in_force

Place = tuple[str, tuple[Span, ...]]
Replies = dict[frozenset[Place], list[dict[str, Any]]]


def replies(connection: Connection, upto: int) -> Replies:
    """Replies in force by the evidence they are about."""
    if "reply" not in kinds_ruled(connection):
        return {}
    found: Replies = {}
    for ruling in in_force(rulings_held(connection, upto)):
        if ruling.kind == "reply":
            told = {
                "text": str(ruling.body["text"]),
                "from": str(ruling.body.get("from") or ""),
                "accepted_at": moment(ruling.ruled_at),
                "ruling": ruling.id,
            }
            places = frozenset((cited.sha256, cited.spans) for cited in ruling.evidence)
            found.setdefault(places, []).append(told)
    return found


def beside(answered: Replies, evidence: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What an entry with this evidence gets: `replies`, or nothing."""
    if not answered:
        return {}
    places = frozenset((e["sha256"], spans_of(e["spans"])) for e in evidence)
    return {"replies": answered[places]} if places in answered else {}
