"""Task tables read by their columns: which cells say what is to be done or was done, who does it, by when.

A row is a paragraph with one tab between its cells. Each telling cell becomes a `Part` of its row: a
paragraph of its own whose characters stand where the cell stands, so that evidence never leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeGuard

from parsers.columns import WIDEST, Column, header
from parsers.duties import LONGEST_DUTY, Duty, assigned
from parsers.quantities import find_quantities
from parsers.tense import Tense
from parsers.text import Paragraph, Piece

_BORDER = re.compile("[\t|｜]")
_DITTO = frozenset(("同上", "〃", "″", "同前"))
_LONGEST_NAME = 60
"""Characters of a task that a bare value or a “done” beside it is read together with."""
_STATUS = re.compile(
    r"(?<!未)(?:(?:均|都)?已(?:经)?(?:全部|全面|顺利|按期|提前|基本)?(?:完成|完工|办结|建成|竣工|达标|通车|开园|实施完毕)(?:投用|并投入使用)?|"
    r"全部(?:完成|办结|建成)|(?:按期|提前|超额)?完成|办结)[。.！]?"
)
_TITLED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:度)?(?!.*(?:19|20)\d\d年).{0,30}(?:任务|实事|要点|项目|清单|台账|目标|分解|重点工作|完成情况)"
)
"""A short line above that says whose year the items are."""
_LONGEST_TITLE = 50
_BARE = re.compile(r"[≥≤>＞<＜=不低少超高于过达到约以上内左右%/％\s，。（）()]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph that are read on their own.

    at: where they begin in the row, None where they are put together of several cells.
    tense: what the column says of them; None leaves it to the document. year: named by the column's heading.
    duties: who and by when, in order, each for what stands in front of its end.
    plan: the year whose items these are, where a title above says it.
    proof: another cell that says that it is done.
    """

    words: Paragraph
    at: int | None = 0
    tense: Tense | None = None
    year: str | None = None
    duties: tuple[Duty, ...] = ()
    rule: str = ""
    plan: int | None = None
    proof: Paragraph | None = None

    def duty(self, start: int) -> Duty | None:
        """The duty of what begins at character `start`."""
        return next((d for d in self.duties if start < d.end), None)


@dataclass(slots=True)
class _Above:
    """What the rows so far say for those below them that leave it out."""

    cells: dict[Column, str] = field(default_factory=dict)
    name: tuple[Paragraph, int, int] | None = None


def parts(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[Part, ...]]:
    """Parts of the rows of task tables and of the items of lists that assign them, by paragraph number.

    A header row and a line that only assigns have none; other paragraphs are not in it.
    """
    found: dict[int, tuple[Part, ...]] = {}
    columns: tuple[Column | None, ...] | None = None
    headings: list[str] = []
    above = _Above()
    plan: int | None = None
    plans: dict[int, int | None] = {}
    for number, paragraph in enumerate(paragraphs):
        if (
            len(paragraph.text) <= _LONGEST_TITLE
            and "年" in paragraph.text
            and (titled := _TITLED.search(paragraph.text))
        ):
            plan = int(titled["year"]) if "\t" not in paragraph.text else plan
        plans[number] = plan
        bounds = _cells(paragraph, len(columns) if columns else 0)
        if bounds is None:
            columns = None
            continue
        cells = [paragraph.text[start:end].strip() for start, end in bounds]
        new = header(cells)
        if new is not None:
            columns, headings, above = new, cells, _Above()
            found[number] = ()
        elif columns is not None and (row := _aligned(paragraph, bounds, columns)) is not None:
            found[number] = tuple(
                replace(part, plan=plan) for part in _row(paragraph, row, columns, headings, above)
            )
    for number, item in assigned(paragraphs).items():
        if number not in found:
            p = paragraphs[number]
            words = Paragraph(item.text, p.pieces, p.role, p.joins, p.open_end, p.depth)
            found[number] = (Part(words, duties=item.duties, plan=plans[number]),) if item.duties else ()
    return found


def _cells(paragraph: Paragraph, wanted: int) -> list[tuple[int, int]] | None:
    """Where the cells of a row stand in it, `wanted` by its header; None for what is no row."""
    if paragraph.role != "table":
        return None
    text = paragraph.text
    border = "\t" if "\t" in text else "|" if "|" in text else "｜"
    count = text.count(border)
    if not count or count > WIDEST + 1:
        return [(0, len(text))]
    edges = [-1, *(m.start() for m in _BORDER.finditer(text) if m.group() == border), len(text)]
    bounds = [(left + 1, right) for left, right in pairwise(edges)]
    if (
        border != "\t" and len(bounds) != wanted
    ):  # borders also stand in front of the first cell and behind the last one
        bounds = bounds[not text[slice(*bounds[0])].strip() :]
        if bounds and not text[slice(*bounds[-1])].strip():
            bounds.pop()
    return bounds


def _aligned(
    paragraph: Paragraph, bounds: list[tuple[int, int]], columns: Sequence[Column | None]
) -> list[tuple[int, int]] | None:
    """The cells under their columns; None for a row that divides the table (one cell) or has no columns."""
    text = paragraph.text
    filled = [at for at, (start, end) in enumerate(bounds) if text[start:end].strip()]
    if not filled or len(bounds) > len(columns) + 1:
        return None
    if len(filled) == 1 and filled[0] == 0 and columns[0] != "measure":
        return None
    return bounds


