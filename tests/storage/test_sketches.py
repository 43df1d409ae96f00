"""A text typed anew under another place is said to stand there too, on either database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from parsers.read import read
from parsers.reading import Declared
from storage import migrations
from storage.connect import begin_writing
from storage.ledger import open_ledger
from storage.queries import editions
from storage.rulings import record_rulings
from storage.runs import start_run
from storage.sketches import SKETCHES, nearly_equal
from storage.write import Arrival, record
from tracking.derive import derive
from tracking.rulings import Cited, Ruling

AT = datetime(2026, 5, 1, tzinfo=UTC)
HERE, THERE = "云川市澄湖区", "云川市南麓区"
PLAN = (
    "2019年工作要点",
    "2019年，城镇新增就业900人以上，地区生产总值增长8个百分点左右。",
    "2019年，新建停车泊位300个以上，建成口袋公园12处以上，改造老旧小区25个小区。",
    "2019年，引进亿元项目16个以上，建成社区服务站7处以上，新建学校3所小学。",
)
OTHER = (
    "2019年工作要点",
    "2019年，城镇新增就业820人以上，地区生产总值增长7个百分点左右。",
    "2019年，新建停车泊位450个以上，建成口袋公园9处以上，改造老旧小区31个小区。",
    "2019年，引进亿元项目22个以上，建成社区服务站5处以上，新建学校2所小学。",
)
TYPED = "".join(f"{line}\r\n" for line in ("来源：澄湖发布", *PLAN, "责任编辑：某某")).replace("，", ",")


def put(ledger, name, content, place, day=0):
    declared = Declared(place, "district", "2019", type="report")
    outcome = read(content.encode(), name, declared)
    arrival = Arrival("invented", name, content.encode(), AT + timedelta(days=day), outcome, declared)
    run = start_run(ledger, kind="run", parser_version="p1")
    return record(ledger, run, [arrival], derive).documents[0]


def remarks(ledger, **asked):
    return {
        edition["district"]: [one for one in edition["remarks"] if "also filed" in one]
        for edition in editions(ledger, **asked)
    }


def test_a_copy_typed_anew_under_another_place_is_told_in_both(ledger) -> None:
    put(ledger, "a.txt", "\n".join(PLAN), HERE)
    put(ledger, "c.txt", "\n".join(OTHER), "云川市北岭区")
    before = ledger.clock()
    put(ledger, "b.txt", TYPED, THERE, 1)
    assert remarks(ledger) == {
        HERE: [f"nearly the same text is also filed under {THERE}"],
        THERE: [f"nearly the same text is also filed under {HERE}"],
        "云川市北岭区": [],
    }
    assert remarks(ledger, known_at=before) == {HERE: [], "云川市北岭区": []}
    put(ledger, "b.txt", TYPED, HERE, 2)  # handed in again under the right place
    assert remarks(ledger)[HERE] == []


def test_an_older_ledger_is_sketched_when_it_is_next_opened_for_writing(database) -> None:
    with open_ledger(database, create=True) as ledger:
        put(ledger, "a.txt", "\n".join(PLAN), HERE)
        put(ledger, "b.txt", TYPED, THERE)
        told = remarks(ledger)
        with begin_writing(ledger.engine, rebuilding=True) as connection:
            migrations.downgrade(connection, "0011")
    with open_ledger(database, create=True) as ledger:
        assert remarks(ledger) == told
        assert any(told.values())


def test_nothing_of_erased_words_is_left_in_a_sketch(ledger) -> None:
    done = put(ledger, "a.txt", "\n".join(PLAN), HERE)
    put(ledger, "b.txt", TYPED, THERE)
    ruling = Ruling("withhold", (Cited(done.sha256, ()),), "甲", "命令", AT, {"erase": True})
    run = start_run(ledger, kind="ruling", parser_version="p1")
    record_rulings(ledger, run, [ruling], derive)
    typed = sha256(TYPED.encode()).hexdigest()
    with ledger.reading() as connection:
        assert nearly_equal(connection, [done.sha256, typed], 10**9) == {typed: set()}
        assert len(connection.execute(select(SKETCHES.c.reading_seq).distinct()).all()) == 2
