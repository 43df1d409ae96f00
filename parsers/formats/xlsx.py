"""Spreadsheets (xlsx): every row a table row, its cells joined by tabs; formulas by their stored values."""

from __future__ import annotations

import datetime
import io
import warnings
from decimal import Decimal

from parsers.formats.extracted import Written
from parsers.refusal import Refused
from parsers.text import Body

VERSION = "1"
"""Raise it with every change that makes another text of the same bytes: evidence counts in that text."""

_MOST_ROWS = 200_000


def read(content: bytes) -> Body:
    """Body of a spreadsheet: a heading a sheet (where there are several), then its filled rows."""
    from openpyxl import load_workbook

    written = Written()
    empty_formulas = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions it drops
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # files made by other programs state too small a range
                if len(sheets) > 1:
                    written.add(sheet.title, "heading", 2)
                for number, row in enumerate(sheet.iter_rows(values_only=True)):
                    if number >= _MOST_ROWS:
                        raise Refused("too_large", f"sheet {sheet.title} has more than {_MOST_ROWS} rows")
                    cells = [_shown(value) for value in row]
                    while cells and not cells[-1]:
                        cells.pop()
                    written.add("\t".join(cells), "table")
            if not any(p.role == "table" for p in written.paragraphs):
                empty_formulas = b"<f" in content or bool(sheets)
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part made it stumble over
        raise Refused("broken", "the spreadsheet is damaged or locked") from error
    if not any(p.role == "table" for p in written.paragraphs):
        raise Refused(
            "empty", "no cell shows a value" if empty_formulas else "the spreadsheet holds no sheet"
        )
    return Body(written.source(f"xlsx-extractor {VERSION}", "xlsx"), tuple(written.paragraphs))


def _shown(value: object) -> str:
    """A cell's value as text: whole numbers without a point, dates as YYYY-MM-DD, errors as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
        )
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        )
    text = " ".join(str(value).split())
    return "" if text.startswith("#") and text.rstrip("!?/0A").isupper() and len(text) < 9 else text
