"""Mails: subscribers' states, contents, the outbox, what was told, how sending went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import UtcDateTime
from storage.models.triggers import create, drop

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("subscriber_states", "mail_contents", "mails", "told", "delivery_steps")
"""In the order they are made: a table stands behind those it refers to."""


def upgrade() -> None:
    """Make the tables, their indexes and their triggers."""
    op.create_table(
        "subscriber_states",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("upto", BIG, nullable=False),
        sa.CheckConstraint(
            "state IN ('started', 'paused', 'resumed', 'unsubscribed', 'removed')",
            name=op.f("ck_subscriber_states_state"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_subscriber_states")),
    )
    op.create_index("ix_subscriber_states_subscriber", "subscriber_states", ["subscriber"], unique=False)
    op.create_table(
        "mail_contents",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("cites", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_mail_contents")),
    )
    op.create_table(
        "mails",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("after", BIG, nullable=False),
        sa.Column("upto", BIG, nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("channel IN ('mail', 'chat')", name=op.f("ck_mails_channel")),
        sa.CheckConstraint("kind IN ('digest', 'special')", name=op.f("ck_mails_kind")),
        sa.ForeignKeyConstraint(
            ["content_sha256"], ["mail_contents.sha256"], name=op.f("fk_mails_content_sha256_mail_contents")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_mails_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index("ix_mails_subscriber", "mails", ["subscriber"], unique=False)
    op.create_table(
        "told",
        sa.Column("mail_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("change_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.CheckConstraint("what IN ('news', 'taken back')", name=op.f("ck_told_what")),
        sa.ForeignKeyConstraint(["mail_seq"], ["mails.seq"], name=op.f("fk_told_mail_seq_mails")),
        sa.ForeignKeyConstraint(["change_seq"], ["changes.seq"], name=op.f("fk_told_change_seq_changes")),
        sa.PrimaryKeyConstraint("mail_seq", "change_seq", "what", name=op.f("pk_told")),
    )
    op.create_index("ix_told_change_seq", "told", ["change_seq"], unique=False)
    op.create_table(
        "delivery_steps",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("mail_seq", BIG, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "step IN ('handed over', 'sent', 'put off', 'refused', 'in doubt', 'cancelled')",
            name=op.f("ck_delivery_steps_step"),
        ),
        sa.ForeignKeyConstraint(["mail_seq"], ["mails.seq"], name=op.f("fk_delivery_steps_mail_seq_mails")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_delivery_steps")),
    )
    op.create_index("ix_delivery_steps_mail_seq", "delivery_steps", ["mail_seq"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in create(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Drop the tables; refused as soon as anything was written down: who was told what would be lost."""
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
