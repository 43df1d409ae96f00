"""Documents, their versions, and how each was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigInt, Ref, Seq, index_of_keys

LEVELS = "('nation', 'province', 'city', 'district', 'street')"


class PlaceRow(Base):
    """A place under the name and level that a text gave it."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("code", "name", "level"),
        Index("ix_places_name", "name"),
        CheckConstraint(f"level IN {LEVELS}", name="level"),
    )
    seq: Mapped[Seq]
    code: Mapped[str]
    name: Mapped[str]
    level: Mapped[str]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


class Blob(Base):
    """Bytes by their SHA-256, compressed with zlib: what was handed in, and texts that extractors made."""

    __tablename__ = "blobs"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Base):
    """One text by where it stands. id = hash of source and locator; name = last part of the locator."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("id"), Index("ix_documents_name", "name"))
    seq: Mapped[Seq]
    id: Mapped[str]
    source: Mapped[str]
    locator: Mapped[str]
    name: Mapped[str]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


class VersionRow(Base):
    """The content of a document at one fetch, by the SHA-256 of its bytes."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("document_seq", "sha256"), Index("ix_versions_sha256", "sha256"))
    seq: Mapped[Seq]
    document_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("documents.seq"))
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    observed_at: Mapped[datetime]
    given_by: Mapped[str | None]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


class Sighting(Base):
    """A version was seen (again). sha256 differs from the version's where only the page around the body did.

    declared_sha256 names what the source declared of it then. commit_seq: the last commit at that time.
    """

    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_version_seq", "version_seq"),)
    seq: Mapped[Seq]
    version_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("versions.seq"))
    sha256: Mapped[str]
    declared_sha256: Mapped[str]
    observed_at: Mapped[datetime]
    run_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("runs.seq"))
    commit_seq: Mapped[Ref]


class ReadingRow(Base):
    """A version as one parser version read it under one declaration; refused: it could not be read.

    The last one of a version and declaration counts: a parser that is gone back to stands there again.

    Columns whose name ends in _clue, and lists, are canonical JSON. text_sha256: the extractor's text,
    where the source text is not simply the bytes decoded. statements_from: the reading whose statement rows
    are this one's too (an upgrade that changes nothing here stores no statement again).
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index("ix_readings_version_seq", "version_seq"),
        Index("ix_readings_place_code", "place_code"),
        CheckConstraint(f"level IN {LEVELS} OR refused IS NOT NULL", name="level"),
        CheckConstraint("rights IN ('official', 'press', 'unknown')", name="rights"),
        CheckConstraint("(refused IS NULL) = (statements_from IS NOT NULL)", name="read_or_refused"),
    )
    seq: Mapped[Seq]
    version_seq: Mapped[Ref] = mapped_column(BigInt, ForeignKey("versions.seq"))
    parser_version: Mapped[str]
    declared: Mapped[str]
    declared_sha256: Mapped[str]
    refused: Mapped[str | None]
    encoding: Mapped[str]
    decided_by: Mapped[str]
    media: Mapped[str]
    text_sha256: Mapped[str | None] = mapped_column(ForeignKey("blobs.sha256"))
    body_sha256: Mapped[str]
    title: Mapped[str | None]
    published: Mapped[str | None]
    published_clue: Mapped[str | None]
    plan_year: Mapped[str | None]
    plan_year_clue: Mapped[str | None]
    type: Mapped[str]
    rights: Mapped[str]
    place_code: Mapped[str]
    place_name: Mapped[str]
    place_level: Mapped[str]
    place_clue: Mapped[str]
    level: Mapped[str]
    issuer: Mapped[str]
    authority: Mapped[str]
    speaker: Mapped[str | None]
    slogans: Mapped[str]
    complete_clue: Mapped[str | None]
    notes: Mapped[str]
    statements_from: Mapped[int | None] = mapped_column(BigInt, ForeignKey("readings.seq"))
    statement_count: Mapped[int]
    statements_sha256: Mapped[str]
    commit_seq: Mapped[Ref]
    entry_hash: Mapped[str]


# Word by word: for a list of more than two SQLite makes a table anew for each row that is inserted.
_ONE_KIND = "kind = 'target' OR kind = 'action' OR kind = 'result' OR kind = 'framework'"


class StatementRow(Base):
    """One statement of a reading. spans, quantities and framework are canonical JSON, decimals as text.

    text is NULL where it equals the quote. quantities also says who is in charge (`amounts_of`).
    """

    __tablename__ = "statements"
    __table_args__ = (
        index_of_keys("statements"),
        CheckConstraint(_ONE_KIND, name="kind"),
    )
    reading_seq: Mapped[int] = mapped_column(
        BigInt, ForeignKey("readings.seq"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str]
    kind: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    spans: Mapped[str]
    quote: Mapped[str]
    text: Mapped[str | None]
    subject: Mapped[str]
    quantities: Mapped[str | None]
    absent: Mapped[bool]
    indicator: Mapped[str | None]
    deed: Mapped[str]
    object: Mapped[str]
    base: Mapped[str | None]
    dimension: Mapped[str | None]
    period: Mapped[str | None]
    stage: Mapped[str | None]
    scope: Mapped[str | None]
    project: Mapped[str | None]
    district: Mapped[str | None]
    level: Mapped[str | None]
    issuer: Mapped[str]
    authority: Mapped[str]
    speaker: Mapped[str | None]
    modality: Mapped[str | None]
    nature: Mapped[str | None]
    vintage: Mapped[str | None]
    basis: Mapped[str | None]
    area: Mapped[str | None]
    framework: Mapped[str | None]
    doubtful: Mapped[bool]
    rule: Mapped[str]
