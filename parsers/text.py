"""The text of a document and where each part of it stands in the stored bytes' decoding.

Reading works on clean paragraphs in reading order; evidence points into the *source text*: the file
decoded as stored (a BOM counts, line ends are kept; for HTML the decoded markup; for docx, xlsx and
PDF the text made by the named extractor). A paragraph carries the map from one to the other.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from parsers.records import record
from parsers.statement import Span

Role = Literal[
    "title", "heading", "byline", "body", "caption", "pull_quote", "table", "glossary", "furniture"
]

BODY_ROLES: frozenset[Role] = frozenset({"title", "heading", "body", "pull_quote", "table"})
"""Roles whose text is read for statements."""


@record(frozen=True, slots=True)
class Piece:
    """`length` characters of a paragraph from `at` on stand in the source from `source` on.

    Where the source spells a stretch otherwise (an entity, a folded space), length is 1 and
    source_length differs.
    """

    at: int
    source: int
    length: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Join:
    """Two fragments that layout had torn apart, joined at character `at` of the paragraph."""

    at: int
    sure: bool
    why: str


@record(frozen=True, slots=True)
class Paragraph:
    """A stretch of running text in reading order."""

    text: str
    pieces: tuple[Piece, ...]
    role: Role = "body"
    joins: tuple[Join, ...] = ()
    open_end: bool = False
    """The sentence breaks off and its continuation is nowhere in the text."""
    depth: int = 0
    """Heading depth (1 is the title), list or table nesting otherwise."""

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Source spans of paragraph characters [start, end), adjacent ones merged, in reading order."""
        if len(self.pieces) == 1 and self.pieces[0].length == self.pieces[0].source_length:
            shift = self.pieces[0].source - self.pieces[0].at
            return ((start + shift, end + shift),)
        starts = [p.at for p in self.pieces]
        found: list[Span] = []
        for piece in self.pieces[max(0, bisect_right(starts, start) - 1) :]:
            if piece.at >= end:
                break
            low, high = max(start, piece.at), min(end, piece.at + piece.length)
            if low >= high:
                continue
            if piece.length == piece.source_length:
                span = (piece.source + low - piece.at, piece.source + high - piece.at)
            else:
                span = (piece.source, piece.source + piece.source_length)
            if found and found[-1][1] == span[0]:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
        return tuple(found)


def plain(text: str, source: int, role: Role = "body", depth: int = 0) -> Paragraph:
    """A paragraph that stands in the source unbroken, from offset `source` on."""
    return Paragraph(text, (Piece(0, source, len(text), len(text)),), role, depth=depth)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's bytes as text, and how that was decided."""

    text: str
    encoding: str
    decided_by: str
    """bom | header | meta | utf-8 | detection | extractor NAME VERSION."""
    media: str
    """text | markdown | html | docx | xlsx | pdf."""


@dataclass(frozen=True, slots=True)
class Body:
    """What extraction found in a document: paragraphs in reading order and what the page says of itself."""

    source: SourceText
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    published: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD as printed or declared on the page."""
    published_clue: str | None = None
    author: str | None = None
    editor: str | None = None
    publisher: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
    """What extraction decided and a person may want to know (extractor used, furniture cut)."""
