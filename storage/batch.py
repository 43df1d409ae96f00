"""One transaction's rows: numbered, hashed into the chain, inserted in bulk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from storage.bulk import Row, insert_rows
from storage.canonical import canonical, digest
from storage.figures import Difference, keep
from storage.late_indexes import LateIndexes
from storage.models import Base, Commit, QuarantineSighting, Sighting
from storage.models.order import CHAINED, DERIVED, WRITTEN

GENESIS = "0" * 64
"""What the first commit follows."""

_FACTS = ("seq", "scope", "id", "op", "body_sha256", "cause", "commit_seq", "replaced_by", "first_seq")
_LAST = (Sighting, QuarantineSighting)
"""Kept to the end: what they say depends on whether there was a fact to commit."""

HELD = 2_000
"""Rows that wait in memory; what goes beyond is inserted, in the same transaction."""


def entry_hash(model: type[Base], row: Mapping[str, Any] | RowMapping) -> str:
    """Hash of one row: of all its columns; a conclusion's content goes in by its body hash."""
    if model in DERIVED:
        # None of these holds a space; a JSON text for each of a million rows would take twice the time.
        return digest(" ".join([str(row[name]) for name in _hashed(model)]))
    values = [model.__tablename__]
    for name in _hashed(model):
        value = row[name]
        values.append(value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value)
    return digest(canonical(values))


@cache
def _hashed(model: type[Base]) -> tuple[str, ...]:
    """Columns that a row's hash is over."""
    names = [c.name for c in model.__table__.columns if c.name != "entry_hash"]
    return tuple(name for name in _FACTS if name in names) if model in DERIVED else tuple(names)


def commit_hash(
    prev_hash: str, seq: int, recorded_at: datetime, run_id: str, entry_hashes: Iterable[str]
) -> tuple[str, int]:
    """Hash of a commit and the number of its entries (their hashes in the order of `CHAINED`, then seq)."""
    chain = hashlib.sha256(
        canonical([prev_hash, seq, recorded_at.astimezone(UTC).isoformat(), run_id]).encode()
    )
    count = 0
    for one in entry_hashes:
        chain.update(one.encode())
        count += 1
    return chain.hexdigest(), count


class Batch:
    """Rows on their way into the ledger. Hold the writer lock while one is open."""

    def __init__(self, connection: Connection, run_seq: int, run_id: str) -> None:
        self.connection = connection
        self.run_seq = run_seq
        self.run_id = run_id
        last = connection.execute(
            select(Commit.seq, Commit.recorded_at, Commit.hash).order_by(Commit.seq.desc()).limit(1)
        ).first()
        self._last_seq: int = last.seq if last else 0
        self._last_time: datetime | None = last.recorded_at if last else None
        self.head: str = last.hash if last else GENESIS
        self.commit_seq: int = self._last_seq + 1
        self._next: dict[type[Base], int] = {}
        self._rows: dict[type[Base], list[Any]] = {model: [] for model in WRITTEN}
        self._hashes: dict[type[Base], list[str]] = {model: [] for model in CHAINED}
        self._waiting = 0
        self._indexes = LateIndexes(connection)
        self.difference = Difference()

    def next_seq(self, model: type[Base]) -> int:
        """The next free number of a table."""
        if model not in self._next:
            column = model.__table__.c["seq"]
            self._next[model] = (self.connection.execute(select(func.max(column))).scalar() or 0) + 1
        seq = self._next[model]
        self._next[model] += 1
        return seq

    def add(self, model: type[Base], row: dict[str, Any], *, seq: int | None = None) -> int:
        """Append a fact; returns its number in its table. `seq`: one that `next_seq` gave."""
        row["seq"] = self.next_seq(model) if seq is None else seq
        row["commit_seq"] = self.commit_seq
        row["entry_hash"] = entry_hash(model, row)
        self._hashes[model].append(row["entry_hash"])
        number: int = row["seq"]
        self.attach(model, (row,))
        return number

    def attach(self, model: type[Base], rows: Sequence[Row]) -> None:
        """Append rows that a fact's hash already covers (statements, members, bytes)."""
        self._rows[model].extend(rows)
        self._waiting += len(rows)
        if self._waiting >= HELD:
            self._insert(model for model in WRITTEN if model not in _LAST)

    def waiting(self, model: type[Base]) -> Sequence[dict[str, Any]]:
        """Rows of facts of a table that are not inserted yet."""
        return self._rows[model]

    def _insert(self, models: Iterable[type[Base]]) -> None:
        """Insert what waits, so that memory does not grow with what a transaction brings."""
        for model in models:
            if rows := self._rows[model]:
                self._indexes.put_off(model, len(rows))
                insert_rows(self.connection, model, rows)
                rows.clear()
        self._waiting = 0

    def note(self, model: type[Base], row: dict[str, Any]) -> None:
        """Append a row of the running log (something was seen again), which makes no commit."""
        row["seq"] = self.next_seq(model)
        row["run_seq"] = self.run_seq
        self._rows[model].append(row)

    def close(self, clock: Callable[[], datetime]) -> int | None:
        """Insert everything; returns the commit's number, None where there was no fact to commit.

        The commit's time is taken last, so that nobody who asks before it sees less than it says.
        """
        facts = any(self._hashes.values())
        for sighting in self._rows[Sighting]:
            sighting["commit_seq"] = self.commit_seq if facts else self._last_seq
        self._insert(WRITTEN)
        self._indexes.make()
        before = self.head if self._last_seq else None
        if not facts:
            if self.difference:
                keep(self.connection, before, self.head, self.difference)
            return None
        now = clock()
        if self._last_time is not None and now <= self._last_time:
            now = self._last_time + timedelta(microseconds=1)
        ordered = (one for model in CHAINED for one in self._hashes[model])
        head, count = commit_hash(self.head, self.commit_seq, now, self.run_id, ordered)
        self.connection.execute(
            insert(Commit),
            {
                "seq": self.commit_seq,
                "recorded_at": now,
                "run_seq": self.run_seq,
                "entries": count,
                "prev_hash": self.head,
                "hash": head,
            },
        )
        self.head = head
        keep(self.connection, before, head, self.difference)
        return self.commit_seq
