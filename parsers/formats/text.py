"""Plain text: one paragraph a line, as the file prints them."""

from __future__ import annotations

import re

from parsers.characters import EDGE, FOLDABLE, INVISIBLE, LINE, fold
from parsers.text import Body, Paragraph, Piece, Role, SourceText, plain


def read(source: SourceText, notes: tuple[str, ...] = ()) -> Body:
    """Body of a plain text: every line that shows anything is a paragraph with role body."""
    text = source.text
    if INVISIBLE.search(text):
        found = tuple(_line(m.group().rstrip(EDGE), m.start()) for m in LINE.finditer(text))
    elif FOLDABLE.search(text):
        found = tuple(plain(fold(m.group().rstrip(EDGE)), m.start()) for m in LINE.finditer(text))
    else:
        found = tuple(plain(m.group().rstrip(EDGE), m.start()) for m in LINE.finditer(text))
    if "\t" in text or "|" in text or "｜" in text:
        from parsers.formats.rows import mark_rows

        found = mark_rows(text, found)
    return Body(source, found, notes=notes)


def _line(line: str, at: int) -> Paragraph:
    if INVISIBLE.search(line):
        return without(INVISIBLE, line, at)
    return plain(fold(line), at)


def without(skipped: re.Pattern[str], line: str, at: int, role: Role = "body", depth: int = 0) -> Paragraph:
    """The paragraph that `line`, standing at source offset `at`, reads as when `skipped` is left out."""
    pieces: list[Piece] = []
    parts: list[str] = []
    here = length = 0
    for match in skipped.finditer(line):
        if match.start() > here:
            parts.append(line[here : match.start()])
            pieces.append(Piece(length, at + here, len(parts[-1]), len(parts[-1])))
            length += len(parts[-1])
        here = match.end()
    if here < len(line):
        parts.append(line[here:])
        pieces.append(Piece(length, at + here, len(parts[-1]), len(parts[-1])))
    return Paragraph(fold("".join(parts)), tuple(pieces), role, depth=depth)
