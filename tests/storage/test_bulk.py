"""Many rows come back as they were handed in, whatever they all say alike."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select, text

from storage.batch import HELD
from storage.bulk import MANY, insert_rows
from storage.models import PlaceRow
from storage.readings import load_readings
from storage.runs import start_run
from storage.verify import verify
from storage.write import record

WORDS = ("O'云溪区", "?", ":name", "%s", '"', "\\", "--", "a;b", "半\n行", "长" * 40, "", "1")


def test_a_word_that_all_rows_share_is_stored_as_it_is(ledger) -> None:
    rows = []
    for at, word in enumerate(WORDS):
        shared = {"name": word, "level": "district", "entry_hash": "h", "commit_seq": 1}
        rows.append(
            [{"seq": at * MANY + n, "code": str(at * MANY + n), **shared} for n in range(1, MANY + 1)]
        )
    with ledger.writing() as connection:
        for some in rows:
            insert_rows(connection, PlaceRow, some)
        found = connection.execute(select(*PlaceRow.__table__.c).order_by(PlaceRow.seq)).mappings().all()
    assert [dict(row) for row in found] == [row for some in rows for row in some]


def test_a_column_that_one_row_of_many_fills_is_kept(ledger, world) -> None:
    lines = [f"道路{n} {n}" for n in range(MANY + 9)]
    arrival = world.arrival("a.txt", world.text(*lines), year="2020")
    said = list(arrival.outcome.statements)
    said[MANY // 2].stage, said[3].doubtful, said[4].absent = "开工", True, True
    run = start_run(ledger, kind="run", parser_version="p1")
    record(ledger, run, [arrival], world.derive)
    with ledger.reading() as connection:
        assert load_readings(connection, [1])[1].statements == tuple(said)


def indexes(ledger) -> set[tuple[str, str]]:
    """Names and words of the indexes of statements and members."""
    listed = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('statements', 'members')"
        if ledger.dialect == "sqlite"
        else "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('statements', 'members')"
    )
    with ledger.reading() as connection:
        return {(name, words) for name, words in connection.execute(text(listed))}


def test_indexes_that_were_put_off_are_made_by_the_same_words(ledger, world) -> None:
    before = indexes(ledger)
    assert len(before) == 4
    run = start_run(ledger, kind="run", parser_version="p1")
    lines = [f"道路{n} {n}" for n in range(HELD + 9)]
    arrival = world.arrival("a.txt", world.text(*lines), year="2020")

    said: list[str] = []
    event.listen(ledger.engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    def derive(versions):
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        record(ledger, run, [arrival], derive)
    assert indexes(ledger) == before
    assert any(one.startswith("DROP INDEX") for one in said) == (ledger.dialect == "sqlite")
    record(ledger, run, [arrival], world.derive)
    assert indexes(ledger) == before
    assert [check.wrong for check in verify(ledger) if check.wrong] == []
