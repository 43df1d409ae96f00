"""The log of looks: what is known before the next look, on both databases, and kept on the way down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.connect import begin_writing
from storage.errors import LedgerError
from storage.queries.watching import watched
from storage.runs import start_run
from storage.verify import verify
from storage.watching import Fetch, Listing, known, log_fetches, log_look


def fetched(ledger: Any, address: str = "http://a/1", **more: Any) -> Fetch:
    facts = {"state": "new", "sha256": "5" * 64, "etag": '"e1"', "role": "text", **more}
    return Fetch(address, observed_at=ledger.clock(), **facts)


def test_the_last_fetch_and_the_last_good_one_are_known(ledger: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    good, down = fetched(ledger), fetched(ledger, state="down", sha256=None, etag=None, code="timeout")
    listing = Listing("http://a/1", "http://a/1", "题目", "2026-03-01", None, ledger.clock())
    log_fetches(ledger, run, "chenghu", "spec1", [good], [listing])
    log_fetches(ledger, run, "chenghu", "spec2", [down])
    log_fetches(ledger, run, "another", "spec1", [fetched(ledger, etag='"x"')])
    found = known(ledger, "chenghu")
    assert found.last == {"http://a/1": down}
    assert found.good == {"http://a/1": (good, "spec1")}
    assert found.listings == {"http://a/1": listing}
    assert watched(ledger, ["chenghu"])["chenghu"].faults[0]["code"] == "timeout"


def test_an_entry_that_is_named_otherwise_keeps_the_day_it_was_first_seen(ledger: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    first = Listing("http://a/1", "http://a/1", "旧题", None, None, ledger.clock())
    renamed = replace(first, title="新题", observed_at=first.observed_at + timedelta(days=3))
    log_fetches(ledger, run, "chenghu", "s", [], [first])
    log_fetches(ledger, run, "chenghu", "s", [], [renamed])
    found = known(ledger, "chenghu")
    assert found.listings["http://a/1"].title == "新题"
    assert found.first_seen["http://a/1"] == first.observed_at


def test_looks_are_told_in_order_with_their_figures(ledger: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    for seen, counts in ((True, {"listed": 20, "new": 3, "faults": 0}), (False, {"faults": 1})):
        began = ledger.clock()
        log_look(ledger, run, "chenghu", "s", began, ledger.clock(), seen=seen, counts=counts)
    one, two = watched(ledger)["chenghu"].looks
    assert (one.seen, one.listed, one.new, two.seen, two.listed, two.faults) == (True, 20, 3, False, None, 1)
    assert one.ended_at < two.began_at


def test_the_log_is_append_only_and_the_ledger_stays_sound(ledger: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    log_fetches(ledger, run, "chenghu", "s", [fetched(ledger)])
    with pytest.raises((DBAPIError, LedgerError), match="append-only"), ledger.writing() as connection:
        connection.execute(text("UPDATE fetches SET state = 'gone'"))
    assert [check.wrong for check in verify(ledger) if check.wrong] == []


def test_a_way_down_that_would_lose_the_log_is_refused(ledger: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    log_fetches(ledger, run, "chenghu", "s", [fetched(ledger)])
    lost = pytest.raises(RuntimeError, match="would lose the rows of fetches")
    with lost, begin_writing(ledger.engine, rebuilding=True) as connection:
        migrations.downgrade(connection, "0002")
    assert known(ledger, "chenghu").last
