"""Bad input: a clear line, the exit status of the contract, never a traceback, never a loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.refusal import REASONS

GOOD = (
    "云川市澄湖区2031年政府工作报告\n\n2031年，地区生产总值增长6%左右，新建口袋公园12处，改造老旧小区18个。\n"
)
BAD: dict[str, tuple[bytes | None, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (" \n\u3000\n".encode(), "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(3000), "binary"),
    "huge.txt": (None, "too_large"),
    "nothing.txt": ("云川市澄湖区今天天气晴朗，湖边游人如织。\n".encode(), "no_statement"),
    "nowhere.txt": (
        "今年新建口袋公园12处，改造老旧小区18个，地区生产总值增长6%左右。\n".encode(),
        "unknown_place",
    ),
    "shared.txt": (
        "市中区2031年政府工作报告\n\n今年市中区新建口袋公园12处，改造老旧小区18个。\n".encode(),
        "ambiguous_place",
    ),
}
DECLARED = "district: 云川市澄湖区\nlevel: district\npublished: 2031-01\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good text among all kinds of bad ones."""
    made = tmp_path / "texts"
    made.mkdir()
    for name, (content, _) in BAD.items():
        with (made / name).open("wb") as file:
            file.truncate(50 * 2**20) if content is None else file.write(content)
    (made / "good.txt").write_text(GOOD, encoding="utf-8")
    (made / "sidefile.txt").write_text(GOOD, encoding="utf-8")
    (made / "sidefile.txt.meta.yml").write_text("district: [", encoding="utf-8")
    for name in ("good.txt", "empty.txt", "nothing.txt"):
        (made / f"{name}.meta.yml").write_text(DECLARED, encoding="utf-8")
    return made


def test_each_bad_text_is_held_with_its_reason_and_the_good_one_is_read(duixian, folder, tmp_path):
    ledger = tmp_path / "ledger.sqlite"
    done = duixian("run", "--direct", "--db", ledger, "--json", folder, tmp_path / "missing.txt")
    assert done.status == 1
    assert done.records[0]["documents"] == 1
    held = {
        q["document"].rpartition("/")[2]: q["code"]
        for q in duixian("quarantine", "--db", ledger, "--json").records
    }
    assert held == {name: code for name, (_, code) in BAD.items()} | {
        "sidefile.txt": "side_file",
        "missing.txt": "unreadable",
    }
    for name, code in held.items():
        (line,) = [line for line in done.err.splitlines() if f"{name}: " in line]
        assert REASONS[code] in line


def test_again_the_same_texts_are_held_once(duixian, folder, tmp_path):
    ledger = tmp_path / "ledger.sqlite"
    first = duixian("run", "--direct", "--db", ledger, "--json", folder).records[0]
    again = duixian("run", "--direct", "--db", ledger, "--json", folder)
    assert again.status == 1
    assert again.records[0]["quarantined"] == first["quarantined"] == len(BAD) + 1
    assert again.records[0]["recorded"] == {}


def test_a_text_that_was_mended_leaves_the_quarantine(duixian, folder, tmp_path):
    ledger = tmp_path / "ledger.sqlite"
    nowhere = folder / "nowhere.txt"
    assert duixian("run", "--direct", "--db", ledger, nowhere).status == 1
    (folder / "nowhere.txt.meta.yml").write_text(DECLARED, encoding="utf-8")
    assert duixian("run", "--direct", "--db", ledger, nowhere).status == 0
    assert duixian("quarantine", "--db", ledger, "--json").records == []


@pytest.mark.parametrize("name", sorted(BAD))
def test_parse_says_the_same_and_goes_on(duixian, folder, name):
    done = duixian("parse", "--json", folder / name, folder / "good.txt")
    assert done.status == 1
    assert REASONS[BAD[name][1]] in done.err
    assert {Path(r["doc"]).name for r in done.records} >= {"good.txt"}


def test_a_wrong_encoding_is_read_right_or_refused(duixian, tmp_path):
    gbk = tmp_path / "gbk.txt"
    gbk.write_bytes(GOOD.encode("gb18030"))
    (tmp_path / "gbk.txt.meta.yml").write_text(DECLARED, encoding="utf-8")
    done = duixian("parse", "--json", gbk)
    assert done.status == 0
    assert any("口袋公园" in r["subject"] for r in done.records)


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--level", "village", "x.txt"],
        ["run", "--published", "tomorrow", "x.txt"],
        ["run", "--district", "云川市澄湖区"],
        ["parse"],
        ["changes", "--kind", "nonsense"],
        ["changes", "--db", "no/such/ledger.sqlite"],
        ["changes", "--since", "last week"],
        ["changes", "--known-at", "then"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(duixian, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = duixian(*words)
    assert done.status == 2
    assert done.err.strip()
    assert done.out == ""


def test_a_file_that_is_no_ledger_is_said_to_be_none(duixian, tmp_path):
    other = tmp_path / "other.sqlite"
    other.write_text("no database", encoding="utf-8")
    done = duixian("changes", "--db", other)
    assert done.status == 2
    assert "other.sqlite" in done.err


def test_a_defect_in_the_reader_holds_that_text_only(duixian, folder, tmp_path, monkeypatch):
    from flows import readers

    def failing(content, name, declared):
        if name == "good.txt":
            raise RuntimeError("a defect")
        return whole_read(content, name, declared)

    whole_read = readers.read
    monkeypatch.setattr(readers, "read", failing)
    (folder / "second.txt").write_text(GOOD.replace("12处", "13处"), encoding="utf-8")
    (folder / "second.txt.meta.yml").write_text(DECLARED, encoding="utf-8")
    done = duixian(
        "run", "--direct", "--db", tmp_path / "l.sqlite", "--json", folder / "good.txt", folder / "second.txt"
    )
    assert done.status == 1
    assert "please report it" in done.err
    assert done.records[0]["documents"] == 1
