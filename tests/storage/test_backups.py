"""A backup is the whole ledger, and comes back on either database; what is withheld stays withheld."""

from __future__ import annotations

import io
import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from storage import migrations
from storage.backups import backup, restore
from storage.connect import begin_writing
from storage.errors import LedgerError
from storage.export import export_current, export_full
from storage.ledger import open_ledger
from storage.queries import changes
from storage.rulings import record_rulings
from storage.runs import start_run
from storage.verify import verify
from storage.withholding import LABEL, blanked, sweep
from storage.write import record
from tracking.rulings import Cited, Ruling


@pytest.fixture
def filled(ledger, world):
    run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
    for year, amount in ((2018, 3), (2019, 4)):
        lines = world.text(f"道路 {amount}", "公园 8", furniture="秘密")
        record(ledger, run, [world.arrival(f"{year}.txt", lines, year=str(year))], world.derive)
    record(ledger, run, [world.arrival("c.txt", world.text("拒"))], world.derive)
    return ledger


def exported(ledger):
    current, full = io.StringIO(), io.StringIO()
    export_current(ledger, current)
    export_full(ledger, full)
    return current.getvalue(), full.getvalue()


def wrong(ledger, derive=None):
    return [check for check in verify(ledger, derive=derive, parser_version="p1") if check.wrong]


def nothing(ledger):
    return None


def test_a_ledger_comes_back_row_by_row(filled, tmp_path, world):
    copy, again = tmp_path / "copy.sqlite", tmp_path / "again.sqlite"
    before = exported(filled)
    backup(filled, copy)
    with open_ledger(copy) as opened:
        assert exported(opened) == before and not wrong(opened, world.derive)
    restore(copy, str(again), checked=nothing)
    with open_ledger(again) as opened:
        assert exported(opened) == before
        run = start_run(opened, kind="run", parser_version="p1")
        more = world.arrival("2020.txt", world.text("道路 5"), year="2020")
        assert record(opened, run, [more], world.derive).documents[0].status == "new"
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob("*.restored*"))


def test_a_backup_of_one_database_is_restored_into_the_other(filled, tmp_path, postgres, world):
    copy = tmp_path / "copy.sqlite"
    backup(filled, copy)
    target = postgres()
    restore(copy, target, checked=nothing)
    with open_ledger(target) as opened:
        assert exported(opened) == exported(filled) and not wrong(opened, world.derive)
    for replace in (False, True):
        with pytest.raises(LedgerError, match="never overwritten: make an empty one"):
            restore(copy, target, replace=replace, checked=nothing)


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_backup_of_an_earlier_version_comes_back_and_stays_as_it_is(
    filled, tmp_path, postgres, into, world
):
    older = tmp_path / "older.sqlite"
    before = exported(filled)
    backup(filled, older)
    with open_ledger(older) as opened, begin_writing(opened.engine, rebuilding=True) as connection:
        migrations.downgrade(connection, "0011")
    kept = older.read_bytes()
    target = str(tmp_path / "again.sqlite") if into == "sqlite" else postgres()
    restore(older, target, checked=nothing)
    assert older.read_bytes() == kept
    with open_ledger(target) as opened:
        assert exported(opened) == before and not wrong(opened, world.derive)


def test_a_backup_that_is_not_sound_leaves_an_empty_database_empty(filled, tmp_path, postgres):
    copy, target = tmp_path / "copy.sqlite", postgres()
    backup(filled, copy)

    def refuses(ledger):
        raise LedgerError("not sound")

    with pytest.raises(LedgerError, match="not sound"):
        restore(copy, target, checked=refuses)
    with pytest.raises(LedgerError, match="no ledger yet"):
        open_ledger(target)
    restore(copy, target, checked=nothing)
    with open_ledger(target) as opened:
        assert exported(opened) == exported(filled)


def test_nothing_is_overwritten_unasked_and_what_was_there_is_kept(filled, tmp_path):
    copy, target = tmp_path / "copy.sqlite", tmp_path / "target.sqlite"
    backup(filled, copy)
    with pytest.raises(LedgerError, match="name another file"):
        backup(filled, copy)
    open_ledger(target, mode="real", create=True).close()
    with pytest.raises(LedgerError, match="--replace"):
        restore(copy, str(target), checked=nothing)
    kept = restore(copy, str(target), replace=True, checked=nothing)
    with open_ledger(kept) as former, open_ledger(target) as now:
        assert (former.mode, now.mode) == ("real", "demo")


def test_a_backup_that_is_not_sound_replaces_nothing(filled, tmp_path):
    copy, target = tmp_path / "copy.sqlite", tmp_path / "target.sqlite"
    backup(filled, copy)
    open_ledger(target, mode="real", create=True).close()

    def refuses(ledger):
        raise LedgerError("not sound")

    with pytest.raises(LedgerError, match="not sound"):
        restore(copy, str(target), replace=True, checked=refuses)
    with open_ledger(target) as kept:
        assert kept.mode == "real"
    assert not list(tmp_path.glob("*.restored*"))
    (tmp_path / "cut.sqlite").write_bytes(copy.read_bytes()[:5000])
    with pytest.raises(LedgerError, match="incomplete"):
        restore(tmp_path / "cut.sqlite", str(tmp_path / "new.sqlite"), checked=nothing)


