"""Every format holds the same rows, those that the questions answer and that replaying all deltas gives."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.export import export_full
from storage.exports.rows import source
from storage.exports.tables import tables
from storage.ledger import open_ledger
from storage.queries import changes, commitments, documents, editions
from storage.runs import start_run
from storage.write import record


def test_lines_hold_what_the_questions_answer(files, filled, tmp_path) -> None:
    done = files.write(filled, tmp_path, formats=["jsonl"])
    held = {
        "changes": changes(filled, include_all=True).entries,
        "commitments": commitments(filled),
        "documents": documents(filled),
        "editions": editions(filled),
    }
    current = [e for e in held["changes"] if e["superseded_by"] is None]
    assert [
        {**e, "demo": True} for e in sorted(current, key=lambda e: (e["district"], e["id"]))
    ] == files.lines(tmp_path, "changes")
    assert {kind: len(files.lines(tmp_path, kind)) for kind in done.records} == done.records
    for kind in ("commitments", "documents", "editions"):
        assert done.records[kind] == len(held[kind]) > 1
    assert done.records["statements"] == sum(d["statements"] for d in held["documents"])


def test_every_format_holds_the_same_rows(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path)
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
            assert len(files.table(tmp_path, name)) == len(rows)
            if rows and name != "words":
                assert [row[columns[0]] for row in files.table(tmp_path, name)] == [
                    str(row[0]) for row in rows
                ]


def _as(value, kind):
    return bool(value) if kind == "boolean" and value is not None else value


@settings(
    max_examples=15,
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


def test_the_description_fits_the_files(files, filled, tmp_path) -> None:
    done = files.write(filled, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["duixian"]["ledger_head"] == done.head
    assert package["duixian"]["parser_version"] == ["p1"]
    read = package["duixian"]["accusations_read"]
    assert set(read) == {"dropped", "missed", "unreported"}
    assert all(0 < one["right"] <= one["read"] for one in read.values()), (
        "how many accusations held when read"
    )
    assert {one["path"] for one in package["resources"]} == set(done.files) - {"datapackage.json"}
    for one in package["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if one["format"] == "csv":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert rows[0] == [field["name"] for field in one["schema"]["fields"]]
            assert len(rows) - 1 == one["rows"]
            assert all(field["description"] for field in one["schema"]["fields"])


def test_one_place_and_an_earlier_time_can_be_exported(files, filled, world, clock, tmp_path) -> None:
    before = clock()
    run = start_run(filled, kind="run", parser_version="p1")
    record(filled, run, [world.arrival("neu.txt", world.text("公园 1"), year="2021")], world.derive)
    files.write(filled, tmp_path / "then", formats=["csv"], known_at=before)
    files.write(filled, tmp_path / "there", formats=["csv"], district="示例省云州市云泽区")
    assert {row["title"] for row in files.table(tmp_path / "then", "commitments")} == {"道路", "桥", "学校"}
    for name in ("documents", "commitments", "changes", "editions", "statements"):
        assert len(files.table(tmp_path / "there", name)) == 1, name


def test_the_sqlite_file_is_read_only_and_its_references_hold(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path, formats=["sqlite"])
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
    files.write(filled, tmp_path, formats=["sqlite"])
