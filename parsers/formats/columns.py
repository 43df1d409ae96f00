"""Printed lines of a page in reading order: column after column between what runs across them."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with its box on the page (points, y upwards).

    column: left and right edge of the column it stands in. cells: pieces that were printed apart in one row.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    column: tuple[float, float] = (0.0, 0.0)
    cells: int = 1


_FEWEST = 3
"""Lines that make a column."""
_CROSSING = 0.25
"""Share of lines that may run across a gutter (headlines); more and it is none."""


def in_reading_order(lines: list[Printed], depth: int = 0) -> list[Printed]:
    """The lines from top to bottom, columns one after another, rows of a table joined by tabs."""
    gutter = _gutter(lines) if depth < 8 else None
    if gutter is None:
        return _rows(lines)
    ordered: list[Printed] = []
    waiting: list[Printed] = []
    for line in sorted(lines, key=lambda x: -x.top):
        if line.left < gutter < line.right:
            ordered += _sides(waiting, gutter, depth)
            ordered += _rows([line])
            waiting = []
        else:
            waiting.append(line)
    return ordered + _sides(waiting, gutter, depth)


def _sides(lines: list[Printed], gutter: float, depth: int) -> list[Printed]:
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.right > gutter]
    return in_reading_order(left, depth + 1) + in_reading_order(right, depth + 1)


def _gutter(lines: list[Printed]) -> float | None:
    """The x at which a white strip parts two columns of running text, None where there is none."""
    if len(lines) < 2 * _FEWEST:
        return None
    best: tuple[int, float, float] | None = None
    edges = sorted({line.right for line in lines})
    lefts = sorted(line.left for line in lines)
    for edge in edges[:400]:
        following = next((x for x in lefts if x > edge), None)
        if following is None:
            break
        middle = (edge + following) / 2
        crossing = sum(line.left < middle < line.right for line in lines)
        before = [line for line in lines if line.right <= middle]
        after = len(lines) - crossing - len(before)
        if crossing > _CROSSING * len(lines) or min(len(before), after) < _FEWEST:
            continue
        if not _is_prose(before) or not _is_prose([x for x in lines if x.left >= middle]):
            continue  # cells of a table stand in columns too, but are read row by row
        if best is None or (crossing, edge - following) < best[:2]:
            best = (crossing, edge - following, middle)
    return best[2] if best else None


def _is_prose(lines: list[Printed]) -> bool:
    """Whether most lines fill the width that they share."""
    if not lines:
        return False
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    full = sum(x.right - x.left > 0.75 * (right - left) and len(x.text) >= 6 for x in lines)
    return full * 2 >= len(lines)


def _rows(lines: list[Printed]) -> list[Printed]:
    if not lines:
        return []
    column = (min(x.left for x in lines), max(x.right for x in lines))
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda x: (-x.top, x.left)):
        height = line.top - line.bottom
        if rows and abs(rows[-1][0].top - line.top) < 0.5 * height:
            rows[-1].append(line)
        else:
            rows.append([line])
    joined: list[Printed] = []
    for row in rows:
        row.sort(key=lambda x: x.left)
        text = "\t".join(x.text for x in row)
        first = replace(row[0], text=text, right=max(x.right for x in row), column=column, cells=len(row))
        joined.append(first)
    return joined
