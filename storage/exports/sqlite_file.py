"""One SQLite file for Datasette and other readers: the tables, indexes, views that answer usual questions."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storage.exports.flat import Row
from storage.exports.sinks import Made
from storage.exports.tables import Table, tables

NAME = "duixian.sqlite"
_WAITING = 2000
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

VIEWS = {
    "change_log": """
        SELECT c.district, c.said_on, c.change, c.grade, c.pending, c.title, c.edition_from, c.edition_to,
            (SELECT group_concat(field || ': ' || coalesce(old, '–') || ' → ' || coalesce(new, '–'), '; ')
                FROM (SELECT * FROM change_fields f WHERE f.change = c.id
                    AND f.commitment = c.commitment ORDER BY field)) AS terms,
            (SELECT group_concat(quote, ' … ')
                FROM (SELECT * FROM change_evidence e WHERE e.change = c.id
                    AND e.commitment = c.commitment AND side = 'old'
                    ORDER BY ordinal)) AS old_words,
            (SELECT group_concat(quote, ' … ')
                FROM (SELECT * FROM change_evidence e WHERE e.change = c.id
                    AND e.commitment = c.commitment AND side = 'new'
                    ORDER BY ordinal)) AS new_words,
            c.id AS change_id, c.commitment
        FROM changes c WHERE c.change <> 'restated'
        ORDER BY c.district, c.said_on IS NULL, c.said_on, c.id""",
    "promises": """
        SELECT c.district, c.level, c.kind, c.title, m.edition, m.role, s.text, s.period, s.document,
            s.published_on, c.id AS commitment, s.key AS statement
        FROM commitments c JOIN commitment_statements m ON m.commitment = c.id
        JOIN statements s ON s.key = m.statement
        ORDER BY c.district, c.title, c.id, m.ordinal""",
    "figures": """
        SELECT s.district, s.level, s.subject, s.kind, s.period, q.op, q.approx, q.value, q.high, q.unit,
            s.base, s.text, s.document, s.published_on
        FROM quantities q JOIN statements s ON s.key = q.statement
        ORDER BY s.district, s.subject, s.period, s.key, q.ordinal""",
}


class SqliteFile:
    """Writes duixian.sqlite, which nobody may write to afterwards. facts: what the export is."""

    takes_rows = True

    def __init__(self, root: Path, demo: bool, facts: Mapping[str, str]) -> None:
        self._path = root / NAME
        self._tables = tables(demo)
        self._waiting: dict[str, list[Row]] = {name: [] for name in self._tables}
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        # Everything that decides how rows come to lie in the file is fixed, so that it can be compared.
        for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        self._connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        self._connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(facts.items()))
        for table in self._tables.values():
            self._connection.execute(_create(table))

    def record(self, kind: str, record: Mapping[str, Any]) -> None:
        """Nothing: columns hold single values."""

    def row(self, table: str, row: Row) -> None:
        """One row."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) == _WAITING:
            self._write(table)

    def _write(self, table: str) -> None:
        places = ", ".join("?" * len(self._tables[table].fields))
        self._connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', self._waiting[table])
        self._waiting[table] = []

    def close(self) -> list[Made]:
        """The file, with its indexes and views."""
        for table in self._tables.values():
            self._write(table.name)
            indexed = [*(column for column, _, _ in table.refers), *table.facets]
            for column in dict.fromkeys(indexed):
                index = f"ix_{table.name}_{column}"
                self._connection.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{column}")')
        for name, query in VIEWS.items():
            self._connection.execute(f"CREATE VIEW {name} AS {query}")
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")
        self._connection.execute("VACUUM")
        self._connection.close()
        self._path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        return [Made(NAME, "sqlite", "application/vnd.sqlite3")]


def _create(table: Table) -> str:
    columns = [f'"{field.name}" {_TYPES[field.type]}' for field in table.fields]
    # Texts of several places may quote one commitment of a third: here, where a key leads to one row, it
    # stands once.
    columns.append(
        f"PRIMARY KEY ({', '.join(chr(34) + name + chr(34) for name in table.key)}) ON CONFLICT IGNORE"
    )
    columns += [
        f'FOREIGN KEY ("{column}") REFERENCES "{there}" ("{other}")' for column, there, other in table.refers
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
