"""Editions of plans, and what stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from storage.among import among
from storage.by_key import has_key
from storage.ledger import Ledger
from storage.models import EditionRow, ReadingRow, StatementRow, VersionRow
from storage.queries.facts import standing
from storage.queries.statements import statements_of
from storage.queries.tails import names_of_versions
from storage.queries.veil import Veil
from storage.selecting import chunks, horizon
from storage.sketches import nearly_equal

_T = EditionRow.__table__
_SYSTEMS = (
    select(StatementRow.key)
    .where(has_key(StatementRow.key, "keys"), StatementRow.framework.is_not(None))
    .distinct()
)
_FILED = (
    select(
        VersionRow.sha256,
        VersionRow.document_seq,
        ReadingRow.place_code,
        ReadingRow.place_name,
        ReadingRow.place_level,
    )
    .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
    .where(
        among(VersionRow.sha256, "hashes"),
        VersionRow.commit_seq <= bindparam("upto", type_=VersionRow.__table__.c.commit_seq.type),
        ReadingRow.refused.is_(None),
    )
    .distinct()
)


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
        texts = {sha for body in bodies.values() for sha in body["documents"]}
        near = nearly_equal(connection, texts, upto)
        filed = _filed(connection, texts.union(*near.values()), upto)
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
            remarks = (*body["remarks"], *_elsewhere(row, body["documents"], filed, near))
            found["remarks"] += [remark for remark in remarks if remark not in found["remarks"]]
        found["members"] = sorted({*found["members"], *body["members"]})
    return sorted(
        merged.values(), key=lambda e: (e["district"], e["level"], e["lineage"], e["period"], e["id"])
    )


def edition_statements(
    ledger: Ledger,
    edition: Mapping[str, Any],
    *,
    known_at: datetime | None = None,
    only_systems: bool = False,
) -> list[dict[str, Any]]:
    """The statements of an edition (as `editions` gives it), in the order of its documents' text.

    only_systems: those that name a system, of which a plan of hundreds has a few.
    """
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        versions = [text["sha256"] for text in edition["documents"]]
        keys = edition["members"]
        if only_systems:
            keys = [
                key
                for some in chunks(keys)
                for key in connection.execute(_SYSTEMS, {"keys": some}).scalars().all()
            ]
        found = statements_of(connection, versions, upto, keys) if keys else {}
    order = {sha256: position for position, sha256 in enumerate(versions)}
    return sorted(found.values(), key=lambda s: (order[s["sha256"]], s["start"], s["end"], s["key"]))


class Head(NamedTuple):
    """What edition it is, without its texts: `editions` says more and reads more."""

    level: str
    period: str
    district: str
    complete: bool
    retrospective: bool


def edition_heads(ledger: Ledger, *, district: str | None, known_at: datetime | None = None) -> list[Head]:
    """The editions of a place (of all, for None), each once, in the order of `editions`."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        columns = (_T.c.id, *(_T.c[name] for name in Head._fields), _T.c.lineage)
        query = standing(EditionRow, upto).with_only_columns(*columns)
        if district is not None:
            query = query.where(_T.c.district == district)
        rows = connection.execute(query.order_by(_T.c.seq)).all()
    merged: dict[str, tuple[tuple[str, ...], Head]] = {}
    for id_, *head, lineage in rows:
        one = Head(*head)
        if id_ in merged:
            order, first = merged[id_]
            both = (first.complete or one.complete, first.retrospective and one.retrospective)
            merged[id_] = order, Head(*first[:-2], *both)
        else:
            merged[id_] = (one.district, one.level, lineage, one.period, id_), one
    return [one for _, one in sorted(merged.values())]


class _Filed(NamedTuple):
    """Where a text is filed: by which document, under which place."""

    document: int
    code: str
    name: str
    level: str


def _filed(connection: Connection, hashes: set[str], upto: int) -> dict[str, set[_Filed]]:
    """By hash of a text all that it is filed under."""
    found: dict[str, set[_Filed]] = {}
    for some in chunks(sorted(hashes)):
        for sha256, *where in connection.execute(_FILED, {"hashes": some, "upto": upto}):
            found.setdefault(sha256, set()).add(_Filed(*where))
    return found


def _elsewhere(
    row: Any, texts: Iterable[str], filed: Mapping[str, set[_Filed]], near: Mapping[str, set[str]]
) -> Iterator[str]:
    """What is to be said of texts that another document files under another place of the same rank, in the
    same bytes or with nearly all figures in the same words."""
    same: set[str] = set()
    alike: set[str] = set()
    for sha256 in texts:
        places = filed.get(sha256, set())
        own = [one for one in places if one.code == row.place_code]
        # A document that was moved to its right place stands under no other any more.
        documents, levels = {one.document for one in own}, {one.level for one in own}
        copies = {one for other in near.get(sha256, ()) for one in filed.get(other, set())}
        documents |= {one.document for one in copies if one.code == row.place_code}
        for found, where in ((same, places), (alike, copies)):
            found |= {
                one.name
                for one in where
                if one.code != row.place_code and one.level in levels and one.document not in documents
            }
    if same:
        yield f"the same text is also filed under {'、'.join(sorted(same))}"
    if alike - same:
        yield f"nearly the same text is also filed under {'、'.join(sorted(alike - same))}"


def _head(row: Any) -> dict[str, Any]:
    names = ("id", "district", "place_code", "level", "lineage", "period", "complete", "retrospective")
    return {**{name: row._mapping[name] for name in names}, "documents": [], "remarks": [], "members": []}
