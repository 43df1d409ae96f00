"""First tables, append-only from the first row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import UtcDateTime
from storage.models.triggers import create, create_function, drop, drop_function

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "blobs",
    "changes",
    "commitments",
    "documents",
    "editions",
    "ledger",
    "places",
    "rulings",
    "runs",
    "commits",
    "members",
    "quarantine",
    "run_results",
    "versions",
    "quarantine_decisions",
    "quarantine_sightings",
    "readings",
    "sightings",
    "statements",
)
"""In the order they are made: a table stands behind those it refers to."""


def upgrade() -> None:
    """Make the tables, their indexes and their triggers."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "changes",
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("edition_from", sa.Text(), nullable=True),
        sa.Column("edition_to", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Text(), nullable=True),
        sa.Column("said_last", sa.Text(), nullable=True),
        sa.Column("first_seq", BIG, nullable=False),
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
        sa.CheckConstraint("cause IN ('document', 'parser', 'ruling')", name=op.f("ck_changes_cause")),
        sa.CheckConstraint("op IN ('assert', 'withdraw')", name=op.f("ck_changes_op")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_commit_seq", "changes", ["commit_seq"], unique=False)
    op.create_index("ix_changes_commitment", "changes", ["commitment"], unique=False)
    op.create_index("ix_changes_district", "changes", ["district"], unique=False)
    op.create_index("ix_changes_scope_id_seq", "changes", ["scope", "id", "seq"], unique=False)
    op.create_table(
        "commitments",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("life", sa.Text(), nullable=False),
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
        sa.CheckConstraint("cause IN ('document', 'parser', 'ruling')", name=op.f("ck_commitments_cause")),
        sa.CheckConstraint("op IN ('assert', 'withdraw')", name=op.f("ck_commitments_op")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_commitments")),
    )
    op.create_index("ix_commitments_district", "commitments", ["district"], unique=False)
    op.create_index("ix_commitments_id", "commitments", ["id"], unique=False)
    op.create_index("ix_commitments_scope_id_seq", "commitments", ["scope", "id", "seq"], unique=False)
    op.create_table(
        "documents",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_documents")),
        sa.UniqueConstraint("id", name=op.f("uq_documents_id")),
    )
    op.create_index("ix_documents_name", "documents", ["name"], unique=False)
    op.create_table(
        "editions",
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("retrospective", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("cause IN ('document', 'parser', 'ruling')", name=op.f("ck_editions_cause")),
        sa.CheckConstraint("op IN ('assert', 'withdraw')", name=op.f("ck_editions_op")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_editions")),
    )
    op.create_index("ix_editions_district", "editions", ["district"], unique=False)
    op.create_index("ix_editions_scope_id_seq", "editions", ["scope", "id", "seq"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("mode IN ('demo', 'real')", name=op.f("ck_ledger_mode")),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_table(
        "places",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "level IN ('nation', 'province', 'city', 'district', 'street')", name=op.f("ck_places_level")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_places")),
        sa.UniqueConstraint("code", "name", "level", name=op.f("uq_places_code_name_level")),
    )
    op.create_index("ix_places_name", "places", ["name"], unique=False)
    op.create_table(
        "rulings",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ruled_at", UtcDateTime(), nullable=False),
        sa.Column("revokes", sa.Text(), nullable=True),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revokes"], ["rulings.id"], name=op.f("fk_rulings_revokes_rulings")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rulings")),
        sa.UniqueConstraint("id", name=op.f("uq_rulings_id")),
    )
    op.create_table(
        "runs",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_runs")),
        sa.UniqueConstraint("id", name=op.f("uq_runs_id")),
    )
    op.create_table(
        "commits",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("run_seq", BIG, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_seq"], ["runs.seq"], name=op.f("fk_commits_run_seq_runs")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_commits")),
        sa.UniqueConstraint("hash", name=op.f("uq_commits_hash")),
        sa.UniqueConstraint("recorded_at", name=op.f("uq_commits_recorded_at")),
    )
    op.create_table(
        "members",
        sa.Column("commitment_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_seq"], ["commitments.seq"], name=op.f("fk_members_commitment_seq_commitments")
        ),
        sa.PrimaryKeyConstraint("commitment_seq", "ordinal", name=op.f("pk_members")),
    )
    op.create_table(
        "quarantine",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_seq", BIG, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=True),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_seq"], ["documents.seq"], name=op.f("fk_quarantine_document_seq_documents")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_quarantine_sha256_blobs")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("id", name=op.f("uq_quarantine_id")),
    )
    op.create_index("ix_quarantine_document_seq", "quarantine", ["document_seq"], unique=False)
    op.create_table(
        "run_results",
        sa.Column("run_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('completed', 'failed')", name=op.f("ck_run_results_status")),
        sa.ForeignKeyConstraint(["run_seq"], ["runs.seq"], name=op.f("fk_run_results_run_seq_runs")),
        sa.PrimaryKeyConstraint("run_seq", name=op.f("pk_run_results")),
    )
    op.create_table(
        "versions",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("document_seq", BIG, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=True),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_seq"], ["documents.seq"], name=op.f("fk_versions_document_seq_documents")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_versions_sha256_blobs")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_versions")),
        sa.UniqueConstraint("document_seq", "sha256", name=op.f("uq_versions_document_seq_sha256")),
    )
    op.create_index("ix_versions_sha256", "versions", ["sha256"], unique=False)
    op.create_table(
        "quarantine_decisions",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("quarantine_seq", BIG, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('released', 'discarded', 'reopened')", name=op.f("ck_quarantine_decisions_decision")
        ),
        sa.ForeignKeyConstraint(
            ["quarantine_seq"],
            ["quarantine.seq"],
            name=op.f("fk_quarantine_decisions_quarantine_seq_quarantine"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_quarantine_decisions")),
    )
    op.create_index(
        "ix_quarantine_decisions_quarantine_seq", "quarantine_decisions", ["quarantine_seq"], unique=False
    )
    op.create_table(
        "quarantine_sightings",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("quarantine_seq", BIG, nullable=False),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
        sa.Column("run_seq", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["quarantine_seq"],
            ["quarantine.seq"],
            name=op.f("fk_quarantine_sightings_quarantine_seq_quarantine"),
        ),
        sa.ForeignKeyConstraint(["run_seq"], ["runs.seq"], name=op.f("fk_quarantine_sightings_run_seq_runs")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_quarantine_sightings")),
    )
    op.create_index(
        "ix_quarantine_sightings_quarantine_seq", "quarantine_sightings", ["quarantine_seq"], unique=False
    )
    op.create_table(
        "readings",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("version_seq", BIG, nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("declared_sha256", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=True),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_clue", sa.Text(), nullable=True),
        sa.Column("plan_year", sa.Text(), nullable=True),
        sa.Column("plan_year_clue", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("place_code", sa.Text(), nullable=False),
        sa.Column("place_name", sa.Text(), nullable=False),
        sa.Column("place_level", sa.Text(), nullable=False),
        sa.Column("place_clue", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("slogans", sa.Text(), nullable=False),
        sa.Column("complete_clue", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("statements_from", BIG, nullable=True),
        sa.Column("statement_count", sa.Integer(), nullable=False),
        sa.Column("statements_sha256", sa.Text(), nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "level IN ('nation', 'province', 'city', 'district', 'street') OR refused IS NOT NULL",
            name=op.f("ck_readings_level"),
        ),
        sa.CheckConstraint("rights IN ('official', 'press', 'unknown')", name=op.f("ck_readings_rights")),
        sa.CheckConstraint(
            "(refused IS NULL) = (statements_from IS NOT NULL)", name=op.f("ck_readings_read_or_refused")
        ),
        sa.ForeignKeyConstraint(
            ["statements_from"], ["readings.seq"], name=op.f("fk_readings_statements_from_readings")
        ),
        sa.ForeignKeyConstraint(
            ["text_sha256"], ["blobs.sha256"], name=op.f("fk_readings_text_sha256_blobs")
        ),
        sa.ForeignKeyConstraint(
            ["version_seq"], ["versions.seq"], name=op.f("fk_readings_version_seq_versions")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_readings")),
        sa.UniqueConstraint(
            "version_seq",
            "parser_version",
            "declared_sha256",
            name=op.f("uq_readings_version_seq_parser_version_declared_sha256"),
        ),
    )
    op.create_index("ix_readings_place_code", "readings", ["place_code"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("version_seq", BIG, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("declared_sha256", sa.Text(), nullable=False),
        sa.Column("observed_at", UtcDateTime(), nullable=False),
        sa.Column("run_seq", BIG, nullable=False),
        sa.Column("commit_seq", BIG, nullable=False),
        sa.ForeignKeyConstraint(["run_seq"], ["runs.seq"], name=op.f("fk_sightings_run_seq_runs")),
        sa.ForeignKeyConstraint(
            ["version_seq"], ["versions.seq"], name=op.f("fk_sightings_version_seq_versions")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_version_seq", "sightings", ["version_seq"], unique=False)
    op.create_table(
        "statements",
        sa.Column("reading_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("quantities", sa.Text(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("modality", sa.Text(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("vintage", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("framework", sa.Text(), nullable=True),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('target', 'action', 'result', 'framework')", name=op.f("ck_statements_kind")
        ),
        sa.ForeignKeyConstraint(
            ["reading_seq"], ["readings.seq"], name=op.f("fk_statements_reading_seq_readings")
        ),
        sa.PrimaryKeyConstraint("reading_seq", "ordinal", name=op.f("pk_statements")),
    )
    op.create_index("ix_statements_key", "statements", ["key"], unique=False)
    _protect()


def _protect() -> None:
    dialect = op.get_bind().dialect.name
    for statement in create_function(dialect):
        op.execute(statement)
    for table in TABLES:
        for statement in create(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Drop everything; refused as soon as anything was recorded."""
    bind = op.get_bind()
    for table in TABLES:
        if table != "ledger" and bind.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            raise RuntimeError(f"going back before revision 0001 would lose the rows of {table}: refused")
    for table in reversed(TABLES):
        for statement in drop(bind.dialect.name, table):
            op.execute(statement)
        op.drop_table(table)
    for statement in drop_function(bind.dialect.name):
        op.execute(statement)
