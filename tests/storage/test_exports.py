"""Exports: deterministic, complete, marked as demo, safe to hand out, and equal to what the ledger says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from storage.errors import LedgerError
from storage.export import export_full
from storage.exports.bundle import export
from storage.exports.office import FIRST_ROW, HEADER_ROW, LEDGER, LOG, TITLE_ROW
from storage.exports.rows import source
from storage.exports.tables import tables
from storage.ledger import open_ledger
from storage.queries import changes, commitments, documents, editions
from storage.rulings import record_rulings
from storage.runs import start_run
from storage.write import record
from tracking.rulings import Cited, Ruling

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


@pytest.fixture
def filled(ledger, world):
    fill(ledger, world)
    return ledger


def lines(folder: Path, kind: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"jsonl/{kind}.jsonl").read_text("utf-8").splitlines()]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"csv/{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_same_ledger_gives_the_same_bytes(filled, tmp_path) -> None:
    for name in ("one", "two"):
        write(filled, tmp_path / name)
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert {name.split("/")[0] for name in one} == {
        *("csv", "jsonl", "parquet", "duixian.sqlite", "ledger.xlsx"),
        *("datasette-metadata.json", "datapackage.json"),
    }


def test_both_databases_give_the_same_bytes(tmp_path, postgres, world, clock) -> None:
    start, found = clock.now, []
    for at, database in enumerate((str(tmp_path / "ledger.db"), postgres())):
        clock.now = start
        with open_ledger(database, mode="demo", create=True, clock=clock) as ledger:
            fill(ledger, world)
            write(ledger, tmp_path / str(at))
        found.append(contents(tmp_path / str(at)))
    assert found[0] == found[1]


def test_lines_hold_what_the_questions_answer(filled, tmp_path) -> None:
    done = write(filled, tmp_path, formats=["jsonl"])
    held = {
        "changes": changes(filled, include_all=True).entries,
        "commitments": commitments(filled),
        "documents": documents(filled),
        "editions": editions(filled),
    }
    current = [e for e in held["changes"] if e["superseded_by"] is None]
    assert [{**e, "demo": True} for e in sorted(current, key=lambda e: (e["district"], e["id"]))] == lines(
        tmp_path, "changes"
    )
    assert {kind: len(lines(tmp_path, kind)) for kind in done.records} == done.records
    for kind in ("commitments", "documents", "editions"):
        assert done.records[kind] == len(held[kind]) > 1
    assert done.records["statements"] == sum(d["statements"] for d in held["documents"])


def test_every_format_holds_the_same_rows(filled, tmp_path) -> None:
    write(filled, tmp_path)
    with sqlite3.connect(f"file:{tmp_path}/duixian.sqlite?mode=ro", uri=True) as connection:
        for name, described in tables(demo=True).items():
            columns = [field.name for field in described.fields]
            read = connection.execute(f'SELECT * FROM "{name}"')
            assert [column[0] for column in read.description] == columns
            rows = [tuple(row) for row in read]
            stored = pq.read_table(tmp_path / f"parquet/{name}.parquet")
            assert stored.column_names == columns
            assert sorted(map(str, (tuple(row.values()) for row in stored.to_pylist()))) == sorted(
                str(tuple(_as(value, f.type) for value, f in zip(row, described.fields, strict=True)))
                for row in rows
            )
            assert len(table(tmp_path, name)) == len(rows)
            if rows and name != "words":
                assert [row[columns[0]] for row in table(tmp_path, name)] == [str(row[0]) for row in rows]


def _as(value, kind):
    return bool(value) if kind == "boolean" and value is not None else value


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.txt", "b.txt", "c.txt"]),
            st.lists(st.sampled_from(["道路 1", "道路 2", "桥 1", "学校 1"]), max_size=3, unique=True),
            st.integers(0, 5),
            st.sampled_from(["2018", "2019", "2020"]),
        ),
        max_size=8,
    )
)
def test_the_export_is_what_replaying_all_recorded_rows_gives(empty_file, world, told) -> None:
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        shutil.copy(empty_file, path)
        with open_ledger(path) as ledger:
            run = start_run(ledger, kind="run", parser_version="p1")
            for name, some, day, year in told:
                arrival = world.arrival(name, world.text(*some, furniture=name), day=day, year=year)
                record(ledger, run, [arrival], world.derive)
            stream = io.StringIO()
            export_full(ledger, stream)
            standing: dict[tuple[str, str, str], bool] = {}
            for row in map(json.loads, stream.getvalue().splitlines()):
                if row["table"] in ("commitments", "editions", "changes"):
                    standing[row["table"], row["scope"], row["id"]] = row["op"] == "assert"
            replayed = sorted((kind, name) for (kind, _, name), holds in standing.items() if holds)
            with source(ledger) as held:
                records = list(held.records())
    assert (
        sorted((kind, r["id"]) for kind, r in records if kind not in ("documents", "statements")) == replayed
    )
    _values_replay(records)


def _values_replay(records) -> None:
    """From the first amount of a commitment, its changes lead to the last."""
    amounts = {r["key"]: r["quantities"][0]["value"] for kind, r in records if kind == "statements"}
    entries = [r for kind, r in records if kind == "changes"]
    for thread in (r for kind, r in records if kind == "commitments"):
        own = {e["about"]: e for e in entries if e["commitment"]["id"] == thread["id"]}
        value = None
        for member in thread["members"]:
            entry = own[member["key"]]
            if entry["change"] == "new":
                value = amounts[member["key"]]
            elif "value" in entry["fields"]:
                assert entry["fields"]["value"]["old"] == value
                value = entry["fields"]["value"]["new"]
            assert value == amounts[member["key"]]


def test_the_description_fits_the_files(filled, tmp_path) -> None:
    done = write(filled, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["duixian"]["ledger_head"] == done.head
    assert package["duixian"]["parser_version"] == ["p1"]
    assert {one["path"] for one in package["resources"]} == set(done.files) - {"datapackage.json"}
    for one in package["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if one["format"] == "csv":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert rows[0] == [field["name"] for field in one["schema"]["fields"]]
            assert len(rows) - 1 == one["rows"]
            assert all(field["description"] for field in one["schema"]["fields"])


def test_an_export_of_a_demo_says_so_in_every_file_and_a_real_one_nowhere(tmp_path, world, clock) -> None:
    for mode in ("demo", "real"):
        with open_ledger(tmp_path / f"{mode}.db", mode=mode, create=True, clock=clock) as ledger:
            fill(ledger, world)
            write(ledger, tmp_path / mode, lang="en")
    demo, real = tmp_path / "demo", tmp_path / "real"
    for path in demo.glob("jsonl/*"):
        assert all(json.loads(line)["demo"] is True for line in path.read_text("utf-8").splitlines())
    for name in tables(demo=True):
        assert all(row["demo"] == "true" for row in table(demo, name))
        assert pq.read_schema(demo / f"parquet/{name}.parquet").metadata[b"demo"] == b"true"
    for sheet in load_workbook(demo / "ledger.xlsx"):
        assert "Demo: the texts" in sheet.cell(TITLE_ROW, 1).value
        assert "Demo: the texts" in sheet.oddHeader.center.text
    assert "Demo: all texts" in (demo / "datasette-metadata.json").read_text("utf-8")
    assert json.loads((demo / "datapackage.json").read_text("utf-8"))["duixian"]["demo"] is True
    assert json.loads((real / "datapackage.json").read_text("utf-8"))["duixian"]["demo"] is False
    assert not any(b"Demo" in content or b"invented texts" in content for content in contents(real).values())
    assert all("demo" not in row for row in table(real, "changes"))


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


def test_what_nobody_reviewed_stays_in_the_house(ledger, world, tmp_path) -> None:
    fill(ledger, world, accusing(world))
    write(ledger, tmp_path / "own")
    write(ledger, tmp_path / "public", audience="public")
    own, public = (table(tmp_path / name, "changes") for name in ("own", "public"))
    pending = {row["id"] for row in own if row["pending"] == "true"}
    assert len(pending) == 1
    assert {row["id"] for row in own} - pending == {row["id"] for row in public}
    assert {row["reviewed_by"] for row in own} == {"复核人", ""}
    assert {row["reviewed_by"] for row in public} == {""}
    assert any(row["change"] == "dropped" and row["reviewed_at"] for row in public)
    said = "".join(text for text in everything(tmp_path / "public"))
    assert not any(name in said for name in pending)
    assert "复核人" not in said
    assert "待核" in "".join(cells(tmp_path / "own/ledger.xlsx"))


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


def test_a_public_export_never_lies_beside_an_operators(filled, tmp_path) -> None:
    write(filled, tmp_path, formats=["csv"])
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match="another audience"):
        write(filled, tmp_path, formats=["csv"], audience="public")
    assert contents(tmp_path) == before
    write(filled, tmp_path, formats=["csv"])
    (tmp_path / "datapackage.json").write_text("{}")
    with pytest.raises(LedgerError, match="other data"):
        write(filled, tmp_path, formats=["csv"])


def test_an_export_that_fails_leaves_what_was_there(filled, tmp_path) -> None:
    write(filled, tmp_path)
    before = contents(tmp_path)

    def failing(fields, lang):
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        export(filled, tmp_path, tell=failing)
    assert contents(tmp_path) == before


def test_formulas_in_texts_are_text_in_every_sheet(ledger, world, tmp_path) -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    run = start_run(ledger, kind="run", parser_version="p1")
    arrival = world.arrival("a.txt", world.text(f"{formula} 3", "@SUM 4", "-2+3 5"))
    record(ledger, run, [arrival], world.derive)
    write(ledger, tmp_path)
    for sheet in load_workbook(tmp_path / "ledger.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr")
                assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t", "\r"))
    for name in tables(demo=True):
        for row in table(tmp_path, name):
            assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
    assert {row["subject"] for row in table(tmp_path, "statements")} == {f"'{formula}", "'@SUM", "'-2+3"}
    assert {line["subject"] for line in lines(tmp_path, "statements")} == {formula, "@SUM", "-2+3"}


def test_a_number_below_zero_stays_a_number(ledger, world, tmp_path) -> None:
    run = start_run(ledger, kind="run", parser_version="p1")
    record(ledger, run, [world.arrival("a.txt", world.text("增速 -3", "总量 100000000000"))], world.derive)
    write(ledger, tmp_path, formats=["csv"])
    assert {row["value"] for row in table(tmp_path, "quantities")} == {"-3", "100000000000"}


def test_the_office_ledger_is_laid_out_for_offices(filled, tmp_path) -> None:
    write(filled, tmp_path, formats=["xlsx"], lang="zh")
    book = load_workbook(tmp_path / "ledger.xlsx")
    assert book.sheetnames == ["台账", "变动", "用语"]
    for sheet, columns, count in ((book["台账"], LEDGER, 3), (book["变动"], LOG, 5)):
        assert [cell.value for cell in sheet[HEADER_ROW]] == [column.zh for column in columns]
        assert sheet.max_row == HEADER_ROW + count
        assert sheet.protection.sheet and not sheet.protection.password
        assert sheet.freeze_panes == f"C{FIRST_ROW}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
        for cell, column in zip(sheet[FIRST_ROW], columns, strict=True):
            assert cell.protection.locked is not column.editable
            assert cell.alignment.wrap_text
    first = {c.key: cell.value for c, cell in zip(LEDGER, book["台账"][FIRST_ROW], strict=True)}
    held = {c["id"]: c for c in commitments(filled)}
    assert held[first["id"]]["title"] in first["task"]
    assert [row[0].value for row in book["台账"].iter_rows(min_row=FIRST_ROW)] == list(held)
    roads = next(r for r in book["台账"].iter_rows(min_row=FIRST_ROW, values_only=True) if "道路" in r[4])
    assert roads[5] == "道路\n2018: 3\n2019: 5\n2020: 9"


def test_cells_that_the_texts_say_nothing_for_stay_empty(filled, tmp_path) -> None:
    write(filled, tmp_path, formats=["xlsx"])
    for row in load_workbook(tmp_path / "ledger.xlsx")["台账"].iter_rows(min_row=FIRST_ROW, values_only=True):
        told = dict(zip((c.key for c in LEDGER), row, strict=True))
        assert (told["unit_in_charge"], told["progress"], told["remark"], told["verdict"]) == (None,) * 4


def test_a_recorded_verdict_stands_in_the_sheet(ledger, world, tmp_path) -> None:
    fill(ledger, world, accusing(world))
    write(ledger, tmp_path, formats=["xlsx"], lang="en")
    rows = load_workbook(tmp_path / "ledger.xlsx")["Changes"].iter_rows(min_row=FIRST_ROW, values_only=True)
    told = [dict(zip((c.key for c in LOG), row, strict=True)) for row in rows]
    assert {(one["change"].split("\n")[0], one["verdict"]) for one in told} == {
        ("new", None),
        ("not listed again", None),
        ("not listed again", "confirmed"),
    }


def test_the_sqlite_file_is_read_only_and_its_references_hold(filled, tmp_path) -> None:
    write(filled, tmp_path, formats=["sqlite"])
    path = tmp_path / "duixian.sqlite"
    assert path.stat().st_mode & 0o222 == 0
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    log = connection.execute("SELECT title, terms, old_words, new_words FROM change_log").fetchall()
    assert ("道路", "value: 3 → 5", "道路 3", "道路 5") in log
    assert connection.execute("SELECT count(*) FROM promises").fetchone() == (6,)
    assert connection.execute("SELECT sum(value) FROM figures").fetchone() == (21.0,)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM changes")
    connection.close()
    metadata = json.loads((tmp_path / "datasette-metadata.json").read_text("utf-8"))
    assert set(metadata["databases"]["duixian"]["tables"]) >= set(tables())
    write(filled, tmp_path, formats=["sqlite"])


def test_one_place_and_an_earlier_time_can_be_exported(filled, world, clock, tmp_path) -> None:
    before = clock()
    run = start_run(filled, kind="run", parser_version="p1")
    record(filled, run, [world.arrival("neu.txt", world.text("公园 1"), year="2021")], world.derive)
    write(filled, tmp_path / "then", formats=["csv"], known_at=before)
    write(filled, tmp_path / "there", formats=["csv"], district="示例省云州市云泽区")
    assert {row["title"] for row in table(tmp_path / "then", "commitments")} == {"道路", "桥", "学校"}
    for name in ("documents", "commitments", "changes", "editions", "statements"):
        assert len(table(tmp_path / "there", name)) == 1, name


def test_an_empty_ledger_gives_empty_tables(ledger, tmp_path) -> None:
    done = write(ledger, tmp_path)
    assert done.head is None
    assert table(tmp_path, "changes") == []
    assert len(done.files) == 5 + 2 * len(tables()) + 4


def test_withheld_words_are_in_no_file(filled, world, tmp_path) -> None:
    pytest.importorskip("storage.withholding")
    (held,) = [d for d in documents(filled) if d["document"] == "远.txt"]
    run = start_run(filled, kind="ruling", parser_version="p1")
    when = datetime(2026, 6, 2, tzinfo=UTC)
    ruling = Ruling("withhold", (Cited(held["sha256"]),), "某人", "court order", when)
    write(filled, tmp_path / "before")
    record_rulings(filled, run, [ruling], world.derive)
    write(filled, tmp_path / "after")
    assert any("学校" in text for text in everything(tmp_path / "before"))
    assert not any("学校" in text for text in everything(tmp_path / "after"))
    assert any(line["quote"] == "[withheld]" for line in lines(tmp_path / "after", "statements"))
    assert len(lines(tmp_path / "after", "statements")) == len(lines(tmp_path / "before", "statements"))
