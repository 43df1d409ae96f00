"""Header rows of task tables, of one row or two: what each column holds and what its heading prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.cells import bare, cut
from parsers.columns import Column, below, goes_on, header
from parsers.text import Paragraph


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table, and the heading of each where it stands."""

    columns: tuple[Column | None, ...]
    cells: tuple[Paragraph, ...]


class HeaderReader:
    """Tells header rows from others; the row above completes a header of two rows."""

    def __init__(self) -> None:
        self._above: tuple[Paragraph, ...] = ()
        self._at = -2
        self._was_header = False

    def read(self, number: int, paragraph: Paragraph, bounds: Sequence[tuple[int, int]]) -> Head | None:
        """The header that row `number` ends, None where the row is none. bounds: its cells."""
        text = paragraph.text
        cells = [text[start:end].strip() for start, end in bounds]
        next_to = self._at == number - 1
        above = [cell.text for cell in self._above] if next_to else []
        columns = header(cells)
        if columns is not None and above:
            columns = below(columns, cells, above)
        elif columns is None and above and self._was_header:
            columns = goes_on(cells, above)
        if columns is None and (len(cells) < 2 or any(char.isdigit() for char in "".join(cells))):
            return None
        here = tuple(cut(paragraph, *bare(text, *bound)) for bound in bounds)
        if columns is not None and above:
            upper = [*self._above, *here[len(self._above) :]]
            lower = [*here, *upper[len(here) :]]
            cells_of = tuple(h if h.text else u for h, u in zip(lower, upper, strict=True))
            head = Head(columns, cells_of)
        else:
            head = Head(columns or (), here)
        self._above, self._at, self._was_header = here, number, columns is not None
        return head if columns is not None else None
