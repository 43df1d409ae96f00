"""An upgrade of the parser: shown first, done by the next run or by `reparse`, and never an announcement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import rereading
from flows.sidefile import declared_for
from parsers.reading import Declared
from storage.ledger import open_ledger
from storage.queries import changes
from storage.runs import start_run
from storage.verify import verify
from storage.write import Arrival, record
from tracking.derive import derive


@pytest.fixture
def older(duixian, examples, tmp_path, monkeypatch):
    """A ledger whose texts an older parser read: it overlooked the last statement, and misread amounts."""

    def misread(statement):
        amounts = tuple(replace(q, value=q.value + 1) for q in statement.quantities)
        return replace(statement, quantities=amounts)

    def overlooks(content, name, declared):
        reading = read(content, name, declared)
        return replace(reading, statements=tuple(map(misread, reading.statements[:-1])))

    read = rereading.read
    path = tmp_path / "older.sqlite"
    with open_ledger(path, mode="demo", create=True) as ledger:
        run = start_run(ledger, kind="run", parser_version="older")
        for file in sorted(examples.glob("*.txt")):
            declared = declared_for(file, Declared())
            outcome = overlooks(file.read_bytes(), file.name, declared)
            arrival = Arrival("file", str(file), file.read_bytes(), ledger.clock(), outcome, declared)
            record(ledger, run, [arrival], derive)
    return path


def held(path):
    with open_ledger(path) as ledger:
        every = changes(ledger, include_all=True).entries
        return {entry["id"] for entry in every if not entry["superseded_by"]}


def test_the_preview_counts_what_the_upgrade_then_does(duixian, older):
    before = held(older)
    shown = duixian("reparse", "--preview", "--json", "--db", older).records[0]
    assert held(older) == before
    assert shown["counts"]["added"] > 0
    assert shown["conclusions"] > 0
    assert len(shown["samples"]) <= 50
    done = duixian("reparse", "--direct", "--json", "--db", older).records[0]
    assert done["texts"]["reread"] == shown["texts"] > 0
    after = held(older)
    assert len(after - before) >= shown["counts"]["added"]
    for sample in shown["samples"]:
        was, becomes = sample["before"], sample["after"]
        assert (was is None or was["id"] in before) and (becomes is None or becomes["id"] in after)
        assert sample["verdict"] != "withdrawn" or was["id"] not in after


def test_an_upgraded_ledger_equals_one_that_was_read_by_the_new_parser(duixian, older, examples, tmp_path):
    fresh = tmp_path / "fresh.sqlite"
    duixian("run", "--direct", "--db", fresh, *sorted(examples.glob("*.txt")))
    assert held(older) != held(fresh)
    duixian("reparse", "--direct", "--db", older)
    assert held(older) == held(fresh)
    assert duixian("reparse", "--direct", "--json", "--db", older).records[0]["texts"] == {}


def test_a_run_first_reads_again_what_it_touches(duixian, older, examples, tmp_path):
    fresh = tmp_path / "fresh.sqlite"
    for path in (older, fresh):
        assert duixian("run", "--direct", "--db", path, examples).status == 0
    assert held(older) == held(fresh)


def test_answers_of_the_past_stay_and_the_cause_is_the_parser(duixian, older):
    with open_ledger(older) as ledger:
        then = ledger.clock().isoformat()
    said = duixian("changes", "--json", "--known-at", then, "--db", older).out
    duixian("reparse", "--direct", "--db", older)
    assert duixian("changes", "--json", "--known-at", then, "--db", older).out == said
    every = duixian("changes", "--all", "--json", "--db", older).records
    assert any(entry["superseded_by"] for entry in every)
    assert "parser" in {entry["cause"] for entry in every}
    with open_ledger(older) as ledger:
        assert [check.wrong for check in verify(ledger) if check.wrong] == []


def test_a_ledger_that_is_up_to_date_has_nothing_to_preview(duixian, examples, tmp_path):
    path = tmp_path / "new.sqlite"
    duixian("run", "--direct", "--db", path, examples)
    shown = duixian("reparse", "--preview", "--json", "--db", path).records[0]
    assert (shown["texts"], shown["conclusions"], shown["samples"]) == (0, 0, [])
