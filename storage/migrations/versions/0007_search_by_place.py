"""The search index knows whose a statement or text is; the log is in order for each kind of change too."""

from __future__ import annotations

from alembic import op

from storage.searching.index import create, drop

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEX = "ix_changes_change_said_last_seq"


def upgrade() -> None:
    """Make the index anew, empty: opening the ledger fills it."""
    for statement in (*drop(), *create(op.get_bind().dialect.name)):
        op.execute(statement)
    op.create_index(INDEX, "changes", ["change", "said_last", "seq"], unique=False)


def downgrade() -> None:
    """Nothing to take out of the search index: older versions pass over the marks of places."""
    op.drop_index(INDEX, table_name="changes")
