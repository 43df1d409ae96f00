"""What was looked at, when, and what came of it: the log from which gaps and the health of sources follow.

A running log like sightings: rows are appended and never changed, but make no commit, and no conclusion rests
on them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq

STATES = ("new", "changed", "unchanged", "left", "gone", "down", "blocked", "unread")


class LookRow(Base):
    """One look at a source, written when it ends; a look that was cut off leaves none.

    seen: whether the source answered with what it should hold, so that nothing new means nothing was put out.
    spec_sha256: how lists were read. counts: canonical JSON (listed, new, changed, …, requests, waiting).
    not_before: the source asked not to be asked again before.
    """

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_source", "source", "seq"),)
    seq: Mapped[Seq]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))
    source: Mapped[str]
    spec_sha256: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    seen: Mapped[bool]
    counts: Mapped[str]
    not_before: Mapped[datetime | None]
    note: Mapped[str]


class FetchRow(Base):
    """One address asked for in a look, and which state it was found in.

    role: list or text. state: new, changed (its body text is another), unchanged, left (not of our subject),
    gone, down, blocked, unread (we could not make it out). code names the reason, detail says it.
    sha256, etag, last_modified: of what was answered, for conditional requests; NULL unless it was good.
    declared: what the source declared of the text then, canonical JSON.
    requests: made for it, redirects and repetitions included.
    """

    __tablename__ = "fetches"
    __table_args__ = (
        Index("ix_fetches_source_address", "source", "address", "seq"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("role IN ('list', 'text')", name="role"),
    )
    seq: Mapped[Seq]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))
    source: Mapped[str]
    address: Mapped[str]
    role: Mapped[str]
    state: Mapped[str]
    code: Mapped[str]
    detail: Mapped[str]
    status: Mapped[int | None]
    sha256: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    declared: Mapped[str | None]
    spec_sha256: Mapped[str]
    requests: Mapped[int]
    observed_at: Mapped[datetime]


class ListingRow(Base):
    """An entry of a list when it was first seen there, or seen with another title, date or time of change.

    address: its canonical form, the text's identity in the source. href: what is asked for.
    """

    __tablename__ = "listings"
    __table_args__ = (Index("ix_listings_source_address", "source", "address", "seq"),)
    seq: Mapped[Seq]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))
    source: Mapped[str]
    address: Mapped[str]
    href: Mapped[str]
    title: Mapped[str]
    dated: Mapped[str | None]
    changed: Mapped[str | None]
    observed_at: Mapped[datetime]
