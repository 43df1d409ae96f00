"""The same state gives the same bytes, on both databases; an export that fails leaves what was there."""

from __future__ import annotations

import pytest

from storage.exports.bundle import export
from storage.exports.tables import tables
from storage.ledger import open_ledger


def test_the_same_ledger_gives_the_same_bytes(files, filled, tmp_path) -> None:
    for name in ("one", "two"):
        files.write(filled, tmp_path / name)
    one = files.contents(tmp_path / "one")
    assert one == files.contents(tmp_path / "two")
    assert {name.split("/")[0] for name in one} == {
        *("csv", "jsonl", "parquet", "duixian.sqlite", "ledger.xlsx"),
        *("datasette-metadata.json", "datapackage.json"),
    }


def test_both_databases_give_the_same_bytes(files, tmp_path, postgres, world, clock) -> None:
    start, found = clock.now, []
    for at, database in enumerate((str(tmp_path / "ledger.db"), postgres())):
        clock.now = start
        with open_ledger(database, mode="demo", create=True, clock=clock) as ledger:
            files.fill(ledger, world)
            files.write(ledger, tmp_path / str(at))
        found.append(files.contents(tmp_path / str(at)))
    assert found[0] == found[1]


def test_an_export_that_fails_leaves_what_was_there(files, filled, tmp_path) -> None:
    files.write(filled, tmp_path)
    before = files.contents(tmp_path)

    def failing(fields, lang):
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        export(filled, tmp_path, tell=failing)
    assert files.contents(tmp_path) == before


def test_an_empty_ledger_gives_empty_tables(files, ledger, tmp_path) -> None:
    done = files.write(ledger, tmp_path)
    assert done.head is None
    assert files.table(tmp_path, "changes") == []
    assert len(done.files) == 5 + 2 * len(tables()) + 4
