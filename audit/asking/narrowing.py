"""Entries of the log at hand, narrowed as the API narrows its lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from storage.by_key import has_key
from storage.ledger import Ledger
from storage.models import StatementRow
from storage.selecting import chunks
from tracking.words.areas import area_of


@dataclass(frozen=True, slots=True)
class Narrow:
    """What entries must have; None: anything. document: the beginning of a text's hash."""

    grade: str | None = None
    edition: str | None = None
    commitment_kind: str | None = None
    direction: str | None = None
    area: str | None = None
    issuer: str | None = None
    document: str | None = None


def narrowed(ledger: Ledger, entries: Iterable[dict[str, Any]], by: Narrow) -> list[dict[str, Any]]:
    """Those of the entries that have it all, in the same order."""
    kept = [e for e in entries if _fits(e, by)]
    if by.issuer is None:
        return kept
    with ledger.reading() as connection:
        issuers = _issuers(connection, {e["about"] for e in kept})
    return [e for e in kept if issuers.get(e["about"]) == by.issuer]


def _fits(e: Mapping[str, Any], by: Narrow) -> bool:
    return (
        by.grade in (None, e["grade"])
        and by.edition in (None, e["edition_from"], e["edition_to"])
        and by.commitment_kind in (None, e["commitment"]["kind"])
        and (by.area is None or area_of(e) == by.area)
        and (by.direction is None or any(f.get("direction") == by.direction for f in e["fields"].values()))
        and (by.document is None or any(x["sha256"].startswith(by.document) for x in e["evidence"]))
    )


def _issuers(connection: Connection, keys: set[str]) -> dict[str, str]:
    """Who said statements, by key."""
    found: dict[str, str] = {}
    for some in chunks(sorted(keys)):
        query = select(StatementRow.key, StatementRow.issuer).where(has_key(StatementRow.key, "keys"))
        found.update((key, issuer) for key, issuer in connection.execute(query, {"keys": some}))
    return found
