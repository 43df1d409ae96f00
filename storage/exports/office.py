"""The layout of the ledger as offices keep it (台账): one XLSX, written by `storage.exports.xlsx`.

What a program that reads such a file back may rely on:

- Sheets by name (`SHEETS`, either language): the ledger (台账), one row a commitment; the log (变动), one row
  an entry of the change log; the words (用语). Row `TITLE_ROW` says what the file is (and that it is a demo),
  row `HEADER_ROW` holds the headings, data begin in row `FIRST_ROW`.
- Columns by heading (`LEDGER`, `LOG`: `Column.zh` or `Column.en`), never by position: offices move columns.
  `key_of` gives a heading's key. The key `id` is locked and holds the whole id, of the commitment in the
  ledger sheet, of the entry in the log.
- A person may write into the columns that are `editable`. Read back are `verdict` (核定) and `remark` (备注);
  `unit_in_charge` (责任单位) is the office's own, empty unless a text names it.
- `verdict` holds a word of `VERDICTS` or nothing. In the log it speaks of that entry; in the ledger sheet of
  all entries of that commitment that accuse and are still to be reviewed. A verdict that is recorded already
  stands there when the file is written, so an unchanged file says nothing new.
- Text that a spreadsheet would take for a formula begins with an apostrophe: `storage.exports.cells.unguard`
  takes it off again.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracking.words.labels import Lang

TITLE_ROW = 1
HEADER_ROW = 2
FIRST_ROW = 3

SHEETS: dict[str, dict[Lang, str]] = {
    "ledger": {"zh": "台账", "en": "Ledger"},
    "log": {"zh": "变动", "en": "Changes"},
    "words": {"zh": "用语", "en": "Words"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading in both languages, its width in characters, who may write in it."""

    key: str
    zh: str
    en: str
    width: int
    editable: bool = False

    def heading(self, lang: Lang) -> str:
        """The heading in a language."""
        return self.zh if lang == "zh" else self.en


LEDGER = (
    Column("id", "编号", "ID", 18),
    Column("place", "地方", "Place", 12),
    Column("kind", "类别", "Kind", 9),
    Column("editions", "年度", "Editions", 9),
    Column("task", "任务", "Task", 40),
    Column("indicator", "指标", "Indicator", 24),
    Column("unit_in_charge", "责任单位", "Unit in charge", 14, editable=True),
    Column("due", "时限", "Due", 11),
    Column("progress", "进度", "Progress", 30),
    Column("remark", "备注", "Remarks", 18, editable=True),
    Column("verdict", "核定", "Verdict", 10, editable=True),
    Column("evidence", "依据", "Evidence", 52),
)
"""The sheet 台账."""

LOG = (
    Column("id", "编号", "ID", 18),
    Column("place", "地方", "Place", 12),
    Column("change", "变动", "Change", 13),
    Column("title", "事项", "Promise", 24),
    Column("editions", "年度", "Editions", 13),
    Column("fields", "旧 → 新", "Old → new", 32),
    Column("old_words", "原句（旧）", "Sentence (old)", 40),
    Column("old_source", "出处（旧）", "Source (old)", 22),
    Column("new_words", "原句（新）", "Sentence (new)", 40),
    Column("new_source", "出处（新）", "Source (new)", 22),
    Column("said_on", "日期", "Said on", 11),
    Column("grade", "依据强度", "Grade", 10),
    Column("replies", "回应", "Replies", 30),
    Column("remark", "备注", "Remarks", 18, editable=True),
    Column("verdict", "核定", "Verdict", 10, editable=True),
    Column("commitment", "台账编号", "Ledger ID", 18),
)
"""The sheet 变动."""

VERDICTS: dict[str, dict[Lang, str]] = {
    "confirmed": {"zh": "确认", "en": "confirmed"},
    "rejected": {"zh": "不成立", "en": "rejected"},
}
"""Words of the column 核定 by what they mean to a ruling of the kind `review`."""


def key_of(heading: object, columns: tuple[Column, ...]) -> str | None:
    """The key of a heading in either language, None for a column that is not ours."""
    told = " ".join(str(heading or "").split())
    return next((column.key for column in columns if told in (column.zh, column.en)), None)


def verdict_of(word: object) -> str | None:
    """`confirmed` or `rejected` for a word of the column 核定; None for no word; KeyError for another."""
    told = str(word or "").strip()
    if not told:
        return None
    return {name: verdict for verdict, names in VERDICTS.items() for name in names.values()}[told]
