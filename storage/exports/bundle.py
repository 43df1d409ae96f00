"""A whole export: the formats asked for, written beside what is there and put in place when all is done."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from storage.errors import LedgerError
from storage.exports import flat
from storage.exports.office_rows import Tell
from storage.exports.package import PACKAGE, Measured, describe, describe_for_datasette, facts
from storage.exports.rows import Audience, Source, source
from storage.exports.sinks import Made, Sink
from storage.ledger import Ledger
from tracking.words.labels import Lang

Format = Literal["jsonl", "csv", "xlsx", "parquet", "sqlite"]
CODEBOOK = "codebook.md"
"""The file that every panel has, and no other export."""
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where. files: below the folder, datapackage.json last; records: how many, by kind."""

    folder: Path
    files: tuple[str, ...]
    records: dict[str, int]
    demo: bool
    audience: Audience
    head: str | None


def export(
    ledger: Ledger,
    folder: Path,
    *,
    formats: Collection[Format] = FORMATS,
    audience: Audience = "operator",
    district: str | None = None,
    known_at: datetime | None = None,
    lang: Lang = "zh",
    tell: Tell,
    measured: Measured = None,
) -> Exported:
    """Write what the ledger holds (or held at `known_at`) to a folder; the same state gives the same bytes.

    lang: of the XLSX. tell: says field changes in words. measured: error rates that a check by hand found.
    Raises LedgerError where the folder holds an export of another kind (a public one beside an operator's
    would be handed out with it).
    """
    check(folder, audience)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        source(ledger, audience=audience, district=district, known_at=known_at) as held,
        tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as rough,
    ):
        root = Path(rough)
        made, records = _write(root, held, formats, lang, tell, measured)
        files = (*sorted(one.path for one in made), PACKAGE)
        for name in files:
            put(root / name, folder / name)
        return Exported(folder, files, records, held.demo, audience, held.head)


def check(folder: Path, audience: Audience, panel: bool = False) -> None:
    """Raise LedgerError where the folder holds what an export for this audience must not stand beside.

    panel: whether it is a panel, whose description would replace that of the tables.
    """
    if folder.exists() and not folder.is_dir():
        raise LedgerError(f"{folder} is a file: name a folder for the export")
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        before = package["duixian"]["audience"]
        held = {one["path"] for one in package["resources"]}
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        raise LedgerError(
            f"{folder} holds the description of other data ({PACKAGE}): name another folder"
        ) from None
    if panel != (CODEBOOK in held):
        raise LedgerError(f"{folder} holds an export of another kind: name another folder")
    if before != audience:
        raise LedgerError(f"{folder} holds an export for another audience ({before}): name another folder")


def _write(
    root: Path, held: Source, formats: Collection[Format], lang: Lang, tell: Tell, measured: Measured
) -> tuple[list[Made], dict[str, int]]:
    told = facts(held)
    sinks = [_sink(name, root, held.demo, told) for name in FORMATS if name in formats and name != "xlsx"]
    counts: dict[str, int] = {}
    try:
        if sinks:
            counts = _pour(held, sinks)
    finally:
        made = [one for sink in sinks for one in sink.close()]
    if "xlsx" in formats:
        from storage.exports import xlsx

        made.append(xlsx.write(root, held, lang, told, tell))
    if "sqlite" in formats:
        made.append(describe_for_datasette(root, held))
    describe(root, held, told, made, measured)
    return made, counts


def _pour(held: Source, sinks: Collection[Sink]) -> dict[str, int]:
    """Hand every record and every row to all formats at once; how many records there were, by kind."""
    counts: dict[str, int] = {}
    whole = [sink for sink in sinks if not sink.takes_rows]
    cut_up = [sink for sink in sinks if sink.takes_rows]
    for kind, record in held.records():
        counts[kind] = counts.get(kind, 0) + 1
        for sink in whole:
            sink.record(kind, record)
        for table, row in flat.rows_of(kind, record, held.demo) if cut_up else ():
            for sink in cut_up:
                sink.row(table, row)
    for table, row in flat.words(held.demo):
        for sink in cut_up:
            sink.row(table, row)
    return counts


def _sink(name: Format, root: Path, demo: bool, told: dict[str, str]) -> Sink:
    """The writer of a format; each brings along only what it needs."""
    if name == "jsonl":
        from storage.exports.jsonl import JsonLines

        return JsonLines(root, demo)
    if name == "csv":
        from storage.exports.csv_files import CsvFiles

        return CsvFiles(root, demo)
    if name == "parquet":
        from storage.exports.parquet import ParquetFiles

        return ParquetFiles(root, demo, told)
    from storage.exports.sqlite_file import SqliteFile

    return SqliteFile(root, demo, told)


def put(made: Path, place: Path) -> None:
    """Put a finished file where it belongs, over the one of the export before."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and not os.access(place, os.W_OK):
        place.chmod(place.stat().st_mode | stat.S_IWUSR)  # else Windows refuses to replace it
    made.replace(place)
