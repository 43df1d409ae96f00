"""Every kind of ruling by command: it has an effect, outlives a reparse, and is asked about once lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import deciding, rereading
from parsers.refusal import Refused

PLACE = ("--district", "云川市澄湖区", "--level", "district")
TEXTS = {
    2018: "澄湖区2018年工作要点\n\n2018年，城镇新增就业8000人。\n\n2018年，新建停车泊位300个。\n",
    2019: "澄湖区2019年工作要点\n\n一、2018年工作回顾\n\n过去一年，累计实现城镇新增就业5000人。\n\n"
    "二、2019年工作安排\n\n2019年，城镇新增就业9000人。\n\n2019年，新建停车泊位500个。\n",
    2020: "澄湖区2020年工作要点\n\n2020年，新建口袋公园30处。\n\n2020年，打通望湖路北段。\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Where the ledger is made, once."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def ledger(duixian, tmp_path, made):
    if not (made / "ledger.sqlite").exists():
        for year, text in TEXTS.items():
            file = made / f"{year}.txt"
            file.write_text(text, encoding="utf-8")
            told = (*PLACE, "--published", str(year), "--type", "plan")
            assert duixian("run", "--direct", "--db", made / "ledger.sqlite", *told, file).status == 0
    path = tmp_path / "ledger.sqlite"
    assert duixian("backup", path, "--db", made / "ledger.sqlite").status == 0
    return path


def held(duixian, ledger):
    entries = duixian("changes", "--json", "--all", "--db", ledger).records
    return sorted(
        (e["id"], e["commitment"]["id"], str(e["fields"]), str(e["reviewed"]))
        for e in entries
        if not e["superseded_by"]
    ), duixian("plan", "云川市澄湖区", "2020", "--json", "--db", ledger).records[0]["remarks"]


def words(duixian, ledger, quote, of=""):
    """SHA:START-END of a statement with these words, and the hash of its text."""
    for commitment in duixian("commitments", "--json", "--db", ledger).records:
        story = duixian("show", commitment["id"], "--json", "--db", ledger).records[0]
        for s in story["statements"]:
            if quote in s["quote"] and of in s["document"]:
                return f"{s['sha256']}:{s['start']}-{s['end']}", s["sha256"]
    raise AssertionError(quote)


def reread(duixian, ledger, monkeypatch, version, reader=rereading.read):
    """Read everything again, as another parser version would."""
    for room in (rereading, deciding):
        monkeypatch.setattr(room, "parser_version", lambda: version)
    monkeypatch.setattr("flows.version.parser_version", lambda: version)
    monkeypatch.setattr(rereading, "read", reader)
    done = duixian("reparse", "--direct", "--json", "--db", ledger)
    assert done.status in (0, 1), done.err
    return done.records[0]["texts"]


KINDS = [
    "same",
    "merge",
    "not_same",
    "split",
    "wrong_statement",
    "right_value",
    "alias",
    "covers",
    "complete",
    "review",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_ruling_has_its_effect_and_outlives_a_reparse(duixian, ledger, monkeypatch, kind):
    jobs8, _ = words(duixian, ledger, "8000")
    jobs9, _ = words(duixian, ledger, "9000")
    parking, _ = words(duixian, ledger, "500个")
    parks, text2020 = words(duixian, ledger, "口袋公园")
    [accused] = duixian("changes", "--kind", "missed", "--json", "--db", ledger).records
    given = {
        "same": [jobs9, parks],
        "merge": [jobs9, parks],
        "not_same": [jobs8, jobs9],
        "split": [jobs9],
        "wrong_statement": [jobs9],
        "right_value": [jobs9, "--set", "value=8000"],
        "alias": [parks, parking, "--set", "word=口袋公园", "--set", "means=停车泊位"],
        "covers": [text2020, "--area", "就业"],
        "complete": [text2020, "--yes"],
        "review": [accused["id"], "--confirm"],
    }[kind]
    before = held(duixian, ledger)
    done = duixian("rulings", "add", kind, *given, "--reason", "查过", "--by", "乙", "--json", "--db", ledger)
    assert done.status == 0, done.err
    after = held(duixian, ledger)
    assert after != before
    assert reread(duixian, ledger, monkeypatch, "another")["reread"] == len(TEXTS)
    assert held(duixian, ledger) == after
    ruling = done.records[0]["id"]
    assert duixian("rulings", "revoke", ruling, "--reason", "误判", "--by", "乙", "--db", ledger).status == 0
    assert held(duixian, ledger) == before


def lost(duixian, ledger):
    items = duixian("review", "--json", "--db", ledger).records
    return [item["id"] for item in items if item["kind"] == "lost_ruling"]


@pytest.mark.parametrize("kind", ["wrong_statement", "complete"])
def test_a_ruling_whose_words_carry_nothing_any_more_is_asked_about(duixian, ledger, monkeypatch, kind):
    jobs, text = words(duixian, ledger, "9000")
    given = [jobs] if kind == "wrong_statement" else [text, "--no"]
    done = duixian("rulings", "add", kind, *given, "--reason", "查过", "--by", "乙", "--json", "--db", ledger)
    assert done.status == 0, done.err
    assert lost(duixian, ledger) == []
    read = rereading.read

    def overlooks(content, name, declared):
        if kind == "complete" and "9000" in content.decode():
            raise Refused("unreadable", "invented")
        found = read(content, name, declared)
        return replace(found, statements=tuple(s for s in found.statements if "9000" not in s.text))

    reread(duixian, ledger, monkeypatch, "worse", overlooks)
    assert lost(duixian, ledger) == [done.records[0]["id"]]
