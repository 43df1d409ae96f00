"""CSV as spreadsheet programs open it: UTF-8 with a byte order mark, text that is no formula."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from storage.exports.cells import guard
from storage.exports.flat import Row
from storage.exports.sinks import Made, folder_for
from storage.exports.tables import tables


class CsvFiles:
    """Writes csv/TABLE.csv. What is not known is an empty cell; truth values read true and false."""

    takes_rows = True

    def __init__(self, root: Path, demo: bool) -> None:
        folder = folder_for(root, "csv")
        self._open = ExitStack()
        self._writers = {}
        self._counts = dict.fromkeys(tables(demo), 0)
        for name, table in tables(demo).items():
            path = folder / f"{name}.csv"
            stream = self._open.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            self._writers[name] = csv.writer(stream, lineterminator="\r\n")
            self._writers[name].writerow([field.name for field in table.fields])

    def record(self, kind: str, record: Mapping[str, Any]) -> None:
        """Nothing: cells hold single values."""

    def row(self, table: str, row: Row) -> None:
        """One line."""
        self._writers[table].writerow([cell_text(value) for value in row])
        self._counts[table] += 1

    def close(self) -> list[Made]:
        """The files, one a table."""
        self._open.close()
        return [
            Made(f"csv/{name}.csv", "csv", "text/csv", table=name, rows=count)
            for name, count in self._counts.items()
        ]


def cell_text(value: str | int | float | bool | None) -> str:
    """A value as a CSV cell has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard(value)
    return number_text(value)


def number_text(value: int | float) -> str:
    """A number without exponent for whole ones: 100000000000, not 1e+11."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return repr(value)
