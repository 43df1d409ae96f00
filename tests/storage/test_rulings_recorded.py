"""Rulings in a ledger: in the chain, with what follows from them, whatever came first."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.rereading import catch_up
from parsers.read import read
from parsers.reading import Declared
from storage.errors import LedgerError
from storage.export import export_current
from storage.ledger import open_ledger
from storage.queries import changes
from storage.rulings import record_rulings, rulings
from storage.runs import start_run
from storage.verify import verify
from storage.write import Arrival, record
from tracking.derive import derive
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)
TEXTS = {
    year: f"云泽区{year}年工作要点\n\n"
    f"{year}年，全区城镇新增就业{jobs}人。\n\n{year}年，全区将新建停车泊位{spaces}个。\n"
    for year, jobs, spaces in ((2018, 800, 300), (2019, 900, 300), (2020, 900, 500))
}


def arrival(year, parser=read):
    declared = Declared("示例省云州市云泽区", "district", str(year), type="plan")
    content = TEXTS[year].encode()
    outcome = parser(content, f"{year}.txt", declared)
    return Arrival("invented", f"{year}.txt", content, AT + timedelta(days=year), outcome, declared)


@pytest.fixture(scope="module")
def cited():
    """Evidence of the statements by (year, ordinal)."""
    from hashlib import sha256

    found = {}
    for year in TEXTS:
        arrived = arrival(year)
        for number, statement in enumerate(arrived.outcome.statements):
            found[year, number] = Cited(sha256(arrived.content).hexdigest(), statement.spans)
    assert len(found) >= 6
    return found


def rule(kind, *evidence, later=0, body=None, revokes=None):
    return Ruling(kind, evidence, "甲", "因为", AT + timedelta(hours=later), body or {}, revokes)


def current(ledger):
    stream = io.StringIO()
    export_current(ledger, stream)
    return stream.getvalue()


def fill(ledger, *years, version="p1"):
    run = start_run(ledger, kind="run", parser_version=version)
    for year in years:
        record(ledger, run, [arrival(year)], derive)
    return run


def sound(ledger):
    assert [check.wrong for check in verify(ledger) if check.wrong] == []


def test_a_ruling_has_its_own_commit_and_is_the_cause_of_what_changes(ledger, cited):
    run = fill(ledger, 2018, 2019)
    before = changes(ledger, include_all=True).entries
    outcome = record_rulings(ledger, run, [rule("wrong_statement", cited[2019, 0])], derive)
    assert outcome.commit and outcome.withdrawn
    every = changes(ledger, include_all=True).entries
    superseded = [e for e in every if e["superseded_by"]]
    assert len(superseded) == sum(outcome.withdrawn.values())
    assert {e["cause"] for e in every if e["id"] not in {b["id"] for b in before}} <= {"ruling"}
    [held] = rulings(ledger)
    assert (held["kind"], held["author"], held["in_force"]) == ("wrong_statement", "甲", True)
    assert held["entry_hash"] and held["documents"] == ["2019.txt"]
    sound(ledger)


def test_what_the_ledger_said_before_the_ruling_is_said_again(ledger, cited):
    run = fill(ledger, 2018, 2019)
    then, said = ledger.clock(), changes(ledger).entries
    record_rulings(ledger, run, [rule("wrong_statement", cited[2019, 0])], derive)
    assert changes(ledger).entries != said
    assert changes(ledger, known_at=then).entries == said
    assert rulings(ledger, known_at=then) == []


def test_the_same_ruling_twice_is_one(ledger, cited):
    run = fill(ledger, 2018, 2019)
    ruling = rule("wrong_statement", cited[2019, 0])
    record_rulings(ledger, run, [ruling], derive)
    assert record_rulings(ledger, run, [ruling], derive).commit is None
    assert len(rulings(ledger)) == 1


def test_a_revoked_ruling_restores_the_former_conclusions(ledger, cited):
    run = fill(ledger, 2018, 2019)
    before = current(ledger)
    ruling = rule("wrong_statement", cited[2019, 0])
    record_rulings(ledger, run, [ruling], derive)
    assert current(ledger) != before
    record_rulings(ledger, run, [rule("revoke", revokes=ruling.id, later=1)], derive)
    assert current(ledger) == before
    assert [r["in_force"] for r in rulings(ledger)] == [False, False]
    sound(ledger)


def test_taking_back_what_is_not_there_is_refused_and_nothing_is_written(ledger):
    run = fill(ledger, 2018)
    before = current(ledger)
    with pytest.raises(LedgerError, match="no ruling"):
        record_rulings(ledger, run, [rule("revoke", revokes="beef")], derive)
    assert current(ledger) == before and rulings(ledger) == []


def test_a_ruling_survives_a_reparse(ledger, cited):
    run = fill(ledger, 2018, 2019)
    record_rulings(ledger, run, [rule("wrong_statement", cited[2019, 0])], derive)
    before = current(ledger)
    upgrade = start_run(ledger, kind="reparse", parser_version="p2")
    done = catch_up(ledger, upgrade, ["990102", *{e["place_code"] for e in changes(ledger).entries}])
    assert done.texts["reread"] == 2
    assert current(ledger) == before
    sound(ledger)


ORDER = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@ORDER
@given(data=st.data())
def test_rulings_and_documents_in_any_order_give_the_same_export(empty_file, cited, data):
    import shutil
    import tempfile
    from pathlib import Path

    first = rule("wrong_statement", cited[2019, 0])
    given_rulings = [
        first,
        rule("revoke", revokes=first.id, later=3),
        rule("not_same", cited[2018, 1], cited[2020, 1], later=1),
        rule("right_value", cited[2020, 0], body={"value": "700"}, later=2),
        rule("same", cited[2018, 0], cited[2020, 1], later=4),
    ]
    steps = [*TEXTS, *given_rulings]
    exports = []
    for order in (steps, data.draw(st.permutations(steps))):
        # What takes a ruling back can only come after it: it names it.
        order = sorted(order, key=lambda s: isinstance(s, Ruling) and s.kind == "revoke")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.db"
            shutil.copy(empty_file, path)
            with open_ledger(path) as ledger:
                run = start_run(ledger, kind="run", parser_version="p1")
                for step in order:
                    if isinstance(step, Ruling):
                        record_rulings(ledger, run, [step], derive)
                    else:
                        record(ledger, run, [arrival(step)], derive)
                exports.append(current(ledger))
    assert exports[0] == exports[1]
