"""What a person should know of the texts of a place: stored beside its commitments, editions and changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.triggers import create, drop

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "place_notes"


def upgrade() -> None:
    """Make the table, its indexes and its triggers."""
    op.create_table(
        TABLE,
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.Column("replaced_by", BIG, nullable=True),
        sa.Column("place_code", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("cause IN ('document', 'parser', 'ruling')", name=op.f("ck_place_notes_cause")),
        sa.CheckConstraint("op IN ('assert', 'withdraw')", name=op.f("ck_place_notes_op")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_place_notes")),
    )
    op.create_index("ix_place_notes_district", TABLE, ["district"], unique=False)
    op.create_index("ix_place_notes_scope_id_seq", TABLE, ["scope", "id", "seq"], unique=False)
    for statement in create(op.get_bind().dialect.name, TABLE):
        op.execute(statement)


def downgrade() -> None:
    """Drop it; refused as soon as anything stands in it, since commits cover its rows."""
    bind = op.get_bind()
    if bind.execute(sa.text(f"SELECT 1 FROM {TABLE} LIMIT 1")).first():
        raise RuntimeError(f"going back before revision 0006 would lose the rows of {TABLE}: refused")
    for statement in drop(bind.dialect.name, TABLE):
        op.execute(statement)
    op.drop_table(TABLE)
