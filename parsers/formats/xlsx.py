"""Spreadsheets (xlsx): every row a table row, its cells joined by tabs; formulas by their stored values."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from decimal import Decimal
from typing import Any

from parsers.formats.extracted import Written
from parsers.refusal import Refused
from parsers.text import Body

VERSION = "1"
"""Raise it with every change that makes another text of the same bytes: evidence counts in that text."""

_MOST_ROWS = 200_000
_NO_VALUE = re.compile(rb"</f>(?:<v */>|<v></v>)?</c>")
_DECIMALS = re.compile(r"0\.(0+)%")


def read(content: bytes) -> Body:
    """Body of a spreadsheet: a heading a sheet (where there are several), then its filled rows."""
    import openpyxl

    written = Written()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions it drops
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # files made by other programs state too small a range
                if len(sheets) > 1:
                    written.add(sheet.title, "heading", 2)
                for number, row in enumerate(sheet.iter_rows()):
                    if number >= _MOST_ROWS:
                        raise Refused("too_large", f"sheet {sheet.title} has more than {_MOST_ROWS} rows")
                    cells = [_shown(cell) for cell in row]
                    while cells and not cells[-1]:
                        cells.pop()
                    written.add("\t".join(cells), "table")
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part made it stumble over
        raise Refused("broken", "the spreadsheet is damaged or locked") from error
    if not any(p.role == "table" for p in written.paragraphs):
        raise Refused("empty", "no cell shows a value")
    unsaved = _without_values(content)
    return Body(
        written.source(f"xlsx-extractor {VERSION}+openpyxl-{openpyxl.__version__}", "xlsx"),
        tuple(written.paragraphs),
        notes=(f"{unsaved} formulas without a stored value: save the file in an office program",)
        if unsaved
        else (),
    )


def _without_values(content: bytes) -> int:
    """How many formulas were never computed: files that a program wrote hold no values for them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(_NO_VALUE.findall(archive.read(name))) for name in sheets)


def _shown(cell: Any) -> str:
    """A cell as it is shown: percents with their sign, dates as YYYY-MM-DD, errors as nothing."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _figure(value, cell.number_format or "")
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        )
    text = " ".join(str(value).split())
    return "" if cell.data_type == "e" else text


def _figure(value: float, number_format: str) -> str:
    if "%" in number_format:
        decimals = len(found.group(1)) if (found := _DECIMALS.search(number_format)) else 0
        return f"{value * 100:.{decimals}f}%"
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return format(
        Decimal(repr(round(value, 10))), "f"
    )  # what arithmetic left behind the tenth place is noise
