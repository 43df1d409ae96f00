"""Exports are marked as demo, safe to hand out, and silent about what is withheld or not reviewed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from storage.errors import LedgerError
from storage.exports.office import TITLE_ROW
from storage.exports.tables import tables
from storage.ledger import open_ledger
from storage.queries import documents
from storage.rulings import record_rulings
from storage.runs import start_run
from tracking.rulings import Cited, Ruling


def test_an_export_of_a_demo_says_so_in_every_file_and_a_real_one_nowhere(
    files, tmp_path, world, clock
) -> None:
    for mode in ("demo", "real"):
        with open_ledger(tmp_path / f"{mode}.db", mode=mode, create=True, clock=clock) as ledger:
            files.fill(ledger, world)
            files.write(ledger, tmp_path / mode, lang="en")
    demo, real = tmp_path / "demo", tmp_path / "real"
    for path in demo.glob("jsonl/*"):
        assert all(json.loads(line)["demo"] is True for line in path.read_text("utf-8").splitlines())
    for name in tables(demo=True):
        assert all(row["demo"] == "true" for row in files.table(demo, name))
        assert pq.read_schema(demo / f"parquet/{name}.parquet").metadata[b"demo"] == b"true"
    for sheet in load_workbook(demo / "ledger.xlsx"):
        assert "Demo: the texts" in sheet.cell(TITLE_ROW, 1).value
        assert "Demo: the texts" in sheet.oddHeader.center.text
    assert "Demo: all texts" in (demo / "datasette-metadata.json").read_text("utf-8")
    assert json.loads((demo / "datapackage.json").read_text("utf-8"))["duixian"]["demo"] is True
    assert json.loads((real / "datapackage.json").read_text("utf-8"))["duixian"]["demo"] is False
    assert not any(
        b"Demo" in content or b"invented texts" in content for content in files.contents(real).values()
    )
    assert all("demo" not in row for row in files.table(real, "changes"))


def test_what_nobody_reviewed_stays_in_the_house(files, ledger, world, tmp_path) -> None:
    files.fill(ledger, world, files.accusing(world))
    files.write(ledger, tmp_path / "own")
    files.write(ledger, tmp_path / "public", audience="public")
    own, public = (files.table(tmp_path / name, "changes") for name in ("own", "public"))
    pending = {row["id"] for row in own if row["pending"] == "true"}
    assert len(pending) == 1
    assert {row["id"] for row in own} - pending == {row["id"] for row in public}
    assert {row["reviewed_by"] for row in own} == {"复核人", ""}
    assert {row["reviewed_by"] for row in public} == {""}
    assert any(row["change"] == "dropped" and row["reviewed_at"] for row in public)
    said = "".join(text for text in files.everything(tmp_path / "public"))
    assert not any(name in said for name in pending)
    assert "复核人" not in said
    assert "待核" in "".join(files.cells(tmp_path / "own/ledger.xlsx"))


def test_a_public_export_never_lies_beside_an_operators(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path, formats=["csv"])
    before = files.contents(tmp_path)
    with pytest.raises(LedgerError, match="another audience"):
        files.write(filled, tmp_path, formats=["csv"], audience="public")
    assert files.contents(tmp_path) == before
    files.write(filled, tmp_path, formats=["csv"])
    (tmp_path / "datapackage.json").write_text("{}")
    with pytest.raises(LedgerError, match="other data"):
        files.write(filled, tmp_path, formats=["csv"])


def test_withheld_words_are_in_no_file(files, filled, world, tmp_path) -> None:
    pytest.importorskip("storage.withholding")
    (held,) = [d for d in documents(filled) if d["document"] == "远.txt"]
    run = start_run(filled, kind="ruling", parser_version="p1")
    when = datetime(2026, 6, 2, tzinfo=UTC)
    ruling = Ruling("withhold", (Cited(held["sha256"]),), "某人", "court order", when)
    files.write(filled, tmp_path / "before")
    record_rulings(filled, run, [ruling], world.derive)
    files.write(filled, tmp_path / "after")
    assert any("学校" in text for text in files.everything(tmp_path / "before"))
    assert not any("学校" in text for text in files.everything(tmp_path / "after"))
    assert any(line["quote"] == "[withheld]" for line in files.lines(tmp_path / "after", "statements"))
    assert len(files.lines(tmp_path / "after", "statements")) == len(
        files.lines(tmp_path / "before", "statements")
    )
