"""Texts that may not be shown any more: hidden at every way out, or their bytes and quotes erased.

What is withheld is a ruling like any other (kind `withhold`), so it is in the chain and in every copy.
Hashes and offsets stay: they say what was there without saying it. Withholding has no past: what is
withheld today is withheld in answers about yesterday too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, LargeBinary, bindparam, select, text, update

from parsers.statement import Span
from storage.asking import Ask, Prepared, Rows, ask
from storage.blobs import load_blobs, pack
from storage.ledger import Ledger
from storage.models import Blob, MailContent, ReadingRow, RulingRow, StatementRow, VersionRow
from storage.models.triggers import create, drop
from storage.readings import decode
from storage.remembered import TABLE as REMEMBERED
from storage.remembered import forget as forget_places
from storage.remembering import once, wanted
from storage.ruling_rows import rulings_held
from storage.searching.index import STATEMENTS, TEXTS, forget, put_back
from storage.selecting import chunks
from storage.sketches import forget as forget_sketches
from tracking.rulings import Cited, Ruling, in_force, overlap

LABEL = "[withheld]"
"""What stands in place of a withheld quote."""
BLANK = "*"
"""What every erased character is overwritten with, so that offsets keep their meaning."""


@dataclass(frozen=True)
class Withheld:
    """What is withheld, by version hash. erased: versions and extracted texts without their bytes."""

    places: dict[str, list[tuple[Span, ...]]] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()

    def hides(self, sha256: str, spans: Sequence[Span]) -> bool:
        """Whether words at these spans may not be shown."""
        return any(not told or overlap(told, spans) for told in self.places.get(sha256, ()))


_KINDS = Prepared(select(RulingRow.kind).where(RulingRow.kind.in_(("withhold", "reply"))).distinct())


def kinds_ruled(connection: Connection) -> set[str]:
    """Which of the rulings that every question asks after there are at all, be they taken back since."""
    return once(connection, "kinds ruled", lambda: ask(connection, Ask(_kinds, _KINDS)))


def ask_kinds_ruled(connection: Connection) -> Ask[set[str]]:
    """The same, to be remembered when it is asked together with other questions."""
    if not wanted(connection, "kinds ruled"):
        return Ask(_kinds)
    return Ask(lambda rows: once(connection, "kinds ruled", lambda: _kinds(rows)), _KINDS)


def _kinds(rows: Rows) -> set[str]:
    return {row.kind for row in rows}


def withheld(connection: Connection) -> Withheld:
    """What is withheld now."""
    return once(connection, "withheld", lambda: _withheld(connection))


def _withheld(connection: Connection) -> Withheld:
    if "withhold" not in kinds_ruled(connection):
        return Withheld()
    places: dict[str, list[tuple[Span, ...]]] = {}
    erased: set[str] = set()
    for ruling in withholdings(rulings_held(connection)):
        for cited in ruling.evidence:
            places.setdefault(cited.sha256, []).append(cited.spans)
            if ruling.body.get("erase"):
                erased.add(cited.sha256)
    return Withheld(places, frozenset(erased | _extracted(connection, erased)))


def withholdings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """The rulings in force that withhold something."""
    return [ruling for ruling in in_force(rulings) if ruling.kind == "withhold"]


def _extracted(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Hashes of the texts that extractors made of these versions."""
    found: set[str] = set()
    for some in chunks(sorted(hashes)):
        query = (
            select(ReadingRow.text_sha256)
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.text_sha256.is_not(None))
        )
        found.update(name for name in connection.execute(query).scalars() if name)
    return found


