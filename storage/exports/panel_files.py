"""The panel as files: Parquet, CSV and Stata with a codebook; the same state gives the same bytes."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from storage.exports.bundle import CODEBOOK, Exported, check, put
from storage.exports.cells import encodable
from storage.exports.csv_files import cell_text
from storage.exports.package import PACKAGE, Measured, describe, facts
from storage.exports.panel import Cell, Unseen, panel
from storage.exports.panel_columns import Column, codebook, columns
from storage.exports.rows import Audience, Source, source
from storage.exports.sinks import Made
from storage.ledger import Ledger
from tracking.words.labels import Lang

PanelFormat = Literal["parquet", "csv", "stata"]
PANEL_FORMATS: tuple[PanelFormat, ...] = get_args(PanelFormat)
_LONGEST_LABEL = 80
"""Characters of a variable label in Stata."""


def export_panel(
    ledger: Ledger,
    folder: Path,
    *,
    formats: Collection[PanelFormat] = PANEL_FORMATS,
    audience: Audience = "operator",
    district: str | None = None,
    known_at: datetime | None = None,
    lang: Lang = "zh",
    measured: Measured = None,
    unseen: Unseen | None = None,
) -> Exported:
    """Write the panel to a folder. lang: of the labels in the Stata file. unseen: the log of gaps.

    Raises LedgerError where the folder holds an export of another kind or for another audience.
    """
    check(folder, audience, panel=True)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        source(ledger, audience=audience, district=district, known_at=known_at) as held,
        tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as rough,
    ):
        root = Path(rough)
        rows = [] if held.at is None else panel(held, *filter(None, [unseen]))
        made = _write(root, held, rows, formats, lang, measured)
        files = (*sorted(one.path for one in made), PACKAGE)
        for name in files:
            put(root / name, folder / name)
        return Exported(folder, files, {"panel": len(rows)}, held.demo, audience, held.head)


def _write(
    root: Path,
    held: Source,
    rows: Sequence[Cell],
    formats: Collection[PanelFormat],
    lang: Lang,
    measured: Measured,
) -> list[Made]:
    told = facts(held)
    wide = columns(held.demo)
    made = []
    if "csv" in formats:
        _csv(root / "panel.csv", wide, rows)
        made.append(Made("panel.csv", "csv", "text/csv", rows=len(rows), title="Panel"))
    if "parquet" in formats:
        _parquet(root / "panel.parquet", wide, rows, told)
        media = "application/vnd.apache.parquet"
        made.append(Made("panel.parquet", "parquet", media, rows=len(rows), title="Panel"))
    if "stata" in formats:
        _stata(root / "panel.dta", wide, rows, lang, held.at)
        made.append(Made("panel.dta", "stata", "application/x-stata-dta", rows=len(rows), title="Panel"))
    text = codebook(held.demo, held.audience == "public", told, measured)
    (root / CODEBOOK).write_text(text, encoding="utf-8", newline="\n")
    made.append(Made(CODEBOOK, "md", "text/markdown", title="Codebook / 变量说明"))
    describe(root, held, told, made, measured)
    return made


def _plain(value: Any, column: Column) -> Any:
    if value is None:
        return None
    if column.type == "number":
        return float(value)
    return encodable(value) if column.type == "string" else value


def _csv(path: Path, wide: Sequence[Column], rows: Sequence[Cell]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([column.name for column in wide])
        for row in rows:
            # A comparator is a sign of its own, not text that somebody wrote; guarded it would not be one.
            writer.writerow(
                [
                    row.get(c.name) if c.name == "comparator" else cell_text(_plain(row.get(c.name), c))
                    for c in wide
                ]
            )


def _parquet(path: Path, wide: Sequence[Column], rows: Sequence[Cell], told: dict[str, str]) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [pa.field(c.name, types[c.type], metadata={"en": c.en, "zh": c.zh}) for c in wide], metadata=told
    )
    arrays = [pa.array([_plain(row.get(c.name), c) for row in rows], type=types[c.type]) for c in wide]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _stata(path: Path, wide: Sequence[Column], rows: Sequence[Cell], lang: Lang, at: datetime | None) -> None:
    import pandas as pd  # type: ignore[import-untyped]

    # Stata has no missing text and no truth values: "" and 0/1, and . for a number that is not there.
    held = {
        c.name: [_plain(row.get(c.name), c) or "" for row in rows]
        if c.type == "string"
        else pd.array([_plain(row.get(c.name), c) for row in rows], dtype="Float64").to_numpy(
            dtype="float64", na_value=float("nan")
        )
        for c in wide
    }
    frame = pd.DataFrame(held)
    for c in wide:
        if c.type == "string":
            frame[c.name] = frame[c.name].astype(object)
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        # The time in the file is that of the ledger's last commit: the same ledger gives the same file.
        time_stamp=(at or datetime(1980, 1, 1)).replace(tzinfo=None, microsecond=0),
        data_label="Duixian 兑现",
        variable_labels={c.name: (c.zh if lang == "zh" else c.en)[:_LONGEST_LABEL] for c in wide},
    )
