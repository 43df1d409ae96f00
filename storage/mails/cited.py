"""What is known of the texts that mails quote: title, date, address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.models import CommitmentRow, MemberRow, ReadingRow, VersionRow
from storage.queries.tails import names_of_versions
from storage.selecting import chunks


@dataclass(frozen=True, slots=True)
class Cited:
    """A text. name: tail of its path, or its address; date: as printed or declared; inferred: whether the
    date rests on the text's words; clue: what it rests on."""

    sha256: str
    name: str
    title: str | None
    date: str | None
    inferred: bool
    clue: str


def cited_texts(connection: Connection, hashes: Iterable[str], upto: int) -> dict[str, Cited]:
    """Texts by the hash of their version, as they were read last at a commit."""
    wanted = sorted(set(hashes))
    names = names_of_versions(connection, wanted, upto)
    found: dict[str, Cited] = {}
    for some in chunks(wanted):
        query = (
            select(
                VersionRow.sha256,
                ReadingRow.title,
                ReadingRow.published,
                ReadingRow.published_clue,
                ReadingRow.plan_year,
                ReadingRow.plan_year_clue,
            )
            .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None), ReadingRow.commit_seq <= upto)
            .order_by(ReadingRow.seq)
        )
        for row in connection.execute(query):
            date, told = row.published, row.published_clue
            if date is None:
                date, told = row.plan_year, row.plan_year_clue
            why = str(json.loads(told)[1]) if told else ""
            inferred = date is not None and (row.published is None or why.startswith("inferred"))
            found[row.sha256] = Cited(row.sha256, names.get(row.sha256, ""), row.title, date, inferred, why)
    return found


def versions_behind(connection: Connection, district: str) -> tuple[str, ...]:
    """Hashes of all versions whose words the commitments of a place rest on."""
    query = (
        select(MemberRow.sha256)
        .join(CommitmentRow, CommitmentRow.seq == MemberRow.commitment_seq)
        .where(CommitmentRow.district == district)
        .distinct()
    )
    return tuple(sorted(connection.execute(query).scalars()))
