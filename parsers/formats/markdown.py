"""Markdown: headings, lists, quotes and table rows by their marks; marks are skipped, never edited away."""

from __future__ import annotations

import re
from itertools import pairwise

from parsers.characters import EDGE, FOLDABLE, INVISIBLE, LINE, fold
from parsers.formats.text import without
from parsers.text import Body, Paragraph, Piece, Role, SourceText, plain

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?=[A-Za-z_]+[ \t]*:)(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M
)
_ENTRY = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.M)
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?")

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+")
_BULLET = re.compile(r"(?:[-*+][ \t]+|>[ \t]*)+")
_RULE = re.compile(r"(?:(?:[-*_=][ \t]*){3,}|```.*|~~~.*)$")
_BORDER = re.compile(r"(?<!\\)\|")

_MARK = re.compile(r"[*_`\[\\<&~" + INVISIBLE.pattern[1:-1])
_MARKS = re.compile(
    INVISIBLE.pattern
    + r"|\*{2,}|_{2,}|~{2,}|`+"
    + r"|(?<![\d*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\d*])"
    + r"|!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)"  # an image says nothing in words
    + r"|\[(?=[^\[\]\n]{1,300}\]\([^()\n]{0,2000}\))|(?<=[^\]\[])\]\([^()\n]{0,2000}\)"  # a link is its words
    + r"|(?<=\S)\[\^?\d{1,3}\]"  # a note's number is no part of the sentence
    + r"|</?[A-Za-z][^<>\n]{0,300}>|&nbsp;|\\(?=[!-/:-@\[-`{-~])"
)

_HEADINGS = re.compile(r"^#{1,6}[ \t]+\S", re.M)


def looks_like(text: str) -> bool:
    """Whether a text file is written in Markdown: at least two of its lines are marked as headings."""
    found = _HEADINGS.search(text)
    return found is not None and _HEADINGS.search(text, found.end()) is not None


def read(source: SourceText, notes: tuple[str, ...] = ()) -> Body:
    """Body of a Markdown text. YAML front matter (flat keys) says title, date, source and author."""
    text = source.text
    front = _FRONT_MATTER.match(text)
    facts = _facts(front.group(1)) if front else {}
    paragraphs: list[Paragraph] = []
    titled = False
    folded = FOLDABLE.search(text) is not None
    marked_up = _MARK.search(text, front.end() if front else 0) is not None
    for match in LINE.finditer(text, front.end() if front else 0):
        line, at = match.group().rstrip(EDGE), match.start()
        role: Role = "body"
        depth = 0
        first = line[0]
        if first < "\u2000" and first in "#-*+>|=_`~":
            if _RULE.match(line):
                _underlined(paragraphs, line, text, at)
                continue
            if first == "|":
                if line.strip("|:- \t"):
                    paragraphs.append(_row(line, at))
                continue
            if marked := _HEADING.match(line):
                depth = len(marked.group(1))
                line, at = _unclosed(line[marked.end() :]), at + marked.end()
                role, titled = ("heading" if titled or depth > 1 else "title"), True
            elif listed := _BULLET.match(line):
                line, at = line[listed.end() :], at + listed.end()
        if line:
            if not (marked_up and _MARK.search(line)):
                paragraphs.append(plain(fold(line) if folded else line, at, role, depth))
            elif (skipped := without(_MARKS, line, at, role, depth)).text.strip(EDGE):
                paragraphs.append(skipped)
    date = facts.get("date") or facts.get("published")
    return Body(
        source,
        tuple(paragraphs),
        title=facts.get("title"),
        published=_normal(date) if date else None,
        published_clue=f"front matter: {date}" if date else None,
        author=facts.get("author"),
        publisher=facts.get("publisher"),
        url=facts.get("source") or facts.get("url"),
        notes=notes,
    )


def _facts(block: str) -> dict[str, str]:
    """Flat keys of the front matter, lower case, quotes taken off; a full YAML parser costs 1 ms a file."""
    return {m.group(1).lower(): v for m in _ENTRY.finditer(block) if (v := m.group(2).strip("\"'").strip())}


def _normal(date: str) -> str | None:
    found = _DATE.match(date)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else None


def _underlined(paragraphs: list[Paragraph], rule: str, text: str, at: int) -> None:
    """A line of === right below a line makes that a heading; other rules say nothing."""
    if rule[0] != "=" or not paragraphs or paragraphs[-1].role != "body":
        return
    last = paragraphs[-1]
    between = text[last.pieces[-1].source + last.pieces[-1].source_length : at]
    if between.count("\n") == 1:
        paragraphs[-1] = Paragraph(last.text, last.pieces, "heading", last.joins, depth=1)


def _unclosed(heading: str) -> str:
    """The heading without the closing marks that some writers repeat."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != bare.rstrip() else heading


def _row(line: str, at: int) -> Paragraph:
    """A table row: its cells with one tab between, which stands for the printed border."""
    borders = [m.start() for m in _BORDER.finditer(line)]
    if borders[-1] != len(line) - 1:
        borders.append(len(line))
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    last_end = 0
    for left, right in pairwise(borders):
        raw = line[left + 1 : right]
        cell_at = left + 1 + len(raw) - len(raw.lstrip(EDGE))
        cell = without(_MARKS, raw.strip(EDGE), at + cell_at)
        if left:
            pieces.append(Piece(length, at + last_end, 1, max(cell_at, last_end + 1) - last_end))
            length += 1
        pieces += [Piece(p.at + length, p.source, p.length, p.source_length) for p in cell.pieces]
        length += len(cell.text)
        parts.append(cell.text)
        last_end = cell_at + len(raw.strip(EDGE))
    return Paragraph("\t".join(parts), tuple(pieces), "table")
