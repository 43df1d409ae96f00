"""What a person has to look at, and what people decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq


class QuarantineRow(Base):
    """Something handed in that did not become a document version, and why. sha256 NULL: no bytes were had."""

    __tablename__ = "quarantine"
    __table_args__ = (
        UniqueConstraint("id"),
        Index("ix_quarantine_document_seq", "document_seq"),
    )
    seq: Mapped[Seq]
    id: Mapped[str]
    document_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("documents.seq"))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blobs.sha256"))
    code: Mapped[str]
    detail: Mapped[str]
    parser_version: Mapped[str]
    declared: Mapped[str]
    given_by: Mapped[str | None]
    observed_at: Mapped[datetime]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


class QuarantineSighting(Base):
    """The same thing was refused again."""

    __tablename__ = "quarantine_sightings"
    __table_args__ = (Index("ix_quarantine_sightings_quarantine_seq", "quarantine_seq"),)
    seq: Mapped[Seq]
    quarantine_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("quarantine.seq"))
    observed_at: Mapped[datetime]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))


class QuarantineDecision(Base):
    """A quarantined thing was released (it could be read after all, or a person let it in), discarded, or
    refused again after that; the last row counts."""

    __tablename__ = "quarantine_decisions"
    __table_args__ = (
        Index("ix_quarantine_decisions_quarantine_seq", "quarantine_seq"),
        CheckConstraint("decision IN ('released', 'discarded', 'reopened')", name="decision"),
    )
    seq: Mapped[Seq]
    quarantine_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("quarantine.seq"))
    decision: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


class RulingRow(Base):
    """A person's decision about evidence (document version and spans, never ids). Later ones win.

    revokes: the ruling that this row takes back. body and evidence are canonical JSON.
    """

    __tablename__ = "rulings"
    __table_args__ = (Index("ix_rulings_kind", "kind"),)
    seq: Mapped[Seq]
    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    evidence: Mapped[str]
    body: Mapped[str]
    author: Mapped[str]
    reason: Mapped[str]
    ruled_at: Mapped[datetime]
    revokes: Mapped[str | None] = mapped_column(ForeignKey("rulings.id"))
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]
