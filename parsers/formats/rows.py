"""Rows of a table that a plain text prints with tabs or borders between its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parsers.columns import header
from parsers.text import Paragraph, plain


def mark_rows(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`; those from a header row of a task table on, to its last row, are rows.

    The tabs that stand for empty first cells belong to their row.
    """
    found: list[Paragraph] = []
    border = ""
    for paragraph in paragraphs:
        first = next((b for b in ("\t", "|", "｜") if b in paragraph.text), "")
        if first and header(paragraph.text.strip(first).split(first)) is not None:
            border = first
        elif border:
            paragraph, known = _with_tabs(text, paragraph) if border == "\t" else (paragraph, False)
            if not known and first != border:
                border = ""
        found.append(replace(paragraph, role="table") if border else paragraph)
    return tuple(found)


def _with_tabs(text: str, paragraph: Paragraph) -> tuple[Paragraph, bool]:
    """The paragraph with the tabs in front of it, and whether there are any before or behind it."""
    at = paragraph.pieces[0].source
    start = at
    while start and at - start < 40 and text[start - 1] == "\t":
        start -= 1
    last = paragraph.pieces[-1]
    end = last.source + last.source_length
    if start == at or len(paragraph.pieces) > 1:
        return paragraph, start < at or text[end : end + 1] == "\t"
    return plain(text[start:at] + paragraph.text, start), True
