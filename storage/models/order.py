"""The tables that a run writes, once, in the order in which they are written, hashed and told."""

from __future__ import annotations

from storage.models.base import Base
from storage.models.control import Commit, RunRow
from storage.models.derived import ChangeRow, CommitmentRow, EditionRow, MemberRow, NotesRow
from storage.models.held import QuarantineDecision, QuarantineRow, QuarantineSighting, RulingRow
from storage.models.texts import Blob, Document, PlaceRow, ReadingRow, Sighting, StatementRow, VersionRow

WRITTEN: tuple[type[Base], ...] = (
    Blob,
    PlaceRow,
    Document,
    VersionRow,
    ReadingRow,
    StatementRow,
    Sighting,
    QuarantineRow,
    QuarantineSighting,
    QuarantineDecision,
    RulingRow,
    CommitmentRow,
    MemberRow,
    EditionRow,
    ChangeRow,
    NotesRow,
)
"""Tables of a transaction's rows: one stands behind those it refers to. New ones go last, so that the hash of
a commit made before them stays the same."""

CHAINED: tuple[type[Base], ...] = tuple(m for m in WRITTEN if "entry_hash" in m.__table__.c)
"""Tables whose rows a commit's hash covers, in the order in which it covers them."""

DERIVED: tuple[type[Base], ...] = (CommitmentRow, EditionRow, ChangeRow, NotesRow)
"""Tables of conclusions."""

TOLD: tuple[type[Base], ...] = (RunRow, Commit, *(m for m in WRITTEN if m is not Blob))
"""Tables of the full export."""