def erase(connection: Connection, cited: Iterable[Cited]) -> None:
    """Overwrite bytes and quotes of versions (or of spans in them), in the caller's transaction.

    The only place that changes rows: the triggers of three tables are lifted and put back on the way.
    """
    dialect = connection.dialect.name
    if dialect == "sqlite":
        # Freed pages of a SQLite file keep their content unless told otherwise.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    tables = (Blob.__tablename__, StatementRow.__tablename__, MailContent.__tablename__)
    for table in tables:
        for statement in drop(dialect, table):
            connection.execute(text(statement))
    cited = list(cited)
    hashes = sorted({one.sha256 for one in cited})
    forget_places(connection, hashes)
    forget_sketches(connection, hashes)
    for sha256 in hashes:
        forget(connection, sha256)
    for one in cited:
        _erase_bytes(connection, one)
        _erase_quotes(connection, one)
        _erase_mails(connection, one)
    for sha256 in hashes:
        put_back(connection, sha256)
    for table in tables:
        for statement in create(dialect, table):
            connection.execute(text(statement))


def _erase_bytes(connection: Connection, cited: Cited) -> None:
    query = (
        select(ReadingRow.text_sha256, ReadingRow.encoding)
        .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
        .where(VersionRow.sha256 == cited.sha256, ReadingRow.refused.is_(None))
        .order_by(ReadingRow.seq)
    )
    ways = {(row.text_sha256, row.encoding) for row in connection.execute(query)}
    blobs = load_blobs(connection, {cited.sha256, *(name for name, _ in ways if name)})
    new: dict[str, bytes] = {}
    for text_sha256, encoding in sorted(ways, key=str):
        name = text_sha256 or cited.sha256
        blank = blanked(decode(blobs[name], text_sha256, encoding), cited.spans)
        new[name] = blank.encode("utf-8", "surrogatepass") if text_sha256 else blank.encode(encoding)
    # Of a page or a file that text was extracted from, the bytes themselves say it too.
    new.setdefault(cited.sha256, b"")
    t = Blob.__table__
    for name, content in new.items():
        values = {"bytes": pack(content), "name": name}
        statement = update(Blob).where(t.c.sha256 == bindparam("name"))
        connection.execute(statement.values(content=bindparam("bytes", type_=LargeBinary)), values)


def _erase_quotes(connection: Connection, cited: Cited) -> None:
    t = StatementRow.__table__
    readings = (
        select(ReadingRow.seq)
        .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
        .where(VersionRow.sha256 == cited.sha256)
    )
    rows = connection.execute(
        select(t.c.reading_seq, t.c.ordinal, t.c.spans, t.c.quote).where(t.c.reading_seq.in_(readings))
    ).all()
    for row in rows:
        spans = [(start, end) for start, end in json.loads(row.spans)]
        if cited.spans and not overlap(cited.spans, spans):
            continue
        kept = iter(row.quote)
        quote = "".join(
            BLANK if not cited.spans or any(a <= at < b for a, b in cited.spans) else letter
            for at, letter in zip((i for a, b in spans for i in range(a, b)), kept, strict=True)
        )
        connection.execute(
            update(StatementRow)
            .where(t.c.reading_seq == row.reading_seq, t.c.ordinal == row.ordinal)
            .values(quote=quote, text=None)
        )


def _erase_mails(connection: Connection, cited: Cited) -> None:
    """What mails quoted of a version goes with all else that they say: a mail is one piece."""
    t = MailContent.__table__
    quoting = t.c.cites.contains(f'"{cited.sha256}"', autoescape=True)
    connection.execute(update(MailContent).where(quoting).values(content=pack(b"")))


def blanked(source: str, spans: Sequence[Span]) -> str:
    """The text with the spans (all of it, for none) overwritten, character by character."""
    if not spans:
        return BLANK * len(source)
    letters = list(source)
    for start, end in spans:
        letters[start:end] = BLANK * (min(end, len(letters)) - start)
    return "".join(letters)


def sweep(ledger: Ledger) -> None:
    """Give back the room of erased bytes, so that no file keeps them: after an erasure, outside of it."""
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if ledger.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM FULL blobs")
            for table in ("statements", "mail_contents", STATEMENTS, TEXTS, REMEMBERED):
                connection.exec_driver_sql(f"VACUUM FULL {table}")
