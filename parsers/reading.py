"""What one document says: the facts about the text itself and its statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsers.selectors import Selectors
from parsers.statement import Level, Span, Statement
from parsers.text import SourceText

DocumentType = Literal["report", "plan", "list", "communique", "speech", "news"]
Rights = Literal["official", "press", "unknown"]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a source, an option or a side file says of a document; None leaves it to the text."""

    district: str | None = None
    level: Level | None = None
    published: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    url: str | None = None
    title: str | None = None
    type: DocumentType | None = None
    rights: Rights | None = None
    selectors: Selectors | None = None
    """How the source's pages are cut: no fact about the text, so another cut of a page is another reading of
    it and no other declaration."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its GB/T 2260 code (six digits; 000000 is the nation, 全国)."""

    code: str
    name: str
    """Full name: 济南市市中区."""
    level: Level


UNPLACED = Place("", "", "district")
"""Stands for the place of a text that was read before anybody said whose it is (`duixian parse`)."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A conclusion about the document with the words it rests on."""

    value: str
    why: str
    span: Span | None = None
    """In the source text; None where it was declared."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document version as read by one parser version.

    published: YYYY[-MM[-DD]] with its clue, None while unknown (never the fetch time).
    plan_year: the year whose plan the document belongs to, with its clue.
    slogans: named campaign years (有效落实年) with the year the text gives them, None where it gives none;
        another document may date this one by them.
    complete: the full text of a report or plan, with the clue; None where it is not.
    """

    source: SourceText
    body_sha256: str
    title: str | None
    published: Clue | None
    plan_year: Clue | None
    type: DocumentType
    rights: Rights
    place: Place
    place_clue: Clue
    level: Level
    issuer: str
    authority: str
    speaker: str | None
    statements: tuple[Statement, ...]
    slogans: tuple[tuple[str, int | None], ...] = ()
    complete: Clue | None = None
    declared: Declared = field(default_factory=Declared)
    notes: tuple[str, ...] = ()
