"""The documents of a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.ledger import Ledger
from storage.models import Document, ReadingRow, Sighting, VersionRow
from storage.queries.facts import commits, moment
from storage.queries.notes import reprints
from storage.queries.tails import names_of_versions, shown_names
from storage.queries.veil import Veil
from storage.selecting import chunks, horizon
from storage.standing import DocumentState, Link, states_of


def standing_links(
    connection: Connection, upto: int, versions: Iterable[str] | None = None
) -> list[tuple[DocumentState, Link]]:
    """The version that stands of each document that could be read. versions: of those alone that ever had
    one of these hashes."""
    seqs = None if versions is None else _having(connection, versions)
    states = states_of(connection, seqs=seqs, upto=upto).values()
    return [(state, line[-1]) for state in states if (line := state.line())]


def _having(connection: Connection, hashes: Iterable[str]) -> set[int]:
    query = select(VersionRow.document_seq)
    return {
        seq
        for some in chunks(sorted(set(hashes)))
        for seq in connection.execute(query.where(VersionRow.sha256.in_(some))).scalars()
    }


def documents(
    ledger: Ledger,
    *,
    district: str | None = None,
    versions: Iterable[str] | None = None,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """Every readable document as its standing version was last read, by place and date. versions: those that
    ever had one of these hashes, without going through all others.

    reprint_of: where the text stands that this one repeats; its statements are counted there.
    """
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        links = {
            link.reading_seq: (state, link) for state, link in standing_links(connection, upto, versions)
        }
        rows: list[Row[Any]] = []
        for some in chunks(sorted(links)):
            query = (
                select(
                    *ReadingRow.__table__.c,
                    VersionRow.sha256,
                    VersionRow.given_by,
                    VersionRow.document_seq,
                    VersionRow.commit_seq.label("came_with"),
                    Document.source,
                    Document.id.label("document_id"),
                )
                .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
                .join(Document, Document.seq == VersionRow.document_seq)
                .where(ReadingRow.seq.in_(some))
            )
            if district is not None:
                query = query.where(ReadingRow.place_name == district)
            rows += connection.execute(query).all()
        names = shown_names(connection, (row.document_seq for row in rows), upto)
        when = commits(connection, (row.came_with for row in rows))
        seen = _seen(connection, [row.document_seq for row in rows], upto)
        veil = Veil(connection)
        text_of = reprints(connection, (row.place_code for row in rows), upto)
        texts = names_of_versions(connection, text_of.values(), upto)
    found = [
        {
            "document": names[row.document_seq],
            "id": row.document_id,
            "source": row.source,
            "given_by": row.given_by,
            "sha256": row.sha256,
            "body_sha256": row.body_sha256,
            "reprint_of": texts.get(text_of.get(row.sha256, "")),
            "versions": len(links[row.seq][0].line()),
            "title": row.title,
            "district": row.place_name,
            "place_code": row.place_code,
            "place_clue": _clue(row.place_clue),
            "level": row.level,
            "type": row.type,
            "rights": row.rights,
            "issuer": row.issuer,
            "authority": row.authority,
            "published_on": row.published,
            "published_clue": _clue(row.published_clue),
            "plan_year": row.plan_year,
            "plan_year_clue": _clue(row.plan_year_clue),
            "complete": _clue(row.complete_clue),
            "statements": row.statement_count,
            "encoding": row.encoding,
            "decided_by": row.decided_by,
            "media": row.media,
            "notes": json.loads(row.notes),
            "parser_version": row.parser_version,
            "first_seen": moment(seen[row.document_seq][0]),
            "last_seen": moment(seen[row.document_seq][1]),
            "recorded_at": moment(when[row.came_with].recorded_at),
            "run": when[row.came_with].run,
        }
        for row in rows
    ]
    return sorted(
        map(veil.document, found),
        key=lambda d: (d["district"], d["plan_year"] or "9999", d["published_on"] or "9999", d["document"]),
    )


def _clue(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    value, why, span = json.loads(text)
    return {"value": value, "why": why, "span": span}


def _seen(
    connection: Connection, document_seqs: list[int], upto: int
) -> dict[int, tuple[datetime, datetime]]:
    """First and last time that each document was seen."""
    found: dict[int, tuple[datetime, datetime]] = {}
    for some in chunks(sorted(set(document_seqs))):
        query = (
            select(VersionRow.document_seq, func.min(Sighting.observed_at), func.max(Sighting.observed_at))
            .join(Sighting, Sighting.version_seq == VersionRow.seq)
            .where(VersionRow.document_seq.in_(some), Sighting.commit_seq <= upto)
            .group_by(VersionRow.document_seq)
        )
        for document, first, last in connection.execute(query):
            found[document] = (first, last)
    return found
