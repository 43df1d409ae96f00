"""What a format is to the rest: something that takes records, or their rows, and leaves files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from storage.exports.flat import Row


@dataclass(frozen=True, slots=True)
class Made:
    """A file of an export: its path below the export's folder, its format and media type.

    table: whose rows it holds; None for a file with several. rows: how many.
    """

    path: str
    format: str
    mediatype: str
    table: str | None = None
    rows: int | None = None
    title: str = ""


class Sink(Protocol):
    """A writer of one format. It is handed all records or, if it `takes_rows`, all rows; then closed."""

    takes_rows: bool

    def record(self, kind: str, record: Mapping[str, Any]) -> None:
        """Take a record in the shape that `--json` prints."""

    def row(self, table: str, row: Row) -> None:
        """Take a row of a table, in the order of its fields."""

    def close(self) -> list[Made]:
        """Finish the files and name them."""


def folder_for(root: Path, name: str) -> Path:
    """A folder below the export's."""
    path = root / name
    path.mkdir(parents=True, exist_ok=True)
    return path
