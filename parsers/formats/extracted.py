"""The text that an extractor makes of a packed format, with its paragraphs' places in it."""

from __future__ import annotations

from parsers.characters import EDGE, INVISIBLE, fold
from parsers.formats.text import without
from parsers.text import Paragraph, Role, SourceText, plain

_BEFORE_CELLS = EDGE.replace("\t", "")


class Written:
    """Collects lines into one text, each line a paragraph that knows its offset.

    The text is stored for ever beside the bytes, so what is added here must depend on nothing but them.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.paragraphs: list[Paragraph] = []

    def add(self, line: str, role: Role = "body", depth: int = 0) -> None:
        """Add one line; line ends inside it become blanks, blank lines are left out."""
        line = " ".join(line.splitlines()) if len(line.splitlines()) > 1 else line.rstrip("\r\n")
        bare = line.strip(EDGE)
        if not bare:
            return
        if role == "table":
            bare = line.lstrip(_BEFORE_CELLS).rstrip(EDGE)  # the tabs of empty first cells count
        at = self._length + len(line) - len(line.lstrip(_BEFORE_CELLS if role == "table" else EDGE))
        if INVISIBLE.search(bare):
            self.paragraphs.append(without(INVISIBLE, bare, at, role, depth))
        else:
            self.paragraphs.append(plain(fold(bare), at, role, depth))
        self._lines.append(line)
        self._length += len(line) + 1

    def source(self, extractor: str, media: str) -> SourceText:
        """The whole text; extractor is its name and version."""
        return SourceText("\n".join(self._lines), "utf-8", f"extractor {extractor}", media)
