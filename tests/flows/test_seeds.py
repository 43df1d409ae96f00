"""The whole path on the five seed articles: what a reader must be able to find in the log."""

from __future__ import annotations

import pytest

PLACE = "济南市市中区"
pytestmark = pytest.mark.shared


@pytest.fixture
def ledger(duixian, shared, tmp_path):
    """A ledger with the seeds in it."""
    made = tmp_path / "seeds.sqlite"
    done = duixian("run", "--direct", "--db", made, "--json", shared / "seeds")
    assert done.status == 0, done.err
    assert done.records[0]["documents"] == 5
    return made


def entries(duixian, ledger, *options):
    return duixian("changes", "--db", ledger, "--all", "--json", *options).records


def test_five_texts_of_one_place_each_with_its_edition_and_clue(duixian, ledger):
    documents = duixian("documents", "--db", ledger, "--json").records
    assert {d["district"] for d in documents} == {PLACE}
    assert {d["document"][:3]: d["edition"] for d in documents} == {
        "003": "2018",
        "004": "2019",
        "001": "2020",
        "000": "2021",
        "002": "2021",
    }
    assert all(d["edition_clue"]["why"] for d in documents)


@pytest.mark.parametrize(
    ("subject", "promised"), [("地区生产总值", {"2018", "2019"}), ("一般公共预算收入", {"2019"})]
)
def test_a_threshold_promised_then_reached_is_one_thread(duixian, ledger, subject, promised):
    found = [
        e for e in entries(duixian, ledger, "--district", PLACE) if e["commitment"]["subject"] == subject
    ]
    assert len({e["commitment"]["id"] for e in found}) == 1
    by_kind = {e["change"]: e for e in found}
    assert {e["edition_to"] for e in found if e["change"] in ("new", "restated", "changed")} == promised
    assert by_kind["fulfilled"]["edition_to"] == "2021"


def test_the_yearly_systems_follow_each_other(duixian, ledger):
    formulas = [
        (e["fields"]["formula"]["old"], e["fields"]["formula"]["new"])
        for e in entries(duixian, ledger, "--district", PLACE, "--kind", "changed")
        if "formula" in e["fields"]
    ]
    assert {("1234", "1+446"), ("1+446", "1+456")} <= set(formulas)


def test_the_citys_system_is_the_citys(duixian, ledger):
    owners = {
        e["district"]
        for e in entries(duixian, ledger)
        for name in ("1+454", "1+474")
        if name in e["commitment"]["title"]
    }
    assert owners == {"济南市"}


@pytest.mark.parametrize("amount", ["22", "31", "300", "113", "1000", "100"])
def test_the_targets_of_2018_are_in_its_edition(duixian, ledger, amount):
    (edition, *_) = [
        e
        for e in duixian("plan", PLACE, "2018", "--db", ledger, "--json").records
        if e["lineage"] in ("yearly", "list")
    ]
    targets = [s for s in edition["statements"] if s["kind"] == "target"]
    assert any(amount in s["quote"] for s in targets)


def test_running_again_adds_nothing(duixian, ledger, shared):
    before = entries(duixian, ledger)
    again = duixian("run", "--direct", "--db", ledger, "--json", shared / "seeds").records[0]
    assert (again["recorded"], again["withdrawn"]) == ({}, {})
    assert entries(duixian, ledger) == before
