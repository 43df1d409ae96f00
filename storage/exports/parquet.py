"""Parquet: a file a table, typed columns, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from storage.exports.flat import Row
from storage.exports.sinks import Made, folder_for
from storage.exports.tables import Table, tables

_GROUP = 5000
"""Rows held in memory and written as one row group."""
_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


class ParquetFiles:
    """Writes parquet/TABLE.parquet. facts: what the export is, kept in the metadata of every file."""

    takes_rows = True

    def __init__(self, root: Path, demo: bool, facts: Mapping[str, str]) -> None:
        self._folder = folder_for(root, "parquet")
        self._tables = tables(demo)
        self._waiting: dict[str, list[Row]] = {name: [] for name in self._tables}
        self._counts = dict.fromkeys(self._tables, 0)
        self._schemas = {name: _schema(table, facts) for name, table in self._tables.items()}
        self._writers = {
            name: pq.ParquetWriter(self._folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

    def record(self, kind: str, record: Mapping[str, Any]) -> None:
        """Nothing: columns hold single values."""

    def row(self, table: str, row: Row) -> None:
        """One row."""
        waiting = self._waiting[table]
        waiting.append(row)
        self._counts[table] += 1
        if len(waiting) == _GROUP:
            self._write(table)

    def _write(self, table: str) -> None:
        rows, schema = self._waiting[table], self._schemas[table]
        columns = [pa.array([row[at] for row in rows], type=field.type) for at, field in enumerate(schema)]
        self._writers[table].write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
        self._waiting[table] = []

    def close(self) -> list[Made]:
        """The files, one a table."""
        for name, writer in self._writers.items():
            if self._waiting[name]:
                self._write(name)
            writer.close()
        media = "application/vnd.apache.parquet"
        return [
            Made(f"parquet/{name}.parquet", "parquet", media, table=name, rows=count)
            for name, count in self._counts.items()
        ]


def _schema(table: Table, facts: Mapping[str, str]) -> Any:
    fields = [
        pa.field(field.name, _TYPES[field.type], metadata={"description": field.means, "unit": field.unit})
        for field in table.fields
    ]
    return pa.schema(fields, metadata={**facts, "table": table.name, "description": table.means})
