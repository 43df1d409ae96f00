"""What follows from the documents: appended conclusions, each the latest word on its id.

A row asserts a conclusion or withdraws it; the row with the highest seq for a (scope, id) holds. Scope is the
code of the place whose documents it was derived from. body is canonical JSON without what columns say.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, TextClause, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq, index_of_keys

REPLACED = text("replaced_by IS NOT NULL")
"""Few rows are withdrawn; former ids are looked for among them alone."""
CAUSES = "('document', 'parser', 'ruling')"


class _Fact:
    """Columns that every conclusion has. replaced_by: seq of the row that stands in for a withdrawn one."""

    seq: Mapped[Seq]
    scope: Mapped[str]
    id: Mapped[str]
    op: Mapped[str]
    body_sha256: Mapped[str]
    cause: Mapped[str]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]
    replaced_by: Mapped[int | None] = mapped_column(BigInt)
    place_code: Mapped[str]
    district: Mapped[str]
    level: Mapped[str]
    body: Mapped[str]


def _fact_args(table: str) -> tuple[CheckConstraint | Index, ...]:
    return (
        CheckConstraint("op IN ('assert', 'withdraw')", name="op"),
        CheckConstraint(f"cause IN {CAUSES}", name="cause"),
        Index(f"ix_{table}_scope_id_seq", "scope", "id", "seq"),
    )


class CommitmentRow(_Fact, Base):
    """A commitment's thread as concluded at one time; its members stand in `members`."""

    __tablename__ = "commitments"
    __table_args__ = (
        *_fact_args("commitments"),
        Index("ix_commitments_district", "district"),
        Index("ix_commitments_id", "id"),
        Index("ix_commitments_replaced_by", "replaced_by", sqlite_where=REPLACED, postgresql_where=REPLACED),
    )
    kind: Mapped[str]
    title: Mapped[str]
    subject: Mapped[str]
    life: Mapped[str]


class MemberRow(Base):
    """A statement's place in a commitment row: in which edition, as what, linked why and how surely (0..1).

    extra: canonical JSON of what else tracking says of it.
    """

    __tablename__ = "members"
    __table_args__ = (index_of_keys("members"),)
    commitment_seq: Mapped[int] = mapped_column(
        BigInt, ForeignKey("commitments.seq"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str]
    sha256: Mapped[str]
    period: Mapped[str | None]
    role: Mapped[str]
    why: Mapped[str]
    confidence: Mapped[str]
    extra: Mapped[str]


class EditionRow(_Fact, Base):
    """One issue of a plan: place, level, lineage, period."""

    __tablename__ = "editions"
    __table_args__ = (*_fact_args("editions"), Index("ix_editions_district", "district"))
    lineage: Mapped[str]
    period: Mapped[str]
    complete: Mapped[bool]
    retrospective: Mapped[bool]


class NotesRow(_Fact, Base):
    """What a person should know of the texts of a place and level: body holds notes and reprints."""

    __tablename__ = "place_notes"
    __table_args__ = (*_fact_args("place_notes"), Index("ix_place_notes_district", "district"))


DIRECTIONS = (
    "raised", "lowered", "advanced", "postponed", "widened", "narrowed", "hardened", "softened", "reworded",
)  # fmt: skip
"""Ways in which a term of an entry can differ."""


def directed(direction: str) -> TextClause:
    """Whether an entry has a term that differs so. Directions are our own words, never a text's, and in
    canonical JSON only that key looks so. The word stands in the condition: for a parameter no database would
    see that an index is meant."""
    assert direction in DIRECTIONS
    return text(f"changes.body LIKE '{named(direction)}'")


def named(direction: str) -> str:
    """The pattern of a body that names a direction."""
    return f'%"direction":"{direction}"%'


def _of_direction(direction: str) -> Index:
    where = text(directed(direction).text.removeprefix("changes."))
    name = f"ix_changes_{direction}"
    return Index(name, "said_last", "seq", sqlite_where=where, postgresql_where=where)


class ChangeRow(_Fact, Base):
    """One entry of the change log. said_last: the last day that `said_on` can mean.

    first_seq: the row that first said this. It differs from seq where the commitment got another id since
    (a smaller key joined its thread), which is no change and is announced to nobody.

    body holds fields, evidence (side, sha256, spans: quotes are cut from the raw text when shown), searched
    and why.
    """

    __tablename__ = "changes"
    __table_args__ = (
        *_fact_args("changes"),
        Index("ix_changes_commitment", "commitment"),
        Index("ix_changes_commit_seq", "commit_seq"),
        Index("ix_changes_said_last_seq", "said_last", "seq"),
        Index("ix_changes_change_said_last_seq", "change", "said_last", "seq"),
        Index("ix_changes_district_said_last_seq", "district", "said_last", "seq"),
        Index("ix_changes_first_seq", "first_seq"),
        Index("ix_changes_edition_to_said_last_seq", "edition_to", "said_last", "seq"),
        Index("ix_changes_edition_from_said_last_seq", "edition_from", "said_last", "seq"),
        *map(_of_direction, DIRECTIONS),
    )
    change: Mapped[str]
    grade: Mapped[str | None]
    commitment: Mapped[str]
    about: Mapped[str]
    edition_from: Mapped[str | None]
    edition_to: Mapped[str | None]
    said_on: Mapped[str | None]
    said_last: Mapped[str | None]
    first_seq: Mapped[Ref]
