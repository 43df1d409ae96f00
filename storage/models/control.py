"""The ledger as a whole: what it is, who wrote when, and the chain of commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq


class LedgerInfo(Base):
    """The one row that says what this ledger is; a demo never becomes real, nor the other way round."""

    __tablename__ = "ledger"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("mode IN ('demo', 'real')", name="mode"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mode: Mapped[str]
    created_at: Mapped[datetime]


class RunRow(Base):
    """A run that began."""

    __tablename__ = "runs"
    seq: Mapped[Seq]
    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    parser_version: Mapped[str]
    started_at: Mapped[datetime]


class RunResult(Base):
    """How a run ended; a run without one was cut off."""

    __tablename__ = "run_results"
    __table_args__ = (CheckConstraint("status IN ('completed', 'failed')", name="status"),)
    run_seq: Mapped[int] = mapped_column(
        BigInt, ForeignKey("runs.seq"), primary_key=True, autoincrement=False
    )
    status: Mapped[str]
    finished_at: Mapped[datetime]
    counts: Mapped[str]
    note: Mapped[str]


class Commit(Base):
    """A transaction that added facts. recorded_at strictly increases; the hash covers all earlier commits."""

    __tablename__ = "commits"
    __table_args__ = (UniqueConstraint("recorded_at"), UniqueConstraint("hash"))
    seq: Mapped[Seq]
    recorded_at: Mapped[datetime]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))
    entries: Mapped[int]
    prev_hash: Mapped[str]
    hash: Mapped[str]
