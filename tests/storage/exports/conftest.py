"""A filled ledger, and what tests of exports share: writing one, reading its files."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from storage.exports.bundle import export
from storage.runs import start_run
from storage.write import record

REVIEWED = {"by": "复核人", "at": "2026-06-02T00:00:00Z"}


def tell(fields, lang):
    return [f"{name}: {one['old']} → {one['new']}" for name, one in fields.items()]


def write(ledger, folder, **options):
    return export(ledger, folder, tell=tell, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def fill(ledger, world, derive=None) -> None:
    run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
    told = {2018: "道路 3\n桥 1", 2020: "道路 9\n桥 1", 2019: "道路 5"}
    for year, lines in told.items():
        arrival = world.arrival(f"{year}.txt", world.text(*lines.split("\n")), year=str(year))
        record(ledger, run, [arrival], derive or world.derive)
    far = world.arrival("远.txt", world.text("学校 2"), year="2019", district="云泽区")
    record(ledger, run, [far], derive or world.derive)


def lines(folder: Path, kind: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"jsonl/{kind}.jsonl").read_text("utf-8").splitlines()]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"csv/{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def accusing(world):
    """The toy tracker, but what changed is `dropped`: in one place reviewed, in the other not."""

    def derive(versions):
        found = []
        for derived in world.derive(versions):
            accused = []
            for change in derived.changes:
                if change.change != "new":
                    reviewed = REVIEWED if "路" in change.evidence[0].quote else None
                    change = replace(change, change="dropped", grade="inferred", reviewed=reviewed)
                accused.append(change)
            found.append(replace(derived, changes=tuple(accused)))
        return found

    return derive


def cells(path: Path) -> list[str]:
    return [
        str(cell.value)
        for sheet in load_workbook(path).worksheets
        if sheet.title not in ("用语", "Words")
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def everything(folder: Path) -> list[str]:
    """All text of an export, whatever the format; the table of words apart."""
    found = []
    for name, content in contents(folder).items():
        if name.endswith(".parquet"):
            found.append(str(pq.read_table(folder / name).to_pylist()))
        elif name.endswith(".xlsx"):
            with zipfile.ZipFile(folder / name) as archive:
                found += [archive.read(one).decode() for one in archive.namelist()]
        else:
            found.append(content.decode("utf-8", "replace"))
    return found


class Files:
    """The helpers, as one fixture: tests cannot import from a conftest."""

    tell = staticmethod(tell)
    write = staticmethod(write)
    contents = staticmethod(contents)
    fill = staticmethod(fill)
    lines = staticmethod(lines)
    table = staticmethod(table)
    accusing = staticmethod(accusing)
    cells = staticmethod(cells)
    everything = staticmethod(everything)


@pytest.fixture(scope="session")
def files() -> type[Files]:
    return Files


@pytest.fixture
def filled(ledger, world):
    fill(ledger, world)
    return ledger
