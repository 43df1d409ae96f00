"""Former ids of a commitment are found without going through all commitments of its place, and what is
withheld or replied to without going through all rulings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEX, KINDS = "ix_commitments_replaced_by", "ix_rulings_kind"
REPLACED = sa.text("replaced_by IS NOT NULL")


def upgrade() -> None:
    """Make the indexes, the first over withdrawn rows alone."""
    op.create_index(
        INDEX, "commitments", ["replaced_by"], unique=False, sqlite_where=REPLACED, postgresql_where=REPLACED
    )
    op.create_index(KINDS, "rulings", ["kind"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(KINDS, table_name="rulings")
    op.drop_index(INDEX, table_name="commitments")
