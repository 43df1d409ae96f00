"""Opening: what is no ledger, or not this one, is said in a sentence."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.errors import LedgerError
from storage.ledger import open_ledger
from storage.queries import counts, documents
from storage.remembering import once
from storage.runs import start_run
from storage.write import record


def test_a_ledger_is_demo_or_real_for_ever(database) -> None:
    open_ledger(database, mode="demo", create=True).close()
    assert open_ledger(database).mode == "demo"
    with pytest.raises(LedgerError, match="demo ledger and stays one"):
        open_ledger(database, mode="real", create=True)


def test_no_ledger_is_made_unasked(tmp_path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        open_ledger(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_no_ledger_until_it_is_made_one(database) -> None:
    if "://" not in database:
        Path(database).touch()
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(database)


def test_other_files_are_left_alone(tmp_path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE cookies (a)")
    before = foreign.read_bytes()
    with pytest.raises(LedgerError, match="other tables"):
        open_ledger(foreign, create=True)
    words = tmp_path / "words.txt"
    words.write_text("not a database at all")
    with pytest.raises(LedgerError, match="no SQLite file"):
        open_ledger(words, create=True)
    with pytest.raises(LedgerError, match="folder"):
        open_ledger(tmp_path, create=True)
    assert foreign.read_bytes() == before


def test_a_copy_that_was_cut_off_is_recognised(tmp_path, empty_file) -> None:
    whole = empty_file.read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError, match="incomplete"):
        open_ledger(tmp_path / "half.db")


def test_a_damaged_file_is_recognised(tmp_path, empty_file) -> None:
    whole = empty_file.read_bytes()
    (tmp_path / "bad.db").write_bytes(whole[:100] + os.urandom(len(whole) - 100))
    with pytest.raises(LedgerError, match="damaged"):
        open_ledger(tmp_path / "bad.db")


def test_a_newer_ledger_asks_for_a_newer_program(database) -> None:
    with open_ledger(database, create=True) as ledger, ledger.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer version"):
        open_ledger(database, create=True)


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite://", "http://example.org/ledger", "://"])
def test_an_address_of_another_kind_is_refused(url) -> None:
    with pytest.raises(LedgerError):
        open_ledger(url, create=True)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        open_ledger("postgres://somebody:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(caught.value)


def test_a_file_that_may_not_be_written_can_be_read(tmp_path, world, monkeypatch) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path, create=True) as ledger:
        run = start_run(ledger, kind="run", parser_version="p1")
        record(ledger, run, [world.arrival("a.txt", world.text("道路 3"))], world.derive)
    monkeypatch.setattr(os, "access", lambda *_: False)  # the test run may be root, whom no mode bits stop
    with open_ledger(path) as ledger:
        assert counts(ledger).documents == 1
        with pytest.raises(LedgerError, match="may not be written"):
            start_run(ledger, kind="run", parser_version="p1")


def test_two_writers_wait_for_each_other(database, world) -> None:
    open_ledger(database, create=True).close()
    failures = []

    def write(name: str) -> None:
        try:
            with open_ledger(database) as ledger:
                run = start_run(ledger, kind="run", parser_version="p1")
                for year in range(2010, 2016):
                    both = world.arrival(f"{year}.txt", world.text(f"道路 {year}"), year=str(year))
                    own = world.arrival(f"{name}{year}.txt", world.text(f"桥 {year}"), year=str(year))
                    record(ledger, run, [both, own], world.derive)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_ledger(database) as ledger:
        assert len(documents(ledger)) == 18


def test_a_file_that_takes_the_ledgers_place_is_seen_at_the_next_question(tmp_path) -> None:
    path, other = tmp_path / "ledger.db", tmp_path / "other.db"
    mode = text("SELECT mode FROM ledger")
    open_ledger(other, create=True, mode="demo").close()
    with open_ledger(path, create=True, mode="real") as ledger:
        with ledger.reading() as connection:
            assert connection.execute(mode).scalar() == "real"
        other.replace(path)
        with ledger.reading() as connection:
            assert connection.execute(mode).scalar() == "demo"
        path.unlink()
        with pytest.raises(LedgerError), ledger.reading() as connection:
            connection.execute(mode)
    assert not path.exists(), "a file that is gone is not made anew without tables"


def test_within_one_question_nothing_is_asked_twice_and_the_next_asks_anew(ledger) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    with ledger.reading() as connection:
        assert [once(connection, "it", ask), once(connection, "it", ask)] == [1, 1]
    with ledger.reading() as connection:
        assert once(connection, "it", ask) == 2
    with ledger.writing() as connection:
        assert [once(connection, "it", ask), once(connection, "it", ask)] == [3, 4]
