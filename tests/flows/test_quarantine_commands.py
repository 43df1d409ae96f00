"""What was refused is taken in when a person adds what was missing, or put away; nothing is lost."""

from __future__ import annotations

import pytest

TEXT = "某区2019年工作安排\n\n2019年，城镇新增就业8000人。\n"


@pytest.fixture
def refused(duixian, tmp_path):
    """A ledger that holds a text nobody knows the place of, and a page that is no document."""
    ledger, folder = tmp_path / "q.sqlite", tmp_path / "texts"
    folder.mkdir()
    (folder / "placeless.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    assert duixian("run", "--direct", "--db", ledger, folder).status == 1
    return ledger


def held(duixian, ledger, *more):
    found = duixian("quarantine", "--json", "--db", ledger, *more).records
    return {one["document"]: one for one in found}


PLACE = ("--district", "示例省云州市云泽区", "--level", "district", "--published", "2019")


def test_a_text_is_released_with_what_was_missing(duixian, refused):
    name = held(duixian, refused)["placeless.txt"]["id"]
    words = ("--reason", "地址如此", "--by", "乙", "--db", refused)
    done = duixian("quarantine", "release", name[:12], *PLACE, "--json", *words)
    assert done.status == 0, done.err
    assert done.records[0]["statements"] == 1
    assert set(held(duixian, refused)) == {"empty.txt"}
    assert [e["change"] for e in duixian("changes", "--json", "--db", refused).records] == ["new"]
    settled = held(duixian, refused, "--all")["placeless.txt"]
    assert (settled["status"], settled["decided_by"]) == ("released", "乙")
    assert duixian("verify", "--db", refused).status == 0


def test_what_is_still_refused_stays_and_says_why(duixian, refused):
    name = held(duixian, refused)["empty.txt"]["id"]
    words = ("--reason", "试试", "--by", "乙", "--db", refused)
    done = duixian("quarantine", "release", name, *PLACE, *words)
    assert done.status == 1 and "still refused: the file holds no text" in done.err
    assert "empty.txt" in held(duixian, refused)


def test_a_discarded_text_stays_on_record_and_does_not_come_back(duixian, refused, tmp_path):
    name = held(duixian, refused)["empty.txt"]["id"]
    done = duixian("quarantine", "discard", name[:12], "--reason", "广告", "--by", "乙", "--db", refused)
    assert done.status == 0, done.err
    duixian("run", "--direct", "--db", refused, tmp_path / "texts")
    assert "empty.txt" not in held(duixian, refused)
    assert held(duixian, refused, "--all")["empty.txt"]["status"] == "discarded"
    again = duixian("quarantine", "discard", name, "--reason", "广告", "--by", "乙", "--db", refused)
    assert again.status == 2 and "nothing in quarantine" in again.err
