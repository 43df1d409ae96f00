"""The invariants of the ledger over random histories of documents, edits, late arrivals and refusals."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.export import export_current, export_full
from storage.ledger import Ledger, open_ledger
from storage.queries import changes, commitments, editions
from storage.runs import start_run
from storage.verify import verify
from storage.write import record

LINES = st.lists(
    st.sampled_from(["道路 1", "道路 2", "桥 1", "桥 2", "学校 1", "公园 7", "拒"]), max_size=4, unique=True
)
OBSERVATION = st.tuples(
    st.sampled_from(["a.txt", "x/a.txt", "b.txt"]),
    LINES,
    st.sampled_from(["", "visits: 1", "visits: 2"]),
    st.integers(0, 5),
    st.sampled_from([None, "2018", "2019"]),
    st.sampled_from([None, "云溪区", "云泽区"]),
)
HISTORY = st.lists(OBSERVATION, max_size=8)
SLOW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@contextmanager
def fresh(empty_file: Path, clock=None) -> Iterator[Ledger]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        shutil.copy(empty_file, path)
        with open_ledger(path, clock=clock) as ledger:
            yield ledger


def arrivals_of(world, history):
    return [
        world.arrival(name, world.text(*lines, furniture=furniture), day=day, year=year, district=district)
        for name, lines, furniture, day, year, district in history
    ]


def current(ledger: Ledger) -> str:
    stream = io.StringIO()
    export_current(ledger, stream)
    return stream.getvalue()


def batches(draw, items):
    rest = list(items)
    while rest:
        size = draw(st.integers(1, len(rest)))
        yield rest[:size]
        rest = rest[size:]


@SLOW
@given(HISTORY, st.data())
def test_order_and_batching_do_not_matter(empty_file, world, history, data) -> None:
    exports = []
    for order in (history, data.draw(st.permutations(history))):
        with fresh(empty_file) as ledger:
            run = start_run(ledger, kind="run", parser_version="p1")
            for some in batches(data.draw, arrivals_of(world, order)):
                record(ledger, run, some, world.derive)
            exports.append(current(ledger))
            assert [check.wrong for check in verify(ledger) if check.wrong] == []
    assert exports[0] == exports[1]


@SLOW
@given(HISTORY)
def test_recording_again_adds_no_fact(empty_file, world, history) -> None:
    with fresh(empty_file) as ledger:
        run = start_run(ledger, kind="run", parser_version="p1")
        arrivals = arrivals_of(world, history)
        head = record(ledger, run, arrivals, world.derive).head
        again = record(ledger, run, arrivals, world.derive, rederive=["*"])
        assert (again.commit, again.head) == (None, head)
        assert not again.changes and not again.withdrawn


@SLOW
@given(HISTORY)
def test_what_was_said_at_any_time_is_said_again_later(empty_file, world, clock, history) -> None:
    def said(ledger: Ledger, at=None):
        return (
            changes(ledger, known_at=at).entries,
            changes(ledger, known_at=at, include_all=True).entries,
            commitments(ledger, known_at=at),
            editions(ledger, known_at=at),
        )

    with fresh(empty_file, clock) as ledger:
        run = start_run(ledger, kind="run", parser_version="p1")
        past = []
        for arrival in arrivals_of(world, history):
            record(ledger, run, [arrival], world.derive)
            past.append((ledger.clock(), said(ledger)))
        for at, then in past:
            assert said(ledger, at) == then


@SLOW
@given(HISTORY)
def test_every_quote_is_the_raw_text_at_its_offsets(empty_file, world, history) -> None:
    arrivals = arrivals_of(world, history)
    raw = {sha256(arrival.content).hexdigest(): arrival.content.decode() for arrival in arrivals}
    with fresh(empty_file) as ledger:
        run = start_run(ledger, kind="run", parser_version="p1")
        record(ledger, run, arrivals, world.derive)
        for entry in changes(ledger, include_all=True).entries:
            for cited in entry["evidence"]:
                text = raw[cited["sha256"]]
                assert cited["quote"] == "".join(text[start:end] for start, end in cited["spans"])


def test_both_databases_hold_the_same_rows(tmp_path, postgres, world, clock) -> None:
    exports = []
    start = clock.now
    for database in (str(tmp_path / "ledger.db"), postgres()):
        clock.now = start
        with open_ledger(database, mode="demo", create=True, clock=clock) as ledger:
            run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
            for year in (2018, 2020, 2019):
                lines = world.text(f"道路 {year}", f"桥 {year % 2}")
                record(ledger, run, [world.arrival(f"{year}.txt", lines, year=str(year))], world.derive)
            record(ledger, run, [world.arrival("c.txt", world.text("拒"))], world.derive)
            stream = io.StringIO()
            export_full(ledger, stream)
            exports.append((stream.getvalue(), current(ledger)))
    assert exports[0] == exports[1]
    assert len(exports[0][0].splitlines()) > 40
