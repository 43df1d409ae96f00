"""A list as a file: JSON as the API has it, CSV and XLSX that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import JSONResponse

from audit.site.viewing import View
from storage.exports.cells import encodable, fit, guard
from tracking.words.catalogue import translator
from tracking.words.marking import marked as _marked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_000
PERMANENT = _marked("permanent link")


class Form(str, Enum):  # noqa: UP042 - FastAPI shows its values as they are
    """What a list can be fetched as."""

    json = "json"
    csv = "csv"
    xlsx = "xlsx"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (a marked text) and what a record has for it."""

    heading: str
    cell: Callable[[Mapping[str, Any]], Any]


def answer(
    form: Form,
    name: str,
    columns: Sequence[Column],
    records: Sequence[Mapping[str, Any]],
    told: Mapping[str, Any],
    view: View,
) -> Response:
    """The list in a form. told: what the JSON says beside the entries (where the next page begins). Each form
    says where the same stands for ever: the JSON for the page, a spreadsheet for each row."""
    if form is Form.json:
        return JSONResponse({"entries": list(records), **told, "permanent": view.permanent()})
    _ = translator(view.lang)
    rows: list[list[Any]] = [[*(_(c.heading) for c in columns), _(PERMANENT)]]
    rows += [[*(_plain(c.cell(r)) for c in columns), _permanent(view, r)] for r in records]
    content = _csv(rows) if form is Form.csv else _xlsx(rows, name)
    media = "text/csv; charset=utf-8" if form is Form.csv else XLSX
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{form.value}"}
    return Response(content, media_type=media, headers=headers)


def _permanent(view: View, record: Mapping[str, Any]) -> str:
    """Where what a row is about stands for ever: its commitment, its text, else the page."""
    of = record.get("old", record).get("commitment") or (record.get("id") if "editions" in record else None)
    name = of.get("id") if isinstance(of, Mapping) else of
    if isinstance(name, str):
        return view.permanent(f"/commitments/{name}")
    sha256 = record.get("sha256")
    return view.permanent(f"/documents/{sha256}" if isinstance(sha256, str) else None)


def _plain(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([encodable(guard(cell)) if isinstance(cell, str) else cell for cell in row])
    # With a mark at the beginning Excel reads it as UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[Any]], name: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    for at, row in enumerate(rows):
        cells = []
        for value in row:
            text = isinstance(value, str)
            cell = WriteOnlyCell(sheet, fit(guard(value))[:_LONGEST] if text else value)
            if text:
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
