"""What was worked out for a place, kept beside the ledger: it may be dropped at any time."""

from __future__ import annotations

from alembic import op

from storage.remembered import create, drop

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills as places are concluded."""
    for statement in create(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Drop it: everything in it follows from other tables."""
    for statement in drop():
        op.execute(statement)
