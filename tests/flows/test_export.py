"""`duixian export` from the command line."""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import load_workbook


@pytest.fixture
def filled(duixian, examples):
    assert duixian("run", "--direct").status == 0
    return duixian


def test_all_formats_land_in_the_data_folder_and_say_demo(filled, tmp_path) -> None:
    done = filled("export")
    folder = tmp_path / "var/exports/operator"
    assert done.status == 0
    assert {str(p) for p in folder.rglob("*") if p.is_file()} == set(done.out.split())
    assert "demo" in done.err and "--public" in done.err
    entries = filled("changes", "--json", "--all").records
    lines = [json.loads(line) for line in (folder / "jsonl/changes.jsonl").read_text("utf-8").splitlines()]
    assert lines == sorted(
        (e for e in entries if not e["superseded_by"]), key=lambda e: (e["district"], e["id"])
    )
    assert load_workbook(folder / "ledger.xlsx").sheetnames == ["Ledger", "Changes", "Words"]


def test_an_export_again_changes_no_byte(filled, tmp_path) -> None:
    def contents():
        return {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}

    filled("export", "--out", tmp_path / "out")
    before = contents()
    assert filled("run", "--direct").status == 0
    filled("export", "--out", tmp_path / "out")
    held = {p.name: (before[p], content) for p, content in contents().items() if before[p] != content}
    # The last time a text was seen is all that a second run adds.
    assert all("documents" in name or name in ("datapackage.json", "duixian.sqlite") for name in held)
    assert "documents.csv" in held


def test_one_format_of_one_place_for_the_public(filled, tmp_path) -> None:
    done = filled(
        *("export", "--public", "--format", "csv", "--district", "澄湖区", "--out", tmp_path / "x", "--json")
    )
    (record,) = done.records
    assert (record["audience"], record["demo"]) == ("public", True)
    assert {name.split("/")[0] for name in record["files"]} == {"csv", "datapackage.json"}
    with (tmp_path / "x/csv/changes.csv").open(encoding="utf-8-sig", newline="") as stream:
        places = {row["district"] for row in csv.DictReader(stream)}
    assert len(places) == 1 and places.pop().endswith("澄湖区")


def test_an_unknown_format_or_a_foreign_folder_is_refused_in_one_sentence(filled, tmp_path) -> None:
    assert filled("export", "--format", "doc").status == 2
    (tmp_path / "file").write_text("")
    refused = filled("export", "--out", tmp_path / "file")
    assert refused.status == 2
    assert "name a folder" in refused.err.splitlines()[-1]
    filled("export", "--format", "csv", "--out", tmp_path / "out")
    assert filled("export", "--public", "--format", "csv", "--out", tmp_path / "out").status == 2


def test_the_panel_is_written_beside_the_export_and_in_its_own_formats(filled, tmp_path) -> None:
    done = filled("export", "panel")
    folder = tmp_path / "var/exports/panel-operator"
    assert done.status == 0
    assert {p.name for p in folder.iterdir()} == {
        *("panel.csv", "panel.parquet", "panel.dta", "codebook.md", "datapackage.json")
    }
    with (folder / "panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = {
            (row["year"], row["role"]): row
            for row in csv.DictReader(stream)
            if row["place"].endswith("澄湖区")
        }
    assert {row["status"] for row in told.values()} >= {"set", "not_observed"}
    (record,) = filled("export", "panel", "--format", "stata", "--out", tmp_path / "x", "--json").records
    assert record["files"] == ["codebook.md", "panel.dta", "datapackage.json"]
    # Neither replaces the description of the other.
    assert filled("export", "--out", tmp_path / "x").status == 2
    assert filled("export", "panel", "--format", "xlsx").status == 2
    assert filled("export", "--format", "stata").status == 2
    assert filled("export", "panels").status == 2
