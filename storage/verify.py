"""Is the ledger what it says it is? Chain, contents, evidence, protection, and that all of it follows."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.batch import GENESIS, commit_hash, entry_hash
from storage.blobs import unpack
from storage.canonical import digest
from storage.derived_rows import CONTENT, body_hash
from storage.figures import kept
from storage.ledger import Ledger
from storage.models import (
    Base,
    Blob,
    Commit,
    CommitmentRow,
    MemberRow,
    ReadingRow,
    RunRow,
    StatementRow,
    VersionRow,
)
from storage.models.order import CHAINED
from storage.models.triggers import names, present
from storage.proofs import Progress, derived_anew, missing_index, replayed
from storage.queries.counting import counted
from storage.readings import load_readings
from storage.selecting import chunks
from storage.statement_rows import TERMS, cut, rows_sha256
from storage.withholding import withheld
from storage.write import Derive

_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Check:
    """Outcome of one check. wrong: the first thing that is off, None where all `looked_at` are right.
    note: what the check had to leave out."""

    name: str
    looked_at: int
    wrong: str | None = None
    note: str = ""


class _Wrong(Exception):  # noqa: N818 - carries the first finding out of a loop
    pass


def verify(
    ledger: Ledger,
    *,
    derive: Derive | None = None,
    parser_version: str = "",
    progress: Progress | None = None,
) -> Iterator[Check]:
    """Check a ledger, one result at a time; it is sound where none names anything wrong.

    derive and parser_version: also conclude everything anew and compare. progress: called with places done
    and places in all meanwhile.
    """
    checks: tuple[tuple[str, Callable[[Connection], int | tuple[int, str]]], ...] = (
        ("triggers in place", _triggers),
        ("indexes in place", lambda connection: _proved(missing_index(connection))),
        ("stored bytes match their hashes", _blobs),
        ("rows match their hashes", _rows),
        ("commits form a chain", _chain),
        ("quotes equal the raw text", _quotes),
        ("replaying the log gives what holds", lambda connection: _proved(replayed(connection))),
        ("figures kept beside the ledger are right", _figures),
    )
    if derive is not None:
        anew = partial(_derived, derive=derive, parser_version=parser_version, progress=progress)
        checks += (("conclusions follow from texts and rulings", anew),)
    for name, check in checks:
        with ledger.reading() as connection:
            try:
                found = check(connection)
            except _Wrong as wrong:
                yield Check(name, 0, str(wrong))
            else:
                yield Check(name, found) if isinstance(found, int) else Check(name, found[0], note=found[1])


def _figures(connection: Connection) -> tuple[int, str]:
    found = kept(connection)
    if found is None:
        return 0, "none are kept yet: the next run counts once"
    anew = counted(connection)
    for name, held, right in (
        ("texts", found.documents, anew.documents),
        ("statements", +found.statements, anew.statements),
        ("commitments", found.commitments, anew.commitments),
        *(
            (f"entries of {place}", found.log.get(place, Counter()), anew.log.get(place, Counter()))
            for place in sorted(found.log.keys() | anew.log.keys())
        ),
    ):
        if held != right:
            raise _Wrong(f"the {name} kept are {held}, counted they are {right}")
    return 3 + len(anew.log), ""


def _proved(proof: tuple[int, str | None]) -> int:
    count, wrong = proof
    if wrong is not None:
        raise _Wrong(wrong)
    return count


def _derived(
    connection: Connection, derive: Derive, parser_version: str, progress: Progress | None
) -> tuple[int, str]:
    count, wrong, skipped = derived_anew(connection, derive, parser_version, progress)
    _proved((count, wrong))
    note = f"places that an older parser read (`duixian reparse`): {skipped}" if skipped else ""
    return count, note


def _triggers(connection: Connection) -> int:
    wanted = {name for table in Base.metadata.tables for name in names(table)}
    missing = sorted(wanted - present(connection))
    if missing:
        raise _Wrong(f"{missing[0]} is missing: rows of that table can be changed unseen")
    return len(wanted)


def _blobs(connection: Connection) -> tuple[int, str]:
    stored = connection.execute(select(Blob.sha256)).scalars().all()
    erased = withheld(connection).erased
    hashes = [sha256 for sha256 in stored if sha256 not in erased]
    for some in chunks(sorted(hashes), 100):
        for sha256, content in connection.execute(
            select(Blob.sha256, Blob.content).where(Blob.sha256.in_(some))
        ):
            try:
                same = digest(unpack(content)) == sha256
            except zlib.error:
                same = False
            if not same:
                raise _Wrong(f"the bytes stored as {sha256} are others")
    gone = len(stored) - len(hashes)
    return len(hashes), f"withheld: {gone}" if gone else ""


def _pages(connection: Connection, model: type[Base]) -> Iterator[list[Row[Any]]]:
    """All rows of a table in order, some at a time."""
    t = model.__table__
    last = 0
    while page := list(connection.execute(select(*t.c).where(t.c.seq > last).order_by(t.c.seq).limit(_PAGE))):
        yield page
        last = page[-1].seq


def _rows(connection: Connection) -> int:
    count = 0
    for model in CHAINED:
        for page in _pages(connection, model):
            for row in page:
                if entry_hash(model, row._mapping) != row.entry_hash:
                    raise _Wrong(f"row {row.seq} of {model.__tablename__} is not what was recorded")
            if model in CONTENT:
                _bodies(connection, model, page)
            if model is ReadingRow:
                _statements(connection, page)
            count += len(page)
    return count


def _bodies(connection: Connection, model: type[Base], page: list[Row[Any]]) -> None:
    """The content of conclusions must match the hash that the entry hash covers."""
    members: dict[int, list[dict[str, Any]]] = {}
    if model is CommitmentRow:
        for some in chunks([row.seq for row in page]):
            query = (
                select(*MemberRow.__table__.c)
                .where(MemberRow.commitment_seq.in_(some))
                .order_by(MemberRow.commitment_seq, MemberRow.ordinal)
            )
            for member in connection.execute(query):
                members.setdefault(member.commitment_seq, []).append(dict(member._mapping))
    for row in page:
        # A withdrawal repeats the columns of what it takes back, but not its members.
        if row.op == "assert" and body_hash(model, row._mapping, members.get(row.seq, [])) != row.body_sha256:
            raise _Wrong(f"the content of row {row.seq} of {model.__tablename__} is not what was recorded")


def _statements(connection: Connection, page: list[Row[Any]]) -> None:
    blank = _erased_versions(connection)
    own = [row for row in page if row.statements_from == row.seq and row.version_seq not in blank]
    for some in chunks(own, 100):
        found: dict[int, list[Row[Any]]] = {row.seq: [] for row in some}
        query = (
            select(StatementRow.reading_seq, *(StatementRow.__table__.c[name] for name in TERMS))
            .where(StatementRow.reading_seq.in_(sorted(found)))
            .order_by(StatementRow.reading_seq, StatementRow.ordinal)
        )
        for statement in connection.execute(query):
            found[statement.reading_seq].append(statement)
        for row in some:
            if rows_sha256(found[row.seq]) != row.statements_sha256:
                raise _Wrong(f"the statements of reading {row.seq} are not what was recorded")


def _erased_versions(connection: Connection) -> set[int]:
    """Numbers of versions whose quotes were erased: their statements differ from what was hashed."""
    erased = sorted(withheld(connection).erased)
    query = select(VersionRow.seq)
    return {
        seq
        for some in chunks(erased)
        for seq in connection.execute(query.where(VersionRow.sha256.in_(some))).scalars()
    }


def _chain(connection: Connection) -> int:
    hashes: dict[int, dict[type[Base], list[str]]] = {}
    for model in CHAINED:
        t = model.__table__
        for commit, one in connection.execute(select(t.c.commit_seq, t.c.entry_hash).order_by(t.c.seq)):
            hashes.setdefault(commit, {}).setdefault(model, []).append(one)
    query = (
        select(*Commit.__table__.c, RunRow.id.label("run"))
        .join(RunRow, RunRow.seq == Commit.run_seq)
        .order_by(Commit.seq)
    )
    head, count, before = GENESIS, 0, None
    for commit in connection.execute(query):
        count += 1
        entries = hashes.pop(commit.seq, {})
        if commit.seq != count or commit.prev_hash != head:
            raise _Wrong(f"commit {commit.seq} does not follow the one before it")
        if before is not None and commit.recorded_at <= before:
            raise _Wrong(f"commit {commit.seq} is not later than the one before it")
        ordered = (one for model in CHAINED for one in entries.get(model, ()))
        found = commit_hash(head, commit.seq, commit.recorded_at, commit.run, ordered)
        if found != (commit.hash, commit.entries):
            raise _Wrong(f"commit {commit.seq} does not cover the rows that it came with")
        head, before = commit.hash, commit.recorded_at
    if hashes:
        raise _Wrong(f"rows name commit {min(hashes)}, which is not there")
    return count


def _quotes(connection: Connection) -> int:
    own = connection.execute(
        select(ReadingRow.seq).where(ReadingRow.statements_from == ReadingRow.seq).order_by(ReadingRow.seq)
    ).scalars()
    count = 0
    for some in chunks(own.all(), 50):
        quotes: dict[int, list[str]] = {}
        query = (
            select(StatementRow.reading_seq, StatementRow.quote)
            .where(StatementRow.reading_seq.in_(some))
            .order_by(StatementRow.reading_seq, StatementRow.ordinal)
        )
        for seq, quote in connection.execute(query):
            quotes.setdefault(seq, []).append(quote)
        for seq, reading in load_readings(connection, some).items():
            for statement, quote in zip(reading.statements, quotes.get(seq, ()), strict=True):
                count += 1
                if cut(reading.source.text, statement.spans) != quote:
                    raise _Wrong(f"a quote of reading {seq} is not in its text at {statement.spans}")
    return count
