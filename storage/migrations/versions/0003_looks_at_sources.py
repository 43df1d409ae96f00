"""Looks at sources: what was asked for, what it answered, what lists named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import UtcDateTime
from storage.models.triggers import create, drop

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("looks", "fetches", "listings")


def _columns(table: str) -> list[sa.schema.SchemaItem]:
    """What the three tables begin with."""
    return [
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("run_seq", BIG, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_seq"], ["runs.seq"], name=op.f(f"fk_{table}_run_seq_runs")),
        sa.PrimaryKeyConstraint("seq", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Make the tables, their indexes and their triggers."""
    op.create_table(
        "looks",
        *_columns("looks"),
        sa.Column("spec_sha256", sa.Text(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_looks_source", "looks", ["source", "seq"], unique=False)
    op.create_table(
        "fetches",
        *_columns("fetches"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("declared", sa.Text(), nullable=True),
        sa.Column("spec_sha256", sa.Text(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'changed', 'unchanged', 'left', 'gone', 'down', 'blocked', 'unread')",
            name=op.f("ck_fetches_state"),
        ),
        sa.CheckConstraint("role IN ('list', 'text')", name=op.f("ck_fetches_role")),
    )
    op.create_index("ix_fetches_source_address", "fetches", ["source", "address", "seq"], unique=False)
    op.create_table(
        "listings",
        *_columns("listings"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=True),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_listings_source_address", "listings", ["source", "address", "seq"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in create(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Drop them; refused as soon as anything was looked at."""
    bind = op.get_bind()
    for table in TABLES:
        if bind.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            raise RuntimeError(
                f"going back before revision {revision} would lose the rows of {table}: refused"
            )
    for table in reversed(TABLES):
        for statement in drop(bind.dialect.name, table):
            op.execute(statement)
        op.drop_table(table)