def withhold(ledger, world, sha256, *, erase, spans=()):
    ruling = Ruling(
        "withhold", (Cited(sha256, spans),), "甲", "命令", datetime(2026, 5, 1, tzinfo=UTC), {"erase": erase}
    )
    run = start_run(ledger, kind="ruling", parser_version="p1")
    record_rulings(ledger, run, [ruling], world.derive)
    if erase:
        sweep(ledger)
    return ruling


@pytest.mark.parametrize("erase", [False, True])
def test_withheld_words_are_shown_nowhere_and_the_ledger_stays_sound(filled, world, erase):
    then = filled.clock()
    before = changes(filled).entries
    cited = before[0]["evidence"][0]
    withhold(filled, world, cited["sha256"], erase=erase)
    for entries in (changes(filled).entries, changes(filled, known_at=then).entries):
        pieces = [p for e in entries for p in e["evidence"] if p["sha256"] == cited["sha256"]]
        assert pieces and all(p["quote"] == LABEL and p["withheld"] for p in pieces)
    current, _ = exported(filled)
    lines = [line for line in current.splitlines() if cited["sha256"] in line and '"quote"' in line]
    assert lines and all(LABEL in line for line in lines)
    # Toy threads hang on quotes; real ones on terms. Only the stored side is of interest here.
    assert [c.name for c in wrong(filled)] == []
    others = [e["quote"] for entry in changes(filled).entries for e in entry["evidence"]]
    assert any(quote != LABEL for quote in others)


def test_erased_bytes_are_in_no_row_and_do_not_come_back(filled, world, tmp_path):
    content = world.text("道路 3", "公园 8", furniture="秘密")
    sha256 = next(
        p["sha256"] for e in changes(filled).entries for p in e["evidence"] if p["document"] == "2018.txt"
    )
    withhold(filled, world, sha256, erase=True)
    with filled.reading() as connection:
        from storage.blobs import load_blobs

        assert load_blobs(connection, [sha256])[sha256].decode() == "*" * len(content)
        quotes = connection.execute(text("SELECT quote FROM statements")).scalars().all()
        assert "公园 8" in quotes and "道路 3" not in quotes and "*" * len("道路 3") in quotes
    run = start_run(filled, kind="run", parser_version="p2")
    again = record(filled, run, [world.arrival("2018.txt", content, year="2018")], world.derive)
    assert again.documents[0].status == "unchanged" and again.commit is None
    with filled.writing() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text("UPDATE blobs SET size = 0"))


def test_only_the_named_words_are_withheld(filled, world):
    entry = next(
        e for e in changes(filled).entries if e["change"] == "new" and "道路" in e["evidence"][0]["quote"]
    )
    piece = entry["evidence"][0]
    spans = ((piece["start"], piece["end"]),)
    withhold(filled, world, piece["sha256"], erase=False, spans=spans)
    shown = {
        p["quote"] for e in changes(filled).entries for p in e["evidence"] if p["sha256"] == piece["sha256"]
    }
    assert shown == {LABEL, "公园 8"}


def test_blanking_keeps_offsets() -> None:
    assert blanked("甲乙丙丁", ()) == "****"
    assert blanked("甲乙丙丁", ((1, 3), (3, 9))) == "甲***"


def test_a_changed_ledger_is_told_from_a_sound_one(filled, world, tmp_path):
    copy = tmp_path / "copy.sqlite"
    backup(filled, copy)

    def tampered(*statements):
        path = tmp_path / "tampered.sqlite"
        path.write_bytes(copy.read_bytes())
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        with open_ledger(path) as opened:
            return [check.name for check in wrong(opened, world.derive)]

    assert tampered() == []
    assert tampered("DROP TRIGGER changes_no_update") == ["triggers in place"]
    assert tampered("DROP INDEX ix_statements_key") == ["indexes in place"]
    unlock = "DROP TRIGGER changes_no_update"
    found = tampered(unlock, "UPDATE changes SET op = 'withdraw' WHERE seq = 1")
    assert "rows match their hashes" in found and "replaying the log gives what holds" in found
    found = tampered(
        "DROP TRIGGER changes_no_delete", "DELETE FROM changes WHERE seq = (SELECT max(seq) FROM changes)"
    )
    assert {"commits form a chain", "conclusions follow from texts and rulings"} <= set(found)


def test_what_an_older_parser_read_is_left_out_and_said(filled, world):
    last = list(verify(filled, derive=world.derive, parser_version="p2"))[-1]
    assert last.wrong is None and "older parser" in last.note
