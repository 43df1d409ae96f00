"""A ledger that cannot be used is refused in one sentence that says what to do, and is left as it was."""

from __future__ import annotations

import os
import sqlite3
from hashlib import sha256

import pytest


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def whole(duixian, made, examples):
    """A sound ledger of one text."""
    path = made / "whole.sqlite"
    if not path.exists():
        text = examples / "2019-01-plenum.txt"
        assert duixian("run", "--direct", "--db", path, text).status == 0
        assert duixian("backup", made / "copy.sqlite", "--db", path).status == 0
    return made / "copy.sqlite"


def newer(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def foreign(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cookies (a)")
    connection.close()


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damaged(path):
    path.write_bytes(path.read_bytes()[:100] + os.urandom(path.stat().st_size - 100))


def words(path):
    path.write_text("not a database at all\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (newer, "update duixian"),
        (foreign, "name another file"),
        (half, "restore a backup"),
        (damaged, "restore a backup"),
        (words, "name another file"),
    ],
)
@pytest.mark.parametrize("command", ["run", "changes", "rulings", "verify", "restore", "backup"])
def test_a_file_that_is_no_ledger_of_ours_is_refused_and_untouched(
    duixian, whole, examples, tmp_path, harm, sentence, command
):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(whole.read_bytes())
    harm(path)
    before = sha256(path.read_bytes()).hexdigest()
    given = {
        "run": ["run", "--direct", examples / "2019-01-plenum.txt", "--db", path],
        "changes": ["changes", "--db", path],
        "rulings": ["rulings", "revoke", "abcdef", "--reason", "x", "--by", "y", "--db", path],
        "verify": ["verify", "--db", path],
        "restore": ["restore", path, "--db", tmp_path / "new.sqlite"],
        "backup": ["backup", tmp_path / "b.sqlite", "--db", path],
    }[command]
    done = duixian(*given)
    assert done.status == 2, done.out
    assert sentence in done.err and len(done.err.strip().splitlines()) == 1
    assert sha256(path.read_bytes()).hexdigest() == before
    assert not (tmp_path / "new.sqlite").exists() and not (tmp_path / "b.sqlite").exists()


def test_an_account_that_may_not_write_is_told_so_and_may_ask(duixian, postgres, examples):
    from sqlalchemy import create_engine, text

    url = postgres()
    assert duixian("run", "--direct", "--db", url, examples / "2019-01-plenum.txt").status == 0
    said = duixian("changes", "--json", "--db", url).out
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    name, reader = engine.url.username, f"asks{os.getpid()}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {reader} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}"))
    engine.dispose()
    there = url.replace(f"//{name}:", f"//{reader}:", 1)
    assert duixian("changes", "--json", "--db", there).out == said != ""
    for given in (
        ["run", "--direct", examples / "2018-01-interview.txt"],
        ["rulings", "add", "covers", "0" * 6, "--area", "x", "--reason", "x", "--by", "y"],
        ["reparse", "--direct"],
    ):
        done = duixian(*given, "--db", there)
        assert done.status == 2 and len(done.err.strip().splitlines()) == 1, done.err
    assert duixian("changes", "--json", "--db", url).out == said
