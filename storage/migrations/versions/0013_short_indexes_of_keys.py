"""Statements and members are found by the beginning of a key, and SQLite checks kinds word by word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.triggers import create, drop

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "statements"
INDEXES = {TABLE: "ix_statements_key", "members": "ix_members_key"}
BEGINNING = "substr(key, 1, 8)"
LISTED = "kind IN ('target', 'action', 'result', 'framework')"
WORD_BY_WORD = "kind = 'target' OR kind = 'action' OR kind = 'result' OR kind = 'framework'"
"""The same. For a list of more than two SQLite makes a table anew for each row that is inserted, which is a
fifth of the time that a statement takes; PostgreSQL does not."""


def upgrade() -> None:
    """Index the first 8 of 64 digits, and check kinds so."""
    _index(LISTED, WORD_BY_WORD, BEGINNING)


def downgrade() -> None:
    """Index whole keys, and check kinds by a list."""
    _index(WORD_BY_WORD, LISTED, "key")


def _index(checked: str, check: str, by: str) -> None:
    for table, name in INDEXES.items():
        op.drop_index(name, table_name=table)
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(checked, check)
    for table, name in INDEXES.items():
        op.create_index(name, table, [sa.text(by)], unique=False)
        if op.get_bind().dialect.name == "postgresql":
            # Until it has counted what the index is by, the server takes every beginning for frequent and
            # reads the whole table instead, and by itself it counts only when many rows have come.
            op.execute(f"ANALYZE {table}")


def _rebuild(checked: str, check: str) -> None:
    """SQLite cannot alter constraints: the table is made anew from its own words, as in 0002."""
    bind = op.get_bind()
    if bind.execute(sa.text("PRAGMA foreign_keys")).scalar():
        raise RuntimeError("tables are rebuilt with foreign keys off only")
    made = bind.execute(sa.text(f"SELECT sql FROM sqlite_master WHERE name = '{TABLE}'")).scalar_one()
    head, _, body = made.partition("(")
    assert TABLE in head
    assert body.count(checked) == 1
    for statement in drop("sqlite", TABLE):
        op.execute(statement)
    op.execute(sa.text(f"CREATE TABLE {TABLE}_anew ({body.replace(checked, check)}"))
    op.execute(f"INSERT INTO {TABLE}_anew SELECT * FROM {TABLE}")
    op.execute(f"DROP TABLE {TABLE}")
    op.execute(f"ALTER TABLE {TABLE}_anew RENAME TO {TABLE}")
    for statement in create("sqlite", TABLE):
        op.execute(statement)
