"""Runs of markup text as the words a reader sees, with the map back to the source."""

from __future__ import annotations

import re
from html import unescape

from parsers.characters import EDGE, INVISIBLE, fold
from parsers.text import Piece

_BLANKS = r" \t\n\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};|nbsp(?![A-Za-z0-9]))"
    rf"|[{_BLANKS}]{{2,}}|[\t\n\x0b\x0c\r\x85\u2028\u2029]|" + INVISIBLE.pattern
)
_WIDE = "\u2e80"


class Inline:
    """Collects the runs of one line. Blanks fold into one; a line end between two hanzi folds away."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._blank: tuple[int, int, bool] | None = None
        self._ahead = 0

    def add(self, start: int, end: int) -> int:
        """Add source characters [start, end); returns how many characters the line grew by."""
        before = self._length
        here = start
        for odd in _ODD.finditer(self._source, start, end):
            if odd.start() > here:
                self._literal(here, odd.start())
            written = odd.group()
            if written[0] == "&":
                self._entity(written, odd.start(), odd.end())
            elif not INVISIBLE.match(written):
                self._space(odd.start(), odd.end(), "\n" in written or "\r" in written)
            here = odd.end()
        if here < end:
            self._literal(here, end)
        return self._length - before

    def separate(self, by: str) -> None:
        """Put a separator that the source does not spell (between table cells).

        At the beginning only tabs count: those of empty first cells.
        """
        self._blank = None
        if not self._pieces:
            self._ahead += by == "\t"
        else:
            last = self._pieces[-1]
            self._append(by, Piece(self._length, last.source + last.source_length, 1, 0))

    def finish(self) -> tuple[str, tuple[Piece, ...]]:
        """The line's text without blanks at its ends, and its pieces."""
        text = "".join(self._parts)
        end = len(text.rstrip(EDGE))
        while self._pieces and (last := self._pieces[-1]).at + last.length > end:
            self._pieces.pop()
            if last.at < end:
                kept = end - last.at
                self._pieces.append(Piece(last.at, last.source, kept, kept))
        return fold(text[:end]), tuple(self._pieces)

    def _literal(self, start: int, end: int) -> None:
        text = self._source[start:end]
        if not self._parts or self._blank:
            bare = text.lstrip(EDGE)
            if len(bare) < len(text) and self._parts and self._blank is None:
                self._space(start, end - len(bare), False)
            start, text = end - len(bare), bare
            if not text:
                return
            self._emit_blank(text[0])
        last = self._pieces[-1] if self._pieces else None
        if last and last.source + last.source_length == start and last.length == last.source_length:
            length = last.length + len(text)
            self._pieces[-1] = Piece(last.at, last.source, length, length)
            self._parts.append(text)
            self._length += len(text)
            return
        self._append(text, Piece(self._length, start, len(text), len(text)))

    def _entity(self, written: str, start: int, end: int) -> None:
        character = unescape(written)
        if character == written or len(character) != 1:
            self._literal(start, end)
        elif character in EDGE:
            if not INVISIBLE.match(character):
                self._space(start, end, False)
        else:
            self._emit_blank(character)
            self._append(character, Piece(self._length, start, 1, end - start))

    def _space(self, start: int, end: int, newline: bool) -> None:
        if not self._parts:
            return
        if self._blank is None:
            self._blank = (start, end, newline)
        elif self._blank[1] == start:
            self._blank = (self._blank[0], end, self._blank[2] and newline)

    def _emit_blank(self, following: str) -> None:
        if self._blank is None:
            return
        start, end, newline = self._blank
        self._blank = None
        wide = newline and following >= _WIDE and self._parts[-1][-1:] >= _WIDE
        if not wide:
            self._append(" ", Piece(self._length, start, 1, end - start))

    def _append(self, text: str, piece: Piece) -> None:
        if self._ahead:
            tabs, self._ahead = self._ahead, 0
            self._parts.append("\t" * tabs)
            self._pieces += [Piece(at, piece.source, 1, 0) for at in range(tabs)]
            self._length += tabs
            piece = Piece(self._length, piece.source, piece.length, piece.source_length)
        self._parts.append(text)
        self._pieces.append(piece)
        self._length += len(text)
