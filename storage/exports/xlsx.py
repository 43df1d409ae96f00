"""The ledger as offices keep it (台账): one XLSX to read, print on A3 and write into.

Ids and what the ledger says are locked (without a password: it keeps from slips, not from people); what a
person fills in is not. A cell that the texts say nothing for stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from storage.errors import LedgerError
from storage.exports.cells import fit, guard
from storage.exports.heights import height
from storage.exports.office import FIRST_ROW, HEADER_ROW, LEDGER, LOG, SHEETS, TITLE_ROW, VERDICTS, Column
from storage.exports.office_rows import Values, ledger_rows, log_rows, word_rows
from storage.exports.rows import Source
from storage.exports.sinks import Made
from storage.exports.stable_zip import rewrite
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

NAME = "ledger.xlsx"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
"""A sheet holds 2**20 rows."""
_LONGEST = 32_000
"""Characters: a cell holds 32,767."""
_FACE = "宋体"
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="DDE6EE")
_OPEN = PatternFill("solid", fgColor="FFF9E3")


def write(root: Path, source: Source, lang: Lang, facts: dict[str, str], tell: Any) -> Made:
    """Write ledger.xlsx. facts: what the export is. tell: says field changes in words (fields, lang)."""
    book = Workbook(write_only=True)
    title = _title(source, lang)
    try:
        _sheet(book, SHEETS["ledger"][lang], LEDGER, ledger_rows(source, lang), title, lang, source.demo)
        _sheet(book, SHEETS["log"][lang], LOG, log_rows(source, lang, tell), title, lang, source.demo)
        _words(book, lang, facts, title, source.demo)
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()
        raise
    # The time in the file is that of the ledger's last commit: the same ledger gives the same file.
    when = (source.at or datetime(1980, 1, 1, tzinfo=UTC)).replace(tzinfo=None, microsecond=0)
    book.properties.created = when
    book.properties.creator = "Duixian"
    book.properties.title = title
    path = root / NAME
    rough = path.with_suffix(".rough")
    book.save(rough)
    rewrite(rough, path, when)
    rough.unlink()
    return Made(NAME, "xlsx", MEDIA, title=title)


def _title(source: Source, lang: Lang) -> str:
    _ = translator(lang)
    parts = [_("Ledger of promises")]
    if source.district:
        parts.append(source.district)
    if source.at:
        parts.append(_("as of {date}").format(date=source.at.date().isoformat()))
    if source.audience == "public":
        parts.append(_("without accusations that nobody has reviewed"))
    if source.demo:
        parts.append(_("Demo: the texts, places and people below are invented."))
    return " · ".join(parts)


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Values],
    title: str,
    lang: Lang,
    demo: bool,
) -> None:
    sheet = book.create_sheet(name)
    _layout(sheet, [column.width for column in columns], title)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    _append(sheet, TITLE_ROW, 26, [_title_cell(sheet, title, demo)])
    _append(sheet, HEADER_ROW, 22, [_head_cell(sheet, column.heading(lang)) for column in columns])
    last = HEADER_ROW
    shared = [(column.key, _styled(sheet, column)) for column in columns]
    for values in rows:
        high = height((values.get(column.key, ""), column.width) for column in columns)
        _append(sheet, last + 1, high, [_filled(cell, values.get(key)) for key, cell in shared])
        last += 1
        if last - HEADER_ROW > MOST_ROWS:
            raise LedgerError(
                "a sheet of a spreadsheet does not hold this ledger: export one place (--district), or "
                "another format"
            )
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    for at, column in enumerate(columns, start=1):
        if column.key == "verdict" and last > HEADER_ROW:
            words = ",".join(names[lang] for names in VERDICTS.values())
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            letter = get_column_letter(at)
            choice.add(f"{letter}{FIRST_ROW}:{letter}{last}")
            sheet.data_validations.append(choice)


def _append(sheet: Any, number: int, high: float, cells: list[Any]) -> None:
    """Add a row of a height; its dimensions are forgotten once written, else they would fill the memory."""
    sheet.row_dimensions[number].height = high
    sheet.append(cells)
    del sheet.row_dimensions[number]


def _layout(sheet: Any, widths: Sequence[int], title: str) -> None:
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    # & begins a code in headers and footers.
    sheet.oddHeader.center.text = title.replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    locked = sheet.protection
    locked.sheet = True
    # False allows: people may widen, hide and filter without unlocking anything.
    locked.formatColumns = locked.formatRows = locked.autoFilter = False


def _words(book: Workbook, lang: Lang, facts: dict[str, str], title: str, demo: bool) -> None:
    sheet = book.create_sheet(SHEETS["words"][lang])
    widths = (22, 60, 56, 56)
    _layout(sheet, widths, title)
    _append(sheet, TITLE_ROW, 26, [_title_cell(sheet, title, demo)])
    plain = [_styled(sheet, Column("", "", "", 0)) for _ in widths]
    for number, values in enumerate(word_rows(lang, facts), start=TITLE_ROW + 1):
        if values and values[0] is None:
            _append(sheet, number, 22, [_head_cell(sheet, text or "") for text in values[1:]])
        else:
            high = height((text or "", width) for text, width in zip(values, widths, strict=False))
            _append(sheet, number, high, [_filled(c, value) for c, value in zip(plain, values, strict=False)])


def _title_cell(sheet: Any, title: str, demo: bool) -> Any:
    cell = _text_cell(sheet, title)
    cell.font = Font(name=_FACE, size=14, bold=True, color="9C2A00" if demo else "000000")
    return cell


def _head_cell(sheet: Any, text: str) -> Any:
    cell = _text_cell(sheet, text)
    cell.font = Font(name=_FACE, size=11, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.fill, cell.border = _HEAD, _BORDER
    return cell


def _styled(sheet: Any, column: Column) -> Any:
    """A cell that all rows of a column share: rows are written at once, and looks take time to look up."""
    cell = WriteOnlyCell(sheet)
    cell.border, cell.alignment = _BORDER, _TOP
    small = column.key in ("id", "commitment")
    cell.font = Font(name="Consolas", size=8, color="7F7F7F") if small else Font(name=_FACE, size=10)
    if column.editable:
        cell.protection, cell.fill = Protection(locked=False), _OPEN
    return cell


def _filled(cell: Any, value: str | None) -> Any:
    if not value:
        cell.value = None
        return cell
    text = guard(fit(value))
    cell.value = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    cell.data_type = "s"
    return cell


def _text_cell(sheet: Any, value: str | None) -> Any:
    return _filled(WriteOnlyCell(sheet), value)
