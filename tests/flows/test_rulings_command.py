"""`duixian rulings`: what people decide is recorded, shown, taken back; what names nothing is refused."""

from __future__ import annotations

import pytest


@pytest.fixture
def demo(duixian, examples, tmp_path):
    ledger = tmp_path / "demo.sqlite"
    assert duixian("run", "--direct", "--db", ledger, examples).status == 0
    return ledger


def held(duixian, ledger):
    return [
        {k: v for k, v in e.items() if k not in ("recorded_at", "run", "entry_hash", "cause")}
        for e in duixian("changes", "--json", "--db", ledger).records
    ]


def test_a_decision_is_recorded_listed_and_taken_back(duixian, demo):
    before = held(duixian, demo)
    entry = next(e for e in before if e["change"] == "new")
    piece = entry["evidence"][0]
    words = f"{piece['sha256'][:12]}:{piece['start']}-{piece['end']}"
    done = duixian(
        "rulings",
        "add",
        "wrong_statement",
        words,
        "--reason",
        "配图说明",
        "--by",
        "乙",
        "--json",
        "--db",
        demo,
    )
    assert done.status == 0, done.err
    [record] = done.records
    assert sum(record["withdrawn"].values()) >= 1
    assert entry["id"] not in {e["id"] for e in held(duixian, demo)}
    [listed] = duixian("rulings", "list", "--json", "--db", demo).records
    assert (listed["id"], listed["author"], listed["reason"]) == (record["id"], "乙", "配图说明")
    assert duixian("rulings", "list", "--db", demo).out.count("乙") == 1
    back = duixian("rulings", "revoke", record["id"][:8], "--reason", "误判", "--by", "乙", "--db", demo)
    assert back.status == 0, back.err
    assert held(duixian, demo) == before
    assert duixian("rulings", "list", "--json", "--db", demo).records == []
    assert len(duixian("rulings", "list", "--all", "--json", "--db", demo).records) == 2


def test_commitments_are_merged_by_their_ids(duixian, demo):
    found = duixian("commitments", "--json", "--db", demo).records
    one, two = [c["id"] for c in found if c["level"] == "district"][:2]
    done = duixian("rulings", "add", "merge", one, two, "--reason", "同一件事", "--by", "乙", "--db", demo)
    assert done.status == 0, done.err
    assert len(duixian("commitments", "--json", "--db", demo).records) == len(found) - 1
    both = {duixian("show", name, "--json", "--db", demo).records[0]["id"] for name in (one, two)}
    assert len(both) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["wrong_statement", "ffffffffffff:1-2"], "no text whose hash begins"),
        (["wrong_statement", "ffffffffffff"], "nothing in this ledger"),
        (["wrong_statement", "云溪"], "neither"),
        (["same", "{words}"], "two or more"),
        (["wrong_statement", "{sha}:0-1"], "carry no statement"),
        (["wrong_statement", "{sha}:0-99999999"], "characters"),
        (["right_value", "{words}"], "--set"),
        (["right_value", "{words}", "--set", "value=many"], "must be a number"),
        (["right_value", "{words}", "--set", "colour=red"], "cannot be set"),
        (["alias", "{words}"], "two words"),
        (["alias", "{words}", "--set", "word=园", "--set", "means=口袋公园"], "two words"),
        (["alias", "{words}", "--set", "word=平米", "--set", "means=平方米"], "itself"),
        (["alias", "{words}", "--set", "word=月球基地", "--set", "means=火星基地"], "none of the texts"),
        (["complete", "{sha}"], "--yes or --no"),
        (["covers", "{sha}"], "--area"),
        (["review", "{words}", "--confirm"], "entry of the log"),
    ],
)
def test_a_ruling_that_names_nothing_is_refused_in_one_sentence(duixian, demo, words, sentence):
    piece = held(duixian, demo)[0]["evidence"][0]
    names = {"sha": piece["sha256"], "words": f"{piece['sha256']}:{piece['start']}-{piece['end']}"}
    given = [word.format(**names) for word in words]
    done = duixian("rulings", "add", *given, "--reason", "因为", "--by", "乙", "--db", demo)
    assert done.status == 2
    assert sentence in done.err and done.err.count("\n") == 1
    assert duixian("rulings", "list", "--all", "--json", "--db", demo).records == []


def test_a_ruling_can_be_replaced(duixian, demo):
    piece = held(duixian, demo)[0]["evidence"][0]
    words = f"{piece['sha256']}:{piece['start']}-{piece['end']}"

    def add(*more):
        done = duixian("rulings", "add", *more, "--by", "乙", "--json", "--db", demo)
        assert done.status == 0, done.err
        return done.records[0]["id"]

    first = add("wrong_statement", words, "--reason", "一")
    second = add("right_value", words, "--set", "modality=力争", "--replaces", first, "--reason", "二")
    assert [r["id"] for r in duixian("rulings", "list", "--json", "--db", demo).records] == [second]
