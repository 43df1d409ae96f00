"""What tracking concludes from readings: commitments, editions and changes. Plain data, no database.

Everything here is a pure function of documents and rulings, derived within one place and level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from parsers.reading import Clue, Reading
from parsers.statement import Level, Span

ChangeKind = Literal[
    "new",
    "restated",
    "changed",
    "conflict",
    "dropped",
    "unreported",
    "revived",
    "fulfilled",
    "missed",
    "reported",
]
Grade = Literal["stated", "inferred", "apparent"]
Life = Literal["one-off", "running", "recurring"]
Lineage = Literal["yearly", "list", "five-year", "long-term"]
ACCUSATIONS: frozenset[ChangeKind] = frozenset({"dropped", "missed", "unreported"})


@dataclass(frozen=True, slots=True)
class Version:
    """A document version with its reading: what tracking works on.

    sha256: of the raw bytes. document: the document's identity (source and address), used only to tell
    versions of one document from several documents. supersedes: sha256 of the version it replaces.
    """

    sha256: str
    document: str
    reading: Reading
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a conclusion rests on; the quote is cut from the raw text at `spans`."""

    side: Literal["old", "new"]
    sha256: str
    spans: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One differing term of a commitment.

    direction: raised, lowered, advanced, postponed, widened, narrowed, hardened, softened, reworded, or None
    where no word fits. added/removed/kept: for sets of parts. renamed: (removed, added) that may be one part
    under another name, which a person has to say. unit, old_op, new_op: of amounts, the unit and
    how each side is bounded (>, >=, ~ …, or below, above, around where it is only hedged).
    """

    field: str
    old: Any
    new: Any
    direction: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    unit: str | None = None
    old_op: str | None = None
    new_op: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A statement's place in a commitment: in which edition, as what, linked why and how surely (0..1)."""

    key: str
    sha256: str
    period: str | None
    role: Literal["promise", "result", "named"]
    why: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """The thread of all statements about the same promised thing in one place and level."""

    id: str
    place_code: str
    district: str
    level: Level
    kind: Literal["target", "action", "framework"]
    title: str
    subject: str
    life: Life
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a plan: place, level, lineage and period (a year, or 2016..2020 for long-term ones)."""

    id: str
    place_code: str
    district: str
    level: Level
    lineage: Lineage
    period: str
    documents: tuple[str, ...]
    """sha256 of the versions it is known from."""
    clues: tuple[Clue, ...]
    """Why each document belongs to this period, in the order of `documents`."""
    complete: bool = False
    retrospective: bool = False
    members: tuple[str, ...] = ()
    """Keys of the statements in it."""
    remarks: tuple[str, ...] = ()
    """What was noticed about its texts: that one is whole, cut, or given before its year."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change log.

    Its id depends only on kind, editions, evidence and the statement it is about.
    """

    id: str
    change: ChangeKind
    grade: Grade | None
    place_code: str
    district: str
    level: Level
    commitment: str
    about: str
    """Key of the statement the entry is about."""
    edition_from: str | None
    edition_to: str | None
    fields: tuple[FieldChange, ...]
    evidence: tuple[Evidence, ...]
    said_on: str | None
    searched: dict[str, Any] | None = None
    why: str = ""
    reviewed: dict[str, str] | None = None
    """by, at: the person who confirmed it."""


@dataclass(frozen=True, slots=True)
class PlaceNotes:
    """What a person should know of the texts of a place and level.

    notes: texts set aside, years without one. reprints: hash of a copy with that of the text it repeats.
    """

    id: str
    place_code: str
    district: str
    level: Level
    notes: tuple[str, ...]
    reprints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """All conclusions about one place and level. texts: what is to be known of its texts, if anything is."""

    commitments: tuple[Commitment, ...] = ()
    editions: tuple[Edition, ...] = ()
    changes: tuple[Change, ...] = ()
    texts: PlaceNotes | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the texts."""
        return self.texts.notes if self.texts else ()
