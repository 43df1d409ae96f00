"""Sketches of texts, kept beside the ledger: they may be made anew at any time."""

from __future__ import annotations

from alembic import op

from storage.sketches import create, drop

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; opening fills it."""
    for statement in create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Drop it: everything in it follows from stored texts."""
    for statement in drop():
        op.execute(statement)
