"""Many rows come back as they were handed in, whatever they all say alike."""

from __future__ import annotations

from sqlalchemy import select

from storage.bulk import MANY, insert_rows
from storage.models import PlaceRow
from storage.readings import load_readings
from storage.runs import start_run
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
