"""What the log of looks says of sources: looks in order, addresses with faults, what was handed in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from parsers.sources.health import LookFacts
from storage.ledger import Ledger
from storage.models import Document, FetchRow, LookRow, Sighting, VersionRow
from storage.watching import ARCHIVE, GOOD


@dataclass
class Watched:
    """One source. faults: addresses whose last fetch brought nothing, newest first. archives: the first and
    last days of the parts of its archive that were taken in whole."""

    looks: list[LookFacts] = field(default_factory=list)
    archives: list[tuple[date, date]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    texts: int = 0
    given: datetime | None = None


def watched(ledger: Ledger, sources: Iterable[str] | None = None) -> dict[str, Watched]:
    """What is known of sources (all that were ever looked at or handed in for, where none are named)."""
    names = None if sources is None else sorted(set(sources))
    found: dict[str, Watched] = {name: Watched() for name in names or ()}
    with ledger.reading() as connection:
        _add_looks(connection, names, found)
        last = select(func.max(FetchRow.seq)).group_by(FetchRow.source, FetchRow.address)
        faults = (
            select(*FetchRow.__table__.c)
            .where(FetchRow.seq.in_(last), FetchRow.state.not_in(sorted(GOOD)))
            .order_by(FetchRow.seq.desc())
        )
        for row in connection.execute(faults if names is None else faults.where(FetchRow.source.in_(names))):
            found.setdefault(row.source, Watched()).faults.append(
                {
                    "address": row.address,
                    "role": row.role,
                    "state": row.state,
                    "code": row.code,
                    "detail": row.detail,
                    "since": row.observed_at.isoformat(),
                }
            )
        texts = (
            select(Document.source, func.count(Document.seq.distinct()), func.max(Sighting.observed_at))
            .join(VersionRow, VersionRow.document_seq == Document.seq)
            .join(Sighting, Sighting.version_seq == VersionRow.seq)
            .group_by(Document.source)
        )
        if names is not None:
            texts = texts.where(Document.source.in_(names))
        for source, count, seen in connection.execute(texts):
            if names is not None or source in found:
                found[source].texts, found[source].given = count, seen
    return found


def looked_at(ledger: Ledger, sources: Iterable[str]) -> dict[str, Watched]:
    """The looks at sources, without what else is known of them."""
    names = sorted(set(sources))
    found: dict[str, Watched] = {name: Watched() for name in names}
    with ledger.reading() as connection:
        _add_looks(connection, names, found)
    return found


def _add_looks(connection: Connection, names: list[str] | None, found: dict[str, Watched]) -> None:
    looks = select(*LookRow.__table__.c).order_by(LookRow.seq)
    for row in connection.execute(looks if names is None else looks.where(LookRow.source.in_(names))):
        of = found.setdefault(row.source, Watched())
        counts = json.loads(row.counts)
        if ARCHIVE not in counts:
            of.looks.append(_facts(row, counts))
        elif row.seen:
            since, until = map(date.fromisoformat, counts[ARCHIVE])
            of.archives.append((since, until))


def _facts(row: Any, counts: dict[str, Any]) -> LookFacts:
    return LookFacts(
        row.began_at,
        row.ended_at,
        row.seen,
        counts.get("listed"),
        counts.get("new", 0),
        counts.get("faults", 0),
        row.not_before,
    )
