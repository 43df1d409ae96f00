"""`duixian verify`, `backup`, `restore`, `withhold`, end to end on the examples."""

from __future__ import annotations

import sqlite3

import pytest


@pytest.fixture
def demo(duixian, examples, tmp_path):
    ledger = tmp_path / "demo.sqlite"
    assert duixian("run", "--direct", "--db", ledger, examples).status == 0
    return ledger


def entries(duixian, ledger):
    return duixian("changes", "--json", "--db", ledger).records


def test_a_sound_ledger_is_verified_check_by_check(duixian, demo):
    done = duixian("verify", "--json", "--db", demo)
    assert done.status == 0
    assert len(done.records) == 9 and all(r["wrong"] is None for r in done.records)
    assert {r["check"]: r["looked_at"] for r in done.records}[
        "conclusions follow from texts and rulings"
    ] > 10
    assert duixian("verify", "--db", demo).out.count("✓") == 9


def test_what_is_off_is_named_and_the_status_says_so(duixian, demo):
    connection = sqlite3.connect(demo)
    connection.execute("DROP TRIGGER statements_no_update")
    connection.execute("UPDATE statements SET quote = '别的' WHERE rowid = 1")
    connection.commit()
    connection.close()
    done = duixian("verify", "--db", demo)
    assert done.status == 1
    assert "statements_no_update" in done.out and "✗" in done.out


def test_a_backup_is_restored_and_says_the_same(duixian, demo, tmp_path):
    copy, again = tmp_path / "copy.sqlite", tmp_path / "again.sqlite"
    assert duixian("backup", copy, "--db", demo).status == 0
    assert duixian("restore", copy, "--db", again).status == 0
    assert entries(duixian, again) == entries(duixian, demo)
    taken = duixian("restore", copy, "--db", again)
    assert taken.status == 2 and "--replace" in taken.err


def test_withheld_stays_withheld_after_an_older_backup_is_restored(duixian, demo, tmp_path):
    copy = tmp_path / "copy.sqlite"
    duixian("backup", copy, "--db", demo)
    sha256 = entries(duixian, demo)[0]["evidence"][0]["sha256"]
    done = duixian("withhold", sha256[:12], "--erase", "--reason", "法院命令", "--by", "乙", "--db", demo)
    assert done.status == 0, done.err
    for target, more in ((demo, ("--replace",)), (tmp_path / "elsewhere.sqlite", ())):
        done = duixian("restore", copy, "--db", target, *more)
        assert done.status == 0, done.err
        pieces = [p for e in entries(duixian, target) for p in e["evidence"] if p["sha256"] == sha256]
        assert all(p["quote"] == "[withheld]" and p["withheld"] for p in pieces)
        assert duixian("verify", "--db", target).status == 0
        connection = sqlite3.connect(target)
        quotes = connection.execute(
            "SELECT s.quote FROM statements s JOIN readings r ON r.seq = s.reading_seq"
            " JOIN versions v ON v.seq = r.version_seq WHERE v.sha256 = ?",
            (sha256,),
        ).fetchall()
        connection.close()
        assert quotes and all(set(quote) == {"*"} for (quote,) in quotes)


def test_hidden_words_are_shown_again_when_the_ruling_is_taken_back(duixian, demo):
    before = entries(duixian, demo)
    piece = before[0]["evidence"][0]
    words = f"{piece['sha256']}:{piece['start']}-{piece['end']}"
    duixian("withhold", words, "--reason", "个人信息", "--by", "乙", "--db", demo)
    assert entries(duixian, demo)[0]["evidence"][0]["quote"] == "[withheld]"
    [ruling] = duixian("rulings", "list", "--json", "--db", demo).records
    assert (
        duixian("rulings", "revoke", ruling["id"], "--reason", "误", "--by", "乙", "--db", demo).status == 0
    )
    assert entries(duixian, demo) == before


def test_what_was_erased_cannot_be_shown_again(duixian, demo):
    sha256 = entries(duixian, demo)[0]["evidence"][0]["sha256"]
    duixian("withhold", sha256, "--erase", "--reason", "命令", "--by", "乙", "--db", demo)
    [ruling] = duixian("rulings", "list", "--json", "--db", demo).records
    done = duixian("rulings", "revoke", ruling["id"], "--reason", "误", "--by", "乙", "--db", demo)
    assert done.status == 2 and "cannot be shown again" in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["restore", "nothing.sqlite", "--db", "x.sqlite"], "no backup"),
        (["backup", "{demo}", "--db", "{demo}"], "there already"),
        (
            ["withhold", "ffffffffffff", "--reason", "x", "--by", "y", "--db", "{demo}"],
            "nothing in this ledger",
        ),
        (["verify", "--db", "nothing.sqlite"], "no ledger"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(duixian, demo, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    done = duixian(*(word.format(demo=demo) for word in words))
    assert done.status == 2 and sentence in done.err
    assert len(done.err.splitlines()) == 1