def _row(
    paragraph: Paragraph,
    bounds: Sequence[tuple[int, int]],
    columns: Sequence[Column | None],
    headings: Sequence[str],
    above: _Above,
) -> Iterator[Part]:
    text = paragraph.text
    placed = list(zip(columns, headings, bounds, strict=False))
    own = _values(text, placed)
    below = ("number" in columns and not own.get("number")) or ("task" in columns and not own.get("task"))
    if not below:
        above.cells, above.name = {}, None
    for known, said in above.cells.items():
        if not own.get(known) or own[known] in _DITTO:
            own[known] = said
    above.cells = own
    named = next(((c, b) for c, _, b in placed if c in ("task", "indicator") and _filled(text, b)), None)
    if named is not None:
        above.name = (paragraph, *_bare(text, *named[1]))
    duties = (Duty(len(text) + 1, _in_charge(own), own.get("due", "")),)
    unit = next((b for c, _, b in placed if c == "unit" and _filled(text, b)), None)
    for column, heading, bound in placed:
        if column not in ("task", "measure", "goal", "report", "indicator") or not _filled(text, bound):
            continue
        start, end = _bare(text, *bound)
        tense: Tense = "past" if column == "report" else "forward"
        year = found.group() if (found := _YEAR.search(heading)) else None
        if column in ("goal", "report") and end - start <= _LONGEST_NAME:
            if column == "report" and _names_one(above.name) and _STATUS.fullmatch(text[start:end]):
                words, proof = cut(*above.name), cut(paragraph, start, end)
                yield Part(words, None, tense, year, _over(duties, words), "table.done", proof=proof)
                continue
            whole = _together(above.name, paragraph, (start, end), unit)
            if whole is not None:
                yield Part(whole, None, tense, year, _over(duties, whole), "table.value")
                continue
        if column == "indicator":
            continue
        words = cut(paragraph, start, end)
        yield Part(words, start, tense, year, _over(duties, words), f"table.{column}")


def _values(text: str, placed: Sequence[tuple[Column | None, str, tuple[int, int]]]) -> dict[Column, str]:
    """What the short cells of a row say, by column."""
    found: dict[Column, str] = {}
    for column, _, (start, end) in placed:
        if column is not None and end - start <= LONGEST_DUTY:
            words = " ".join(text[start:end].split())
            if words and (column not in found or column == "responsible"):
                found[column] = f"{found[column]}；{words}" if column in found else words
    return found


def _in_charge(own: dict[Column, str]) -> str:
    """The body in the lead, then those in charge; a leader only where no body is named."""
    units = [own[c] for c in ("lead", "responsible") if own.get(c)]
    return "；".join(dict.fromkeys(units)) or own.get("leader", "")


def _over(duties: tuple[Duty, ...], words: Paragraph) -> tuple[Duty, ...]:
    return tuple(Duty(len(words.text) + 1, d.responsible, d.due) for d in duties)


def _filled(text: str, bound: tuple[int, int]) -> bool:
    return bool(text[bound[0] : bound[1]].strip())


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The cell without blanks at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _names_one(name: tuple[Paragraph, int, int] | None) -> TypeGuard[tuple[Paragraph, int, int]]:
    """Whether it is the short name of one task or indicator."""
    if name is None or not 2 <= name[2] - name[1] <= _LONGEST_NAME:
        return False
    return re.search("[。；;！\n]", name[0].text[name[1] : name[2]]) is None


def _together(
    name: tuple[Paragraph, int, int] | None,
    row: Paragraph,
    value: tuple[int, int],
    unit: tuple[int, int] | None,
) -> Paragraph | None:
    """The task or indicator with the bare value beside it; None where the cell speaks for itself."""
    if not _names_one(name):
        return None
    text, subject = row.text[value[0] : value[1]], name[0].text[name[1] : name[2]]
    if find_quantities(subject):
        return None
    tail = [cut(row, *_bare(row.text, *unit))] if unit is not None else []
    words = text + (tail[0].text if tail and not text.endswith(tail[0].text) else "")
    amounts = find_quantities(words)
    if len(amounts) != 1:
        return None
    (amount,) = amounts
    if not _BARE.fullmatch(words[: amount.start]) or not _BARE.fullmatch(words[amount.end :]):
        return None
    if words == text:
        tail = []
    return _joined(cut(*name), cut(row, *value), *tail)


def _joined(*cells: Paragraph) -> Paragraph:
    """Cells one behind the other as one paragraph."""
    pieces: list[Piece] = []
    length = 0
    for cell in cells:
        pieces += [Piece(p.at + length, p.source, p.length, p.source_length) for p in cell.pieces]
        length += len(cell.text)
    return Paragraph("".join(cell.text for cell in cells), tuple(pieces), "table")


def cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters [start, end) of a paragraph as one of its own; every character stands where it stood."""
    pieces = []
    for p in paragraph.pieces:
        low, high = max(start, p.at), min(end, p.at + p.length)
        if low >= high:
            continue
        if p.length == p.source_length:
            pieces.append(Piece(low - start, p.source + low - p.at, high - low, high - low))
        else:
            pieces.append(Piece(low - start, p.source, high - low, p.source_length))
    return Paragraph(paragraph.text[start:end], tuple(pieces), paragraph.role, depth=paragraph.depth)
