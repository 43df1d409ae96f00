"""Questions that go to the driver as they are: the same on both databases, whatever the keys hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Text, bindparam, column, select, table, text

from storage.among import among
from storage.asking import Ask, Prepared, ask, rows_of, together
from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.queries.facts import ask_commits
from storage.runs import start_run
from storage.selecting import horizon, last_commit
from storage.write import record

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
_IS_ONE = Prepared(
    select(bindparam("own", type_=Text).label("own")).where(among(bindparam("own", type_=Text), "names"))
)
_NUMBER = Prepared(
    select(bindparam("own", type_=BigInteger).label("own")).where(
        among(bindparam("own", type_=BigInteger), "numbers")
    )
)
_NOWHERE = Prepared(select(column("x")).select_from(table("nowhere")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(WORDS, st.lists(WORDS, max_size=4))
@example('a"b\\c', ['a"b\\c', "{,}"])
@example("NULL", ["null", ""])
@example("50%_:x", ["50%_:x"])
def test_a_list_of_words_means_these_words(ledger: Ledger, own: str, names: list[str]) -> None:
    with ledger.reading() as connection:
        found = ask(connection, Ask(rows_of, _IS_ONE, {"own": own, "names": names}))
    assert [row.own for row in found] == [own] * (own in names)


def test_numbers_are_numbers_however_large(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        for own, numbers in ((1, [1]), (2**40, [1, 2**40]), (-3, [3]), (7, [])):
            found = ask(connection, Ask(rows_of, _NUMBER, {"own": own, "numbers": numbers}))
            assert [row.own for row in found] == [own] * (own in numbers)


def test_several_questions_are_answered_each_with_its_own(ledger: Ledger, world) -> None:
    run = start_run(ledger, kind="run", parser_version="1")
    record(ledger, run, [world.arrival("a.txt", world.text("道路 3"), year="2018")], world.derive)
    with ledger.reading() as connection:
        last, nothing, when, word = together(
            connection,
            last_commit(None),
            Ask(len),
            ask_commits([1, 2, 3]),
            Ask(rows_of, _IS_ONE, {"own": "a", "names": ["a"]}),
            by_key=True,
        )
        assert last == horizon(connection, None) > 0
        assert nothing == 0
        assert set(when) == set(range(1, last + 1))
        assert all(at.recorded_at.tzinfo is UTC for at in when.values())
        assert [row.own for row in word] == ["a"]
        assert horizon(connection, datetime(1990, 1, 1, tzinfo=UTC)) == 0


def test_plans_are_kept_until_the_transaction_ends_and_no_longer(ledger: Ledger) -> None:
    if ledger.dialect != "postgresql":
        pytest.skip("SQLite plans a statement when it prepares it")
    with ledger.reading() as connection:
        together(connection, last_commit(None), by_key=True)
        assert connection.execute(text("SHOW plan_cache_mode")).scalar() == "force_generic_plan"
    with ledger.reading() as connection:
        assert connection.execute(text("SHOW plan_cache_mode")).scalar() == "auto"


def test_what_a_database_refuses_is_one_sentence_and_the_next_question_is_answered(ledger: Ledger) -> None:
    for others in ((), (last_commit(None),)):
        with pytest.raises(LedgerError), ledger.reading() as connection:
            together(connection, Ask(rows_of, _NOWHERE), *others)
    with ledger.reading() as connection:
        assert horizon(connection, None) == 0
