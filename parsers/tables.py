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

from parsers.cells import bare, cut, filled, joined
from parsers.columns import WIDEST, Column
from parsers.duties import LONGEST_DUTY, Duty, assigned
from parsers.lazily import lazily
from parsers.table_headers import Head, HeaderReader
from parsers.table_values import valued, without_unit
from parsers.tense import Tense
from parsers.text import Paragraph

_BORDER = lazily("[\t|｜]")
_DITTO = frozenset(("同上", "〃", "″", "同前"))
_LONGEST_NAME = 60
"""Characters of a task that a bare value or a “done” beside it is read together with."""
_STATUS = lazily(
    r"(?<!未)(?:(?:均|都)?已(?:经)?(?:全部|全面|顺利|按期|提前|基本)?(?:完成|完工|办结|建成|竣工|达标|通车|开园|实施完毕)(?:[并、]?(?:投用|投入使用|通车|启用|交付|交付使用|开园|通过验收))?|"
    r"全部(?:完成|办结|建成)|(?:按期|提前|超额)?完成|办结)[。.！]?"
)
_TITLED = lazily(
    r"(?P<year>(?:19|20)\d\d)年(?:度)?(?!.*(?:19|20)\d\d年).{0,30}(?:任务|实事|要点|项目|清单|台账|目标|分解|重点工作|完成情况)"
)
"""A short line above that says whose year the items are."""
_LONGEST_TITLE = 50
_YEAR = lazily(r"(?:19|20)\d\d")
_READ = frozenset(("task", "measure", "goal", "report", "indicator", "money"))
_VALUED = frozenset(("goal", "report", "money"))


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
    head: Head | None = None
    headers, above = HeaderReader(), _Above()
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
        bounds = _cells(paragraph, len(head.columns) if head else 0)
        if bounds is None:
            head = None
            continue
        new = headers.read(number, paragraph, bounds)
        if new is not None:
            head, above = new, _Above()
            found[number] = ()
        elif head is not None and (row := _aligned(paragraph, bounds, head.columns)) is not None:
            found[number] = tuple(replace(part, plan=plan) for part in _row(paragraph, row, head, above))
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
    said = [at for at, bound in enumerate(bounds) if filled(text, bound)]
    if not said or len(bounds) > len(columns) + 1:
        return None
    if len(said) == 1 and said[0] == 0 and columns[0] != "measure":
        return None
    return bounds


def _row(
    paragraph: Paragraph,
    bounds: Sequence[tuple[int, int]],
    head: Head,
    above: _Above,
) -> Iterator[Part]:
    text, columns = paragraph.text, head.columns
    placed = list(zip(columns, head.cells, bounds, strict=False))
    own = _values(text, placed)
    below = ("number" in columns and not own.get("number")) or ("task" in columns and not own.get("task"))
    if not below:
        above.cells, above.name = {}, None
    for known, said in above.cells.items():
        if not own.get(known) or own[known] in _DITTO:
            own[known] = said
    above.cells = own
    named = next(((c, b) for c, _, b in placed if c in ("task", "indicator") and filled(text, b)), None)
    if named is not None:
        above.name = (paragraph, *bare(text, *named[1]))
    duties = (Duty(len(text) + 1, _in_charge(own), own.get("due", "")),)
    units = [cut(paragraph, *bare(text, *b)) for c, _, b in placed if c == "unit" and filled(text, b)][:1]
    name = cut(*above.name) if _names_one(above.name) else None
    for column, heading, bound in placed:
        if column not in _READ or not filled(text, bound):
            continue
        here = cut(paragraph, *bare(text, *bound))
        tense: Tense = "past" if column == "report" or "完成投资" in heading.text else "forward"
        year = found.group() if (found := _YEAR.search(heading.text)) else None
        if name is not None and column in _VALUED and len(here.text) <= _LONGEST_NAME:
            if column == "report" and _STATUS.fullmatch(here.text):
                yield Part(name, None, tense, year, _over(duties, name), "table.done", proof=here)
                continue
            of = joined(name, without_unit(heading)[0]) if column == "money" else name
            whole = valued(of, here, *(units or [cut(here, 0, 0)]), heading)
            if whole is not None:
                yield Part(whole, None, tense, year, _over(duties, whole), "table.value")
                continue
        if column not in ("indicator", "money"):
            yield Part(here, bare(text, *bound)[0], tense, year, _over(duties, here), f"table.{column}")


def _values(
    text: str, placed: Sequence[tuple[Column | None, Paragraph, tuple[int, int]]]
) -> dict[Column, str]:
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


def _names_one(name: tuple[Paragraph, int, int] | None) -> TypeGuard[tuple[Paragraph, int, int]]:
    """Whether it is the short name of one task or indicator."""
    if name is None or not 2 <= name[2] - name[1] <= _LONGEST_NAME:
        return False
    return re.search("[。；;！\n]", name[0].text[name[1] : name[2]]) is None
