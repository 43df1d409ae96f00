"""The search index, and indexes for lists that are asked a page at a time."""

from __future__ import annotations

from alembic import op

from storage.searching.index import create, drop

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_members_key": ("members", ["key"]),
    "ix_changes_said_last_seq": ("changes", ["said_last", "seq"]),
    "ix_changes_district_said_last_seq": ("changes", ["district", "said_last", "seq"]),
    "ix_changes_first_seq": ("changes", ["first_seq"]),
}


def upgrade() -> None:
    """Make them; opening the ledger fills the search index."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns, unique=False)
    for statement in create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Drop them: everything in them follows from other tables."""
    for statement in drop():
        op.execute(statement)
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
