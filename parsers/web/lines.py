"""The lines a reader sees on a page, in document order, with where each stands in the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.statement import Span
from parsers.text import Piece
from parsers.web import tree
from parsers.web.inline import Inline
from parsers.web.markup import Markup

# fmt: off
_SKIPPED = frozenset(
    {
        "head", "title", "script", "style", "noscript", "template", "select", "option", "button", "textarea",
        "iframe", "object", "svg", "math", "canvas", "map", "nav", "audio", "video", "input", "label"
    }
)
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p",
        "st1:chsdate", "st1:personname", "st1:place"
    }
)
# fmt: on
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CELLS = frozenset({"td", "th"})
_MOST_COLUMNS = 80


@dataclass(slots=True)
class Line:
    """One printed line.

    block: the nearest block element. links: characters inside links. heading: level 1 to 6, else 0.
    row: the line is a table row, its cells joined by tabs.
    """

    text: str
    pieces: tuple[Piece, ...]
    block: tree.Element
    links: int
    heading: int
    row: bool
    value: float = field(default=0.0)


def lines(markup: Markup, root: tree.Element, *, hidden: bool = False) -> Iterator[Line]:
    """All lines below `root`; what scripts, menus and hidden elements hold is left out.

    hidden: read hidden elements too (some pages show their text by script only).
    """
    return _Walk(markup, hidden).walk(root)


class _Grid:
    """Which columns of a table its cells stand in, where others reach over several rows or columns."""

    def __init__(self, table: object) -> None:
        self.table = table
        self._rows_left: dict[int, int] = {}
        self._covered: frozenset[int] = frozenset()
        self._at = self._next = 0

    def next_row(self) -> None:
        """Begin a row."""
        self._covered = frozenset(self._rows_left)
        self._rows_left = {column: rows - 1 for column, rows in self._rows_left.items() if rows > 1}
        self._at = self._next = 0

    def enter(self, cell: tree.Element) -> int:
        """How many columns further it stands than the cell before it, or than the table's edge."""
        column = self._next
        while column in self._covered:
            column += 1
        across, down = _reach(cell, "colspan", 40), _reach(cell, "rowspan", 500)
        if down > 1 and column < _MOST_COLUMNS:
            self._rows_left.update(dict.fromkeys(range(column, column + across), down - 1))
        further, self._at, self._next = column - self._at, column, column + across
        return min(further, _MOST_COLUMNS)


def _reach(cell: tree.Element, name: str, most: int) -> int:
    value = tree.attribute(cell, name).strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 6 else 1


class _Walk:
    def __init__(self, markup: Markup, hidden: bool) -> None:
        self._markup = markup
        self._hidden = hidden
        self._inline = Inline(markup.source)
        self._links = 0
        self._in_link = 0
        self._heading = 0
        self._row: tree.Element | None = None
        self._tables: dict[int, bool] = {}
        self._grid = _Grid(None)

    def walk(self, root: tree.Element) -> Iterator[Line]:
        blocks = [root]
        stack: list[tuple[tree.Node, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if not isinstance(node, tree.Element):
                for number in tree.runs(node):
                    grown = self._inline.add(*self._run(number))
                    self._links += grown if self._in_link else 0
                continue
            name = node.name
            if leaving:
                if name == "a":
                    self._in_link -= 1
                elif name in _CELLS and self._row is not None:
                    continue
                elif node is self._row or self._row is None:
                    yield from self._flush(blocks[-1])
                    if node is self._row:
                        self._row = None
                    if name in _HEADINGS:
                        self._heading = 0
                    blocks.pop()
                continue
            if node is not root and (name in _SKIPPED or (not self._hidden and tree.is_hidden(node))):
                continue
            if name == "br":
                if self._row is None:
                    yield from self._flush(blocks[-1])
                else:
                    self._inline.separate(" ")
                continue
            if name == "a":
                self._in_link += 1
                stack.append((node, True))
            elif self._row is not None:
                if name in _CELLS:
                    for _ in range(self._grid.enter(node)):
                        self._inline.separate("\t")
            elif name not in _INLINE:
                yield from self._flush(blocks[-1])
                blocks.append(node)
                if name in _HEADINGS:
                    self._heading = _HEADINGS[name]
                if name == "tr" and self._is_data(node):
                    self._row = node
                    table = node.find_parent("table")
                    if table is not self._grid.table:
                        self._grid = _Grid(table)
                    self._grid.next_row()
                stack.append((node, True))
            stack.extend((child, False) for child in reversed(tree.children(node)))
        yield from self._flush(root)

    def _run(self, number: int) -> Span:
        return self._markup.runs[number]

    def _flush(self, block: tree.Element) -> Iterator[Line]:
        text, pieces = self._inline.finish()
        if text.strip():
            yield Line(text, pieces, block, self._links, self._heading, self._row is not None)
        self._inline = Inline(self._markup.source)
        self._links = 0

    def _is_data(self, row: tree.Element) -> bool:
        table = row.find_parent("table")
        if not isinstance(table, tree.Element):
            return False
        known = self._tables.get(id(table))
        if known is None:
            known = self._tables[id(table)] = tree.is_data_table(table, self._markup.runs)
        return known
