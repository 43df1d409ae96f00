"""JSON lines: a file a kind of record, each line in the shape that the commands' `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from storage.canonical import canonical
from storage.exports.cells import encodable
from storage.exports.flat import Row
from storage.exports.rows import KINDS
from storage.exports.sinks import Made, folder_for


class JsonLines:
    """Writes jsonl/KIND.jsonl. Every line of a demo ledger says that it is one."""

    takes_rows = False

    def __init__(self, root: Path, demo: bool) -> None:
        folder = folder_for(root, "jsonl")
        self._open = ExitStack()
        self._demo = {"demo": True} if demo else {}
        self._counts = dict.fromkeys(KINDS, 0)
        self._streams = {
            kind: self._open.enter_context((folder / f"{kind}.jsonl").open("w", encoding="utf-8", newline=""))
            for kind in KINDS
        }

    def record(self, kind: str, record: Mapping[str, Any]) -> None:
        """One line."""
        self._streams[kind].write(encodable(canonical({**record, **self._demo})) + "\n")
        self._counts[kind] += 1

    def row(self, table: str, row: Row) -> None:
        """Nothing: lines hold whole records."""

    def close(self) -> list[Made]:
        """The files, one a kind."""
        self._open.close()
        return [
            Made(f"jsonl/{kind}.jsonl", "jsonl", "application/jsonl", rows=count, title=kind)
            for kind, count in self._counts.items()
        ]
