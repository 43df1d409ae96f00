"""PDF with a text layer: pages in reading order, lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re

from parsers.formats.columns import Printed, in_reading_order
from parsers.formats.extracted import Written
from parsers.refusal import Refused
from parsers.text import Body, Role

VERSION = "1"
"""Raise it with every change that makes another text of the same bytes: evidence counts in that text."""

_PAGE_NUMBER = re.compile(
    r"[-–—－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]\s*\d{1,4}|\s*共\s*\d{1,4}\s*页)?[-–—－·\s]*"
)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_SENTENCE_END = "。！？；：!?;:”）"
_FEW = 8
"""Characters a page at the least; scans carry a stamp or a page number at most."""


def read(content: bytes) -> Body:
    """Body of a PDF; refuses one without text layer with code scanned."""
    import pdfminer

    pages = _pages(content)
    shown = sum(len("".join(line.text.split())) for page in pages for line in page)
    unmapped = sum(len(_UNMAPPED.findall(line.text)) for page in pages for line in page)
    if not pages or shown < _FEW * len(pages):
        raise Refused("scanned")
    if unmapped * 8 > shown * 0.3:
        raise Refused("scanned", "its fonts do not say which characters they show")
    written = Written()
    for text, role in _paragraphs(pages):
        written.add(text, role)
    source = written.source(f"pdf-extractor {VERSION}+pdfminer.six-{pdfminer.__version__}", "pdf")
    return Body(source, tuple(written.paragraphs))


def _pages(content: bytes) -> list[list[Printed]]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTContainer, LTTextLine

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[list[Printed]] = []
    try:
        for page in extract_pages(io.BytesIO(content), laparams=LAParams(char_margin=1.5, boxes_flow=None)):
            lines: list[Printed] = []
            stack: list[object] = [page]
            while stack:
                item = stack.pop()
                if isinstance(item, LTTextLine):
                    text = item.get_text().strip()
                    if text:
                        lines.append(Printed(text, item.x0, item.x1, item.y0, item.y1))
                elif isinstance(item, LTContainer):
                    stack.extend(item)
            pages.append(in_reading_order(_without_numbers(lines)))
    except Exception as error:  # pdfminer lets every kind of error through on damaged files
        raise Refused("broken", "the PDF is damaged or locked with a password") from error
    return pages


def _without_numbers(lines: list[Printed]) -> list[Printed]:
    """The lines without page numbers at the top or bottom of the page."""
    if len(lines) < 2:
        return [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    low, high = min(line.bottom for line in lines), max(line.top for line in lines)
    edges = [[x for x in lines if x.bottom <= low + 4], [x for x in lines if x.top >= high - 4]]
    numbers = {id(row[0]) for row in edges if len(row) == 1 and _PAGE_NUMBER.fullmatch(row[0].text)}
    return [line for line in lines if id(line) not in numbers]


def _paragraphs(pages: list[list[Printed]]) -> list[tuple[str, Role]]:
    """Lines joined: one that fills its column goes on in the next, unless that is indented or set larger."""
    found: list[tuple[str, Role]] = []
    last: Printed | None = None
    for page in pages:
        for line in page:
            if last is not None and found and _goes_on(last, line):
                text = found[-1][0]
                glue = "" if text[-1] >= "\u2e80" or line.text[0] >= "\u2e80" else " "
                found[-1] = (text + glue + line.text, found[-1][1])
            else:
                found.append((line.text, "table" if line.cells > 1 else "body"))
            last = line
    return found


def _goes_on(last: Printed, line: Printed) -> bool:
    size = last.top - last.bottom
    if last.cells > 1 or line.cells > 1 or abs(line.top - line.bottom - size) > 0.2 * size:
        return False
    if last.right < last.column[1] - 1.6 * size or line.left > line.column[0] + 1.2 * size:
        return False
    same_column = last.column == line.column and last.bottom > line.bottom
    if same_column and last.bottom - line.top > 1.5 * size:
        return False
    if same_column:
        return True
    width, next_width = (x.column[1] - x.column[0] for x in (last, line))
    return abs(width - next_width) < 0.1 * width and last.text[-1] not in _SENTENCE_END
