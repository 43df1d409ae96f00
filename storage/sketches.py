"""Sketches of texts, by which a text that stands under another place too is found, typed anew or cut.

What follows from a text is concluded within its place; that the same words are filed elsewhere as well is
said when somebody asks. For that a few hashes of each text (`tracking.likeness.figures`) are kept beside the
ledger and looked up by their index. Like the search index they follow from stored texts, and no commit,
export or copy holds them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, bindparam, func, select

from parsers.reading import Reading
from storage.among import among
from storage.asking import Ask, Prepared, ask, rows_of
from storage.models import ReadingRow, VersionRow
from storage.readings import source_texts
from storage.selecting import chunks
from tracking.likeness import FIGURES, figures, same_figures

NAME = "sketches"
SKETCHES = Table(
    NAME,
    MetaData(),
    Column("part", BigInteger, primary_key=True),
    Column("reading_seq", BigInteger, primary_key=True),
)
NONE = -1
"""Stands for a text without figures: it has been looked at."""
AT_ONCE = 50

_PARTS = (
    select(VersionRow.sha256, SKETCHES.c.part)
    .join(ReadingRow, ReadingRow.version_seq == VersionRow.seq)
    .join(SKETCHES, SKETCHES.c.reading_seq == ReadingRow.seq)
    .distinct()
)
_OWN = Prepared(_PARTS.where(among(VersionRow.sha256, "hashes"), SKETCHES.c.part != NONE))
_WITH_PART = Prepared(
    select(SKETCHES.c.part, VersionRow.sha256)
    .join(ReadingRow, ReadingRow.seq == SKETCHES.c.reading_seq)
    .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
    .where(
        among(SKETCHES.c.part, "parts"),
        VersionRow.commit_seq <= bindparam("upto", type_=VersionRow.__table__.c.commit_seq.type),
    )
    .distinct()
)
_SINCE = (
    select(ReadingRow.seq, ReadingRow.text_sha256, ReadingRow.encoding, VersionRow.sha256)
    .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
    .where(ReadingRow.seq > bindparam("last"), ReadingRow.statements_from == ReadingRow.seq)
    .order_by(ReadingRow.seq)
)


def create(dialect: str) -> list[str]:
    """Statements that make the table: its key finds texts by a hash, the index the hashes of a text."""
    rowless = " WITHOUT ROWID" if dialect == "sqlite" else ""
    return [
        f"CREATE TABLE {NAME} (part BIGINT NOT NULL, reading_seq BIGINT NOT NULL, "
        f"CONSTRAINT pk_{NAME} PRIMARY KEY (part, reading_seq)){rowless}",
        f"CREATE INDEX ix_{NAME}_reading_seq ON {NAME} (reading_seq)",
    ]


def drop() -> list[str]:
    """Statements that drop it."""
    return [f"DROP TABLE {NAME}"]


def catch_up(connection: Connection, at_hand: Mapping[int, Reading] | None = None) -> None:
    """Sketch the readings that came after the last one sketched. at_hand: those that need not be loaded."""
    last = connection.execute(select(func.max(SKETCHES.c.reading_seq))).scalar() or 0
    for some in chunks(connection.execute(_SINCE, {"last": last}).all(), AT_ONCE):
        rows = [
            {"part": part, "reading_seq": seq}
            for seq, source in source_texts(connection, some, at_hand or {}).items()
            for part in figures(source) or (NONE,)
        ]
        connection.execute(SKETCHES.insert(), rows)


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """Drop the sketches of versions whose words are erased: what is left of them is not sketched again."""
    readings = select(ReadingRow.seq).join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
    for sha256 in hashes:
        theirs = readings.where(VersionRow.sha256 == sha256)
        own = SKETCHES.c.reading_seq.in_(theirs), SKETCHES.c.part != NONE
        kept = connection.execute(select(SKETCHES.c.reading_seq).where(*own).distinct()).scalars().all()
        connection.execute(SKETCHES.delete().where(*own))
        if kept:
            connection.execute(SKETCHES.insert(), [{"part": NONE, "reading_seq": seq} for seq in kept])


def nearly_equal(connection: Connection, hashes: Collection[str], upto: int) -> dict[str, set[str]]:
    """By hash of each of these texts those that have nearly all of its figures in the same words."""
    own = _sketches(connection, hashes)
    holding: dict[int, set[str]] = defaultdict(set)
    parts = {part for sketch in own.values() for part in sketch}
    for part, sha256 in ask(connection, Ask(rows_of, _WITH_PART, {"parts": parts, "upto": upto})):
        holding[part].add(sha256)
    near = {}
    for sha256, sketch in own.items():
        shared = Counter(other for part in sketch for other in holding[part] - {sha256})
        near[sha256] = {other for other, count in shared.items() if count >= FIGURES}
    every = own | _sketches(connection, set().union(*near.values()) - own.keys())
    return {
        sha: {other for other in found if same_figures(every[sha], every[other])}
        for sha, found in near.items()
    }


def _sketches(connection: Connection, hashes: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for sha256, part in ask(connection, Ask(rows_of, _OWN, {"hashes": hashes})):
        found[sha256].add(part)
    return dict(found)
