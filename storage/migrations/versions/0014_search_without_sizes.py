"""SQLite's search index no longer keeps how many tokens each statement has: nobody asks for it."""

from __future__ import annotations

from alembic import op

from storage.searching.index import create, drop

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew, empty: opening the ledger fills it."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for statement in (*drop(), *create(dialect)):
            op.execute(statement)


def downgrade() -> None:
    """Nothing to do: older versions do not ask for it either."""
