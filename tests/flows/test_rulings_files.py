"""Decisions travel in files: between ledgers as JSON lines, and back from the office as a filled-in 台账."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

PLACE = ("--district", "示例省云州市云泽区", "--level", "district")
TEXTS = {
    2018: "云泽区2018年工作安排\n\n2018年，城镇新增就业8000人。\n",
    2019: "云泽区2019年工作安排\n\n一、2018年工作回顾\n\n过去一年，累计实现城镇新增就业5000人。\n",
}


@pytest.fixture
def make(duixian, tmp_path):
    """Makes ledgers of one district that reported less than it promised."""

    def made(name):
        ledger = tmp_path / name
        for year, text in TEXTS.items():
            file = tmp_path / f"{year}.txt"
            file.write_text(text, encoding="utf-8")
            told = (*PLACE, "--published", str(year), "--type", "plan")
            assert duixian("run", "--direct", "--db", ledger, *told, file).status == 0
        return ledger

    return made


def missed(duixian, ledger):
    return duixian("changes", "--kind", "missed", "--json", "--db", ledger).records


@pytest.fixture
def office(duixian, make, tmp_path):
    """A ledger, and its 台账 as a function that fills cells in: {heading: word} for the accused row."""
    ledger = make("office.sqlite")
    assert duixian("export", "--format", "xlsx", "--out", tmp_path / "out", "--db", ledger).status == 0
    [path] = (tmp_path / "out").rglob("*.xlsx")
    [entry] = missed(duixian, ledger)

    def fill(sheet, cells, row_id=None):
        book = load_workbook(path)
        page = next(book[name] for name in book.sheetnames if name in sheet)
        heads = {str(cell.value): cell.column for cell in page[2]}
        wanted = row_id or (entry["id"] if "变动" in sheet else entry["commitment"]["id"])
        ids = heads.get("编号") or heads["ID"]
        row = next(r for r in range(3, page.max_row + 1) if str(page.cell(r, ids).value) == wanted)
        for (zh, en), word in cells.items():
            page.cell(row, heads.get(zh) or heads[en]).value = word
        filled = tmp_path / "filled.xlsx"
        book.save(filled)
        return filled

    return ledger, fill, path


VERDICT, REMARK, ID = ("核定", "Verdict"), ("备注", "Remarks"), ("编号", "ID")
LOG, SHEET = ("变动", "Changes"), ("台账", "Ledger")


def take(duixian, ledger, path, *more):
    return duixian("rulings", "import", path, "--by", "乙", "--json", "--db", ledger, *more)


def test_an_untouched_file_says_nothing_new(duixian, office):
    ledger, _, path = office
    done = take(duixian, ledger, path)
    assert (done.status, done.records) == (0, [])


@pytest.mark.parametrize("sheet", [LOG, SHEET])
def test_a_verdict_is_shown_first_and_then_recorded_with_author_and_remark(duixian, office, sheet):
    ledger, fill, _ = office
    filled = fill(sheet, {VERDICT: "确认", REMARK: "查阅全文"})
    shown = take(duixian, ledger, filled, "--preview")
    assert [r["recorded"] for r in shown.records] == [False]
    assert missed(duixian, ledger)[0]["reviewed"] is None
    done = take(duixian, ledger, filled)
    assert done.status == 0, done.err
    assert [(r["author"], r["reason"]) for r in done.records] == [("乙", "查阅全文")]
    assert missed(duixian, ledger)[0]["reviewed"]["by"] == "乙"
    assert take(duixian, ledger, filled).records == []


def test_a_rejected_accusation_is_gone_and_the_file_can_come_again(duixian, office):
    ledger, fill, _ = office
    filled = fill(LOG, {VERDICT: "不成立"})
    assert take(duixian, ledger, filled).status == 0
    assert missed(duixian, ledger) == []
    assert take(duixian, ledger, filled).records == []


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({ID: "0123456789abcdef", VERDICT: "确认"}, "never gave"),
        ({ID: None, VERDICT: "确认"}, "no id"),
        ({VERDICT: "也许"}, "也许"),
    ],
)
def test_a_file_with_broken_ids_or_words_is_refused_whole(duixian, office, cells, sentence):
    ledger, fill, _ = office
    before = duixian("changes", "--all", "--json", "--db", ledger).out
    done = take(duixian, ledger, fill(LOG, cells))
    assert done.status == 2 and sentence in done.err and len(done.err.splitlines()) == 1
    assert duixian("changes", "--all", "--json", "--db", ledger).out == before
    assert duixian("rulings", "list", "--all", "--json", "--db", ledger).records == []


def test_what_is_no_such_file_is_refused(duixian, office, tmp_path):
    ledger, _, _ = office
    (tmp_path / "no.xlsx").write_text("words", encoding="utf-8")
    for name, sentence in (("no.xlsx", "no XLSX file"), ("gone.xlsx", "cannot be read")):
        done = take(duixian, ledger, tmp_path / name)
        assert done.status == 2 and sentence in done.err, done.err


def test_rulings_go_from_ledger_to_ledger_as_they_are(duixian, make, tmp_path):
    one, two, file = make("one.sqlite"), make("two.sqlite"), tmp_path / "rulings.jsonl"
    [entry] = missed(duixian, one)
    words = ("--reason", "查阅全文", "--by", "乙", "--db", one)
    duixian("rulings", "add", "review", entry["id"], "--reject", *words)
    [ruling] = duixian("rulings", "list", "--json", "--db", one).records
    duixian("rulings", "revoke", ruling["id"], *words)
    duixian("rulings", "add", "review", entry["id"], "--confirm", *words)
    assert duixian("rulings", "export", file, "--db", one).status == 0
    assert duixian("rulings", "export", "--db", one).out == file.read_text(encoding="utf-8")
    done = duixian("rulings", "import", file, "--json", "--db", two)
    assert done.status == 0, done.err
    assert duixian("rulings", "export", "--db", two).out == duixian("rulings", "export", "--db", one).out
    assert missed(duixian, two)[0]["reviewed"] == missed(duixian, one)[0]["reviewed"]
    assert duixian("rulings", "import", file, "--json", "--db", two).records == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "改过"}, "leave the id out"),
        ({"evidence": [{"sha256": "0" * 64, "spans": [[0, 1]]}], "id": None}, "no text with the hash"),
        ({"kind": "guess", "id": None}, "no kind of ruling"),
        ({"ruled_at": "yesterday", "id": None}, "no ruling"),
        ({"evidence": 7, "id": None}, "no ruling"),
    ],
)
def test_a_line_that_names_nothing_stops_the_whole_file(duixian, make, tmp_path, change, sentence):
    ledger, file = make("one.sqlite"), tmp_path / "rulings.jsonl"
    [entry] = missed(duixian, ledger)
    words = ("--reason", "查阅全文", "--by", "乙", "--db", ledger)
    duixian("rulings", "add", "review", entry["id"], "--confirm", *words)
    good = json.loads(duixian("rulings", "export", "--db", ledger).out)
    lines = [{**good, "id": None, "reason": "又一次"}, {**good, **change}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = duixian("rulings", "import", file, "--json", "--db", ledger)
    assert done.status == 2 and sentence in done.err, done.err
    assert len(duixian("rulings", "list", "--json", "--db", ledger).records) == 1
