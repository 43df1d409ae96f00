"""Indexes of keys that are made when all rows are there.

A key lies anywhere in its index: to keep it up takes a quarter of the time of writing a row, to make it of
rows that are there half of that. Only on SQLite, and only where a transaction brings the first rows of a
table, and many: then whoever asks by key meanwhile asks among what this transaction itself has written.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from storage.models import Base, MemberRow, StatementRow

MANY = 1_000
"""Rows that are worth it."""
_OF_KEYS: dict[type[Base], str] = {StatementRow: "ix_statements_key", MemberRow: "ix_members_key"}


class LateIndexes:
    """The indexes that one transaction has put off. Without `make`, rolling it back brings them back."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._seen: set[type[Base]] = set()
        self._words: list[str] = []

    def put_off(self, model: type[Base], rows: int) -> None:
        """Before rows of a table are inserted: drop its index of keys, where that pays.

        A trap: SQLite drops no index while rows of a query are still being fetched on the connection.
        """
        if model in self._seen or model not in _OF_KEYS or self.connection.dialect.name != "sqlite":
            return
        self._seen.add(model)
        first = text(f"SELECT 1 FROM {model.__tablename__} LIMIT 1")
        if rows < MANY or self.connection.execute(first).first() is not None:
            return
        # From its own words, so that it is the same afterwards, whatever version made it.
        words = text("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = :name")
        found = self.connection.execute(words, {"name": _OF_KEYS[model]}).scalar()
        if found is not None:
            self.connection.exec_driver_sql(f"DROP INDEX {_OF_KEYS[model]}")
            self._words.append(found)

    def make(self) -> None:
        """Make them, once all rows are there."""
        while self._words:
            self.connection.exec_driver_sql(self._words.pop())
