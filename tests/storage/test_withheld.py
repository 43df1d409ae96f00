"""Withheld words, and all that was made of them, are in no answer and no file, on either database."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pyarrow.parquet as pq
import pytest

from parsers.read import read
from parsers.reading import Declared
from storage.backups import backup, restore
from storage.export import export_current, export_full
from storage.exports.bundle import export
from storage.ledger import open_ledger
from storage.queries import changes, commitments, documents, edition_statements, editions, story
from storage.rulings import record_rulings
from storage.runs import start_run
from storage.verify import verify
from storage.withholding import LABEL, sweep
from storage.write import Arrival, record
from tracking.derive import derive
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)
SECRET = ("望湖路", "赵某某")
TEXTS = {
    2018: "澄湖区2018年工作要点\n\n2018年，城镇新增就业800人。\n\n2018年，新建停车泊位300个。\n",
    2019: "澄湖区赵某某2019年讲话\n\n2019年，打通望湖路北段，力争建成望湖路社区服务站12处。\n\n"
    "2019年，城镇新增就业900人。\n",
    2020: "澄湖区2020年工作要点\n\n2020年，城镇新增就业950人。\n\n2020年，新建停车泊位500个。\n",
}
WHOLE = sha256(TEXTS[2019].encode()).hexdigest()


@pytest.fixture
def filled(ledger):
    run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
    for year, text in TEXTS.items():
        declared = Declared("云川市澄湖区", "district", str(year), type="plan")
        outcome = read(text.encode(), f"{year}.txt", declared)
        at = AT + timedelta(days=year)
        record(
            ledger, run, [Arrival("invented", f"{year}.txt", text.encode(), at, outcome, declared)], derive
        )
    return ledger


def hide(ledger, *spans, erase=False):
    ruling = Ruling("withhold", (Cited(WHOLE, spans),), "甲", "命令", AT, {"erase": erase})
    record_rulings(ledger, start_run(ledger, kind="ruling", parser_version="p1"), [ruling], derive)
    if erase:
        sweep(ledger)


def answers(ledger, at=None):
    held = commitments(ledger, known_at=at)
    every = [
        changes(ledger, known_at=at, include_all=True).entries,
        held,
        [story(ledger, one["id"], known_at=at) for one in held],
        documents(ledger, known_at=at),
        found := editions(ledger, known_at=at),
        [edition_statements(ledger, one, known_at=at) for one in found],
    ]
    return json.dumps(every, ensure_ascii=False)


def lines(ledger):
    for write in (export_current, export_full):
        stream = io.StringIO()
        write(ledger, stream)
        yield stream.getvalue()


def files(ledger, folder):
    export(ledger, folder, tell=lambda fields, lang: [str(fields)])
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            book = zipfile.ZipFile(path)
            yield from (book.read(name).decode() for name in book.namelist())
        elif path.suffix == ".parquet":
            yield str(pq.read_table(path).to_pylist())
        elif path.suffix == ".sqlite":
            with sqlite3.connect(path) as connection:
                yield "\n".join(connection.iterdump())
        elif path.is_file():
            yield path.read_text("utf-8")


@pytest.mark.parametrize("erase", [False, True])
def test_a_text_withheld_as_a_whole_is_told_nowhere(filled, tmp_path, erase) -> None:
    then = filled.clock()
    before = [answers(filled), *lines(filled), *files(filled, tmp_path / "before")]
    assert all(any(word in text for text in before) for word in SECRET)
    hide(filled, erase=erase)
    after = [answers(filled), answers(filled, then), *lines(filled), *files(filled, tmp_path / "after")]
    assert [word for word in SECRET for text in after if word in text] == []
    assert all(LABEL in text and WHOLE in text for text in after[:4])
    assert [check.wrong for check in verify(filled) if check.wrong] == []


def test_only_the_named_words_are_withheld_and_others_give_the_name(filled) -> None:
    at = TEXTS[2019].index("打通")
    hide(filled, (at, at + len("打通望湖路北段")))
    told = answers(filled)
    assert "打通望湖路北段" not in told and "望湖路社区服务站" in told and "900人" in told
    assert all("打通望湖路北段" not in text for text in lines(filled))


def test_a_restored_backup_of_before_is_veiled_too_once_it_obeys(filled, tmp_path) -> None:
    copy, target = tmp_path / "copy.sqlite", tmp_path / "target.sqlite"
    backup(filled, copy)

    def obeys(restored):
        hide(restored, erase=True)
        assert [check.wrong for check in verify(restored) if check.wrong] == []

    restore(copy, str(target), checked=obeys)
    with open_ledger(target) as restored:
        assert not any(word in text for word in SECRET for text in [answers(restored), *lines(restored)])
