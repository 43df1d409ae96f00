"""Cells of a table row as paragraphs of their own: every character stands where its cell stands."""

from __future__ import annotations

from parsers.text import Paragraph, Piece


def filled(text: str, bound: tuple[int, int]) -> bool:
    """Whether the cell says anything."""
    return bool(text[bound[0] : bound[1]].strip())


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The cell without blanks at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def joined(*cells: Paragraph) -> Paragraph:
    """Cells one behind the other as one paragraph."""
    pieces: list[Piece] = []
    length = 0
    for cell in cells:
        pieces += [Piece(p.at + length, p.source, p.length, p.source_length) for p in cell.pieces]
        length += len(cell.text)
    return Paragraph("".join(cell.text for cell in cells), tuple(pieces), "table")


def cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters [start, end) of a paragraph as one of its own; every character stands where it stood."""
    pieces = []
    for p in paragraph.pieces:
        low, high = max(start, p.at), min(end, p.at + p.length)
        if low >= high:
            continue
        if p.length == p.source_length:
            pieces.append(Piece(low - start, p.source + low - p.at, high - low, high - low))
        else:
            pieces.append(Piece(low - start, p.source, high - low, p.source_length))
    return Paragraph(paragraph.text[start:end], tuple(pieces), paragraph.role, depth=paragraph.depth)
