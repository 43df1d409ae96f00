"""Word documents (docx): paragraphs, headings and table rows in document order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parsers.formats.extracted import Written
from parsers.refusal import Refused
from parsers.text import Body, Role

if TYPE_CHECKING:
    from lxml.etree import _Element

VERSION = "2"
"""Raise it with every change that makes another text of the same bytes: evidence counts in that text."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = re.compile(r"(?:heading|标题)\s?([1-9])", re.I)
_LARGEST_PART = 200_000_000


def read(content: bytes) -> Body:
    """Body of a Word document. Deleted text of tracked changes, headers and footnote marks are left out."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = etree.fromstring(_part(archive, "word/document.xml"), parser)
            styles = _heading_styles(archive, parser)
            title, author, modified = _properties(archive, parser)
    except (
        zipfile.BadZipFile,
        KeyError,
        etree.XMLSyntaxError,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
    ) as error:
        raise Refused("broken", "the Word document is damaged or locked") from error
    except Exception as error:  # zlib and zipfile raise many kinds on damaged archives
        raise Refused("broken", "the Word document is damaged") from error
    written = Written()
    body = document.find(f"{_W}body") if document is not None else None
    for element in _blocks(body) if body is not None else ():
        if element.tag == f"{_W}p":
            style = element.find(f"{_W}pPr/{_W}pStyle")
            depth = styles.get(style.get(f"{_W}val", ""), 0) if style is not None else 0
            role: Role = (
                "body" if not depth else "title" if depth == 1 and not written.paragraphs else "heading"
            )
            for line in _text(element).split("\n"):
                written.add(line, role, depth)
        else:
            for row in element.iter(f"{_W}tr"):
                written.add("\t".join(_cells(row)), "table")
    if not written.paragraphs:
        raise Refused("empty", "the Word document holds no text")
    return Body(
        written.source(f"docx-extractor {VERSION}", "docx"),
        tuple(written.paragraphs),
        title=title,
        author=author,
        notes=(f"file modified {modified}",) if modified else (),
    )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_PART:
        raise Refused("too_large", f"{name} unpacks to more than {_LARGEST_PART / 1e6:.0f} MB")
    return archive.read(name)


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables, also those in content controls and insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _cells(row: _Element) -> Iterator[str]:
    """The words of a row's cells; columns that the row leaves out or a wide cell covers are empty."""
    yield from [""] * _count(row.find(f"{_W}trPr/{_W}gridBefore"))
    for cell in row.findall(f"{_W}tc"):
        yield " ".join(" ".join(_text(p) for p in cell.iter(f"{_W}p")).split())
        yield from [""] * (_count(cell.find(f"{_W}tcPr/{_W}gridSpan")) - 1)


def _count(element: _Element | None) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), 60) if value.isdecimal() and len(value) < 6 else 0


def _text(paragraph: _Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            # tab stops are declared by the same element name, inside the paragraph's properties
            if (parent := node.getparent()) is not None and parent.tag == f"{_W}r":
                parts.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
    return "".join(parts)


def _heading_styles(archive: zipfile.ZipFile, parser: Any) -> dict[str, int]:
    """Style ids that are headings, with their level; “Title” is level 1."""
    from lxml import etree

    found: dict[str, int] = {}
    if "word/styles.xml" not in archive.namelist():
        return found
    styles = etree.fromstring(_part(archive, "word/styles.xml"), parser)
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        value = name.get(f"{_W}val", "") if name is not None else ""
        level = _STYLE.search(value)
        if level or value.lower() in {"title", "标题"}:
            found[style.get(f"{_W}styleId", "")] = int(level.group(1)) if level else 1
    return found


def _properties(archive: zipfile.ZipFile, parser: Any) -> tuple[str | None, str | None, str | None]:
    from lxml import etree

    if "docProps/core.xml" not in archive.namelist():
        return None, None, None
    core = etree.fromstring(_part(archive, "docProps/core.xml"), parser)
    facts = (
        {node.tag.rpartition("}")[2]: (node.text or "").strip() for node in core} if core is not None else {}
    )
    return facts.get("title") or None, facts.get("creator") or None, facts.get("modified") or None
