"""Proofs that need more than one row: indexes, replay of the log, conclusions derived anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select, text

from storage.conclusions import Conclusions, conclusions
from storage.models import Base, ReadingRow
from storage.models.order import DERIVED
from storage.place_texts import place_versions, rulings_on
from storage.queries.facts import standing
from storage.selecting import horizon
from storage.standing import states_of
from storage.write import Derive, places_of_texts

Progress = Callable[[int, int], None]
"""So many of so many are done."""


def missing_index(connection: Connection) -> tuple[int, str | None]:
    """How many indexes there must be, and the first that is not there."""
    wanted = {(t.name, str(index.name)) for t in Base.metadata.sorted_tables for index in t.indexes}
    # SQLAlchemy's inspector passes over indexes of expressions.
    sqlite = connection.dialect.name == "sqlite"
    listed = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'"
        if sqlite
        else "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()"
    )
    present = {(table, name) for table, name in connection.execute(text(listed))}
    missing = sorted(wanted - present)
    return len(wanted), f"index {missing[0][1]} of {missing[0][0]}" if missing else None


def replayed(connection: Connection) -> tuple[int, str | None]:
    """How many rows of the log were replayed, and the first conclusion that comes out otherwise.

    Asserting and withdrawing row after row must end in what is held now.
    """
    count = 0
    for model in DERIVED:
        t = model.__table__
        held: dict[tuple[str, str], int] = {}
        query = select(t.c.scope, t.c.id, t.c.op, t.c.seq).order_by(t.c.seq)
        for row in connection.execute(query.execution_options(yield_per=5000)):
            count += 1
            if row.op == "assert":
                held[row.scope, row.id] = row.seq
            elif held.pop((row.scope, row.id), None) is None:
                return count, f"row {row.seq} of {model.__tablename__} withdraws what was not held"
        upto = horizon(connection, None)
        now = {(row.scope, row.id): row.seq for row in connection.execute(standing(model, upto))}
        differing = sorted(name for name in held.keys() | now.keys() if held.get(name) != now.get(name))
        if differing:
            return count, f"{differing[0][1]} of {model.__tablename__} is not what replaying its rows gives"
    return count, None


def derived_anew(
    connection: Connection, derive: Derive, parser_version: str, progress: Progress | None = None
) -> tuple[int, str | None, int]:
    """How many conclusions were compared, the first that does not follow from texts and rulings, and how
    many places could not be compared because an older parser read them."""
    behind = _read_by_others(connection, parser_version)
    scopes = sorted(places_of_texts(connection) | _scopes(connection))
    count = skipped = 0
    for done, code in enumerate(scopes, 1):
        if code in behind:
            skipped += 1
            continue
        versions = place_versions(connection, code)
        rulings = rulings_on(connection, versions)
        found = derive(versions, rulings) if rulings else derive(versions)
        concluded = found if isinstance(found, Conclusions) else conclusions(versions, found)
        wanted = {
            (model, name): row["body_sha256"]
            for model, rows in concluded.wanted.items()
            for name, (row, _) in rows.items()
        }
        held = _held(connection, code)
        count += len(held)
        for model, name in sorted(wanted.keys() | held.keys(), key=lambda k: (k[0].__tablename__, k[1])):
            if wanted.get((model, name)) != held.get((model, name)):
                what = "is held but does not follow" if (model, name) not in wanted else "should be held so"
                return count, f"{name} of {model.__tablename__} {what} from the texts of {code}", skipped
        if progress is not None:
            progress(done, len(scopes))
    return count, None, skipped


def _scopes(connection: Connection) -> set[str]:
    found: set[str] = set()
    for model in DERIVED:
        found.update(connection.execute(select(model.__table__.c.scope).distinct()).scalars())
    return found


def _held(connection: Connection, code: str) -> dict[tuple[type[Base], str], Any]:
    upto = horizon(connection, None)
    return {
        (model, row.id): row.body_sha256
        for model in DERIVED
        for row in connection.execute(standing(model, upto).where(model.__table__.c.scope == code))
    }


def _read_by_others(connection: Connection, parser_version: str) -> set[str]:
    """Places in which a text stands by another parser version's reading."""
    others = set(
        connection.execute(
            select(ReadingRow.seq).where(ReadingRow.parser_version != parser_version)
        ).scalars()
    )
    return {
        link.place_code
        for state in states_of(connection).values()
        for link in state.line()
        if link.reading_seq in others
    }
