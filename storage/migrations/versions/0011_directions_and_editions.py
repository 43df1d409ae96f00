"""Entries of an edition, and those in which a term differs one way, have indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

EDITIONS = ("edition_to", "edition_from")
DIRECTIONS = (
    "raised", "lowered", "advanced", "postponed", "widened", "narrowed", "hardened", "softened", "reworded",
)  # fmt: skip


def upgrade() -> None:
    """Make the indexes; that of a direction holds only its own entries."""
    for column in EDITIONS:
        op.create_index(f"ix_changes_{column}_said_last_seq", "changes", [column, "said_last", "seq"])
    for direction in DIRECTIONS:
        own = sa.text(f"""body LIKE '%"direction":"{direction}"%'""")
        op.create_index(
            f"ix_changes_{direction}", "changes", ["said_last", "seq"], sqlite_where=own, postgresql_where=own
        )


def downgrade() -> None:
    """Drop them."""
    for direction in DIRECTIONS:
        op.drop_index(f"ix_changes_{direction}", table_name="changes")
    for column in EDITIONS:
        op.drop_index(f"ix_changes_{column}_said_last_seq", table_name="changes")
