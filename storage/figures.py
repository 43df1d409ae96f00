"""How much a ledger holds, kept beside it (`storage.remembered`), so that a run need not count it whole.

Each transaction adds what it changes. The figures name the head of the chain that they are of: where it is
another (an older ledger, a copy in another database) all is counted once and kept from there on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, text

from storage.among import among
from storage.models import Commit, ReadingRow, StatementRow
from storage.remembered import TABLE
from storage.selecting import chunks

SCOPE = "*"
"""No place has this code."""
FORMAT = 1
TOTALS = "figures"
LOG = "log "
"""Begins the part that holds a place's entries by kind; its name follows."""

_KINDS = (
    select(ReadingRow.seq, StatementRow.kind, func.count())
    .join(StatementRow, ReadingRow.statements_from == StatementRow.reading_seq)
    .where(among(ReadingRow.seq, "readings"))
    .group_by(ReadingRow.seq, StatementRow.kind)
)


@dataclass
class Figures:
    """What holds: texts, their statements by kind, commitments, entries of the log by place and kind."""

    documents: int = 0
    statements: Counter[str] = field(default_factory=Counter)
    commitments: int = 0
    log: dict[str, Counter[str]] = field(default_factory=dict)

    def changes(self) -> Counter[str]:
        """Entries of all places by kind."""
        return sum(self.log.values(), Counter[str]())


@dataclass
class Difference:
    """What a transaction changes. log: by place and kind; readings: by number, 1 for one that a text now
    stands by, -1 for one that it stood by; kinds: how many statements of which kind those have that it
    brings."""

    documents: int = 0
    commitments: int = 0
    log: Counter[tuple[str, str]] = field(default_factory=Counter)
    readings: Counter[int] = field(default_factory=Counter)
    kinds: dict[int, Counter[str]] = field(default_factory=dict)

    def stands(self, before: int | None, now: int | None) -> None:
        """A text stood by one reading and now stands by another; None where by none."""
        self.documents += (now is not None) - (before is not None)
        if before is not None:
            self.readings[before] -= 1
        if now is not None:
            self.readings[now] += 1

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(
            self.documents or self.commitments or any(self.log.values()) or any(self.readings.values())
        )


def kept(connection: Connection) -> Figures | None:
    """The figures of what holds now; None where they would have to be counted."""
    head = connection.execute(select(Commit.hash).order_by(Commit.seq.desc()).limit(1)).scalar()
    return _kept(connection, head)


def keep(connection: Connection, before: str | None, now: str, difference: Difference) -> None:
    """Bring the figures from one head of the chain to the next, once all of its rows are there. before: None
    where this is the first commit."""
    found = Figures() if before is None else _kept(connection, before)
    if found is None:
        from storage.queries.counting import counted  # takes long to load, for once in a ledger's life

        connection.execute(text(f"DELETE FROM {TABLE} WHERE scope = :scope"), {"scope": SCOPE})
        found = counted(connection)
        places: Iterable[str] = found.log
    else:
        _add(connection, found, difference)
        places = {place for (place, _), number in difference.log.items() if number}
    totals = [FORMAT, now, found.documents, +found.statements, found.commitments]
    parts = {TOTALS: totals, **{LOG + place: +found.log[place] for place in places}}
    delete = text(f"DELETE FROM {TABLE} WHERE scope = :scope AND part = :part")
    connection.execute(delete, [{"scope": SCOPE, "part": part} for part in parts])
    rows = [
        {"scope": SCOPE, "part": part, "content": json.dumps(content).encode()}
        for part, content in parts.items()
        if content
    ]
    connection.execute(text(f"INSERT INTO {TABLE} VALUES (:scope, :part, :content)"), rows)


def statement_kinds(connection: Connection, readings: Iterable[int]) -> dict[int, Counter[str]]:
    """How many statements of which kind each reading has."""
    found: dict[int, Counter[str]] = {}
    for some in chunks(sorted(set(readings))):
        for reading, kind, number in connection.execute(_KINDS, {"readings": some}):
            found.setdefault(reading, Counter())[kind] = number
    return found


def _add(connection: Connection, found: Figures, difference: Difference) -> None:
    found.documents += difference.documents
    found.commitments += difference.commitments
    for (place, kind), number in difference.log.items():
        found.log.setdefault(place, Counter())[kind] += number
    differing = {reading: number for reading, number in difference.readings.items() if number}
    stored = statement_kinds(connection, differing.keys() - difference.kinds.keys())
    for reading, kinds in {**stored, **difference.kinds}.items():
        for kind, number in kinds.items():
            found.statements[kind] += differing.get(reading, 0) * number


def _kept(connection: Connection, head: str | None) -> Figures | None:
    query = text(f"SELECT part, content FROM {TABLE} WHERE scope = :scope")
    parts = {
        part: json.loads(bytes(content)) for part, content in connection.execute(query, {"scope": SCOPE})
    }
    totals = parts.pop(TOTALS, [None])
    if totals[:2] != [FORMAT, head]:
        return None
    _, _, documents, statements, commitments = totals
    log = {part.removeprefix(LOG): Counter(kinds) for part, kinds in parts.items()}
    return Figures(documents, Counter(statements), commitments, log)
