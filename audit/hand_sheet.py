"""The blind hand-check sheet: sentences with source and date, and columns to answer in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

from audit.filled_in import filled_in
from audit.targets import NoTarget
from storage.exports.cells import fit, guard, unguard
from storage.exports.office import Column, key_of
from storage.exports.stable_zip import rewrite
from tracking.words.labels import Lang

COLUMNS = (
    Column("id", "编号", "ID", 14),
    Column("place", "地方", "Place", 16),
    Column("quote", "原句", "Sentence", 56),
    Column("source", "出处", "Source", 26),
    Column("date", "日期", "Date", 12),
    Column("role", "承诺还是结果", "Promise or result", 14, editable=True),
    Column("year", "所指年份", "Year meant", 10, editable=True),
    Column("amount", "第一个数额", "First amount", 16, editable=True),
    Column("other", "另一句", "Other sentence", 56),
    Column("other_source", "另一句出处", "Other source", 26),
    Column("other_date", "另一句日期", "Other date", 12),
    Column("same", "是否同一事项", "Same matter", 12, editable=True),
    Column("remark", "备注", "Remarks", 20, editable=True),
)
HELP: dict[Lang, str] = {
    "zh": "盲核表：只看原句作答。承诺还是结果：承诺／结果；所指年份：四位数字；"
    "第一个数额：如 8、8%、450亿、6-6.5，没有写“无”；是否同一事项：是／否。不确定就留空，不计入。",
    "en": "Blind check: answer from the sentences alone. Promise or result: promise / result; year: four "
    "digits; first amount: as 8, 8%, 450亿, 6-6.5, or none; same matter: yes / no. Leave open what "
    "you cannot tell.",
}
_SAID = {"承诺": "promise", "结果": "result", "是": "yes", "否": "no", "无": "none"}
_ANSWERS = {"role": {"promise", "result"}, "same": {"yes", "no"}}
_AMOUNT = re.compile(r"(?P<value>\d+(?:\.\d+)?)(?P<power>万亿|万|亿)?")
_POWERS = {None: 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def write(path: Path, rows: Iterable[Mapping[str, str]], lang: Lang) -> None:
    """Write the sheet; the same rows give the same bytes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "盲核" if lang == "zh" else "Check"
    sheet.append([HELP[lang]])
    sheet.append([column.heading(lang) for column in COLUMNS])
    for row in rows:
        sheet.append([guard(fit(row.get(column.key, ""))) or None for column in COLUMNS])
    for at, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        sheet.cell(2, at).font = Font(bold=True)
        for (cell,) in sheet.iter_rows(min_row=3, min_col=at, max_col=at):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column.editable:
                cell.protection, cell.fill = Protection(locked=False), PatternFill("solid", fgColor="FFF9E3")
            elif cell.value is not None:
                cell.data_type = "s"
    sheet.freeze_panes = "B3"
    sheet.protection.sheet = True
    when = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    book.properties.created, book.properties.creator = when, "Duixian"
    rough = path.with_name(f".{path.name}.rough")
    book.save(rough)
    rewrite(rough, path, when)
    rough.unlink()


def read(path: Path) -> list[dict[str, str]]:
    """The filled-in rows, answers in English words; NoTarget names the row that cannot be read."""
    with filled_in(path) as book:
        lines = [[str(c).strip() if c is not None else "" for c in r] for r in book.worksheets[0].values]
    keys = [key_of(cell, COLUMNS) for cell in lines[1]] if len(lines) > 1 else []
    if not {"id", "role", "year", "amount", "same"} <= set(keys):
        raise NoTarget(f"{path} is no sheet that `duixian sample` wrote: its columns are missing")
    found = []
    for number, line in enumerate(lines[2:], 3):
        row = {key: unguard(cell) for key, cell in zip(keys, line, strict=False) if key and cell}
        if row:
            found.append(_answered(row, f"row {number} of {path.name}"))
    return found


def _answered(row: dict[str, str], where: str) -> dict[str, str]:
    for name, words in _ANSWERS.items():
        if name in row:
            row[name] = _SAID.get(row[name], row[name].lower())
            if row[name] not in words:
                raise NoTarget(f"{where}: write {' or '.join(sorted(words))}, not {row[name]}")
    if "year" in row:
        row["year"] = row["year"].removesuffix("年").removesuffix(".0")
        if not re.fullmatch(r"\d{4}", row["year"]):
            raise NoTarget(f"{where}: write the year with four digits, not {row['year']}")
    if "amount" in row:
        row["amount"] = amount(row["amount"], where)
    return row


def amount(text: str, where: str = "") -> str:
    """An amount as a person writes it, in the ledger's spelling: 万 and 亿 expanded, ends joined by two dots.

    >>> amount("450亿元"), amount("6%-6.5%"), amount("1,200"), amount("无")
    ('45000000000', '6..6.5', '1200', 'none')
    """
    told = _SAID.get(text, text.lower())
    if told == "none":
        return told
    found = list(_AMOUNT.finditer(told.replace(",", "").replace("，", "")))
    if not 1 <= len(found) <= 2:
        raise NoTarget(f"{where}: write one amount or a range, as 8%, 450亿 or 6-6.5, or none; not {text}")
    # In “3-5万” the power stands once and means both.
    last = found[-1]["power"]
    return "..".join(plain(Decimal(one["value"]) * _POWERS[one["power"] or last]) for one in found)


def plain(value: Any) -> str:
    """A number without exponent and without zeros that say nothing."""
    told = f"{Decimal(str(value)):f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
