"""Statements and members are found by their keys without reading them all."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select, text

from audit.targets import target
from storage.asking import Prepared
from storage.by_key import begins, has_key, key_of, same_key
from storage.models import MemberRow, StatementRow
from storage.queries.named import namings
from storage.queries.naming import names_then
from storage.runs import start_run
from storage.write import record

OF_THREAD = select(MemberRow.key).where(MemberRow.commitment_seq == 1)
QUESTIONS = {
    "keys of statements": select(StatementRow.subject).where(has_key(StatementRow.key, "keys")),
    "in order": select(StatementRow.subject)
    .where(has_key(StatementRow.key, "keys"))
    .order_by(StatementRow.reading_seq, StatementRow.ordinal),
    "keys of members": select(MemberRow.commitment_seq).where(has_key(MemberRow.key, "keys")),
    "statements of a thread": select(StatementRow.subject).where(key_of(StatementRow.key, OF_THREAD)),
    "joined": select(StatementRow.subject)
    .join(MemberRow, same_key(StatementRow.key, MemberRow.key))
    .where(MemberRow.commitment_seq == 1),
    "beginning of a key": select(StatementRow.subject).where(
        begins(StatementRow.key).between(bindparam("first"), bindparam("last"))
    ),
}


@pytest.fixture
def held(ledger, world):
    run = start_run(ledger, kind="run", parser_version="p1")
    told = [world.arrival(f"{y}.txt", world.text("道路 12", f"公园 {y}"), year=f"{y}") for y in (2018, 2019)]
    record(ledger, run, told, world.derive)
    return ledger


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_by_key_uses_an_index_of_keys(held, question) -> None:
    with held.reading() as connection:
        if connection.dialect.name == "postgresql":
            # A table of ten rows is read whole, or in the order wanted, whatever other indexes it has.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            connection.execute(text("SET LOCAL enable_indexscan = off"))
        asked = Prepared(question).on(connection.dialect)
        given = {"keys": ["ab" * 32]} if "keys" in asked.into else {"first": "ab", "last": "abg"}
        values = asked.parameters({name: value for name, value in given.items() if name in asked.given})
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        driver = connection.connection.dbapi_connection
        plan = str(driver.execute(explain + asked.sql, values).fetchall())
    assert "ix_statements_key" in plan or "ix_members_key" in plan
    assert "SCAN statements" not in plan and "SCAN members" not in plan


def test_keys_that_begin_alike_are_told_apart(held) -> None:
    with held.reading() as connection:
        key = connection.execute(select(StatementRow.key).order_by(StatementRow.key).limit(1)).scalar_one()
        other = key[:63] + ("0" if key[63] != "0" else "1")
        query = select(StatementRow.key).where(has_key(StatementRow.key, "keys"))
        assert connection.execute(query, {"keys": [other]}).scalars().all() == []
        assert connection.execute(query, {"keys": [other, key]}).scalars().all() == [key]
        assert names_then(connection, [other]) == {}
        assert names_then(connection, [key]).keys() == {key}
        assert namings(connection, "示例省云州市云溪区", 1) == []


@pytest.mark.parametrize("digits", [6, 8, 9, 64])
def test_a_statement_is_named_by_as_many_digits_as_one_likes(held, digits) -> None:
    with held.reading() as connection:
        keys = list(connection.execute(select(StatementRow.key)).scalars())
    named = [target(held, key[:digits]) for key in keys]
    assert {one.what for one in named} == {"statement"}
    assert len({one.evidence for one in named}) == len(keys) > 1
