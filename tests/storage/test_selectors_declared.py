"""How a page is cut is no fact about it: cut otherwise, the same bytes are read again, as one version."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from parsers.reading import Declared
from parsers.selectors import Selectors
from storage.models import ChangeRow
from storage.queries import changes, documents
from storage.reading_rows import declared_from, declared_key, declared_text
from storage.runs import start_run
from storage.sightings import Seen, see_again
from storage.write import Arrival, record


def cut(arrival: Arrival, body: str, content: str, world: Any) -> Arrival:
    """An arrival as it is read with a selector."""
    declared = replace(arrival.declared, selectors=Selectors(body=body))
    return replace(arrival, declared=declared, outcome=replace(world.read(content, declared)))


def test_a_better_cut_of_the_same_bytes_replaces_the_reading_and_announces_nothing(
    ledger: Any, world: Any
) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    whole, part = world.text("道路 3", "公园 5"), world.text("道路 3")
    first = cut(world.arrival("a", whole), ".all", whole, world)
    record(ledger, run, [first], world.derive)
    better = cut(replace(first, observed_at=first.observed_at + timedelta(days=1)), ".text", part, world)
    stored = record(ledger, run, [better], world.derive)
    assert [d.status for d in stored.documents] == ["reread"]
    assert dict(stored.withdrawn) == {"new": 1} and not stored.changes
    with ledger.reading() as connection:
        query = select(ChangeRow.cause).where(ChangeRow.op == "withdraw")
        assert set(connection.execute(query).scalars()) == {"parser"}, "our reading was wrong, not the text"
    assert [d["versions"] for d in documents(ledger)] == [1]


def test_a_new_layout_cut_otherwise_is_the_same_version(ledger: Any, world: Any) -> None:
    run = start_run(ledger, kind="ingest", parser_version="p1")
    old, new = world.text("道路 3"), world.text("道路 3", furniture="another layout")
    record(ledger, run, [cut(world.arrival("a", old), ".old", old, world)], world.derive)
    before = [e["id"] for e in changes(ledger).entries]
    later = cut(world.arrival("a", new, day=1), ".new", new, world)
    stored = record(ledger, run, [later], world.derive)
    assert [d.status for d in stored.documents] == ["unchanged"]
    assert [e["id"] for e in changes(ledger).entries] == before and not stored.withdrawn
    # The bytes of the new layout are known by now: the server's “not modified” is enough.
    content = new.encode()
    from storage.canonical import digest

    seen = Seen("invented", "a", digest(content), later.declared, later.observed_at + timedelta(days=1))
    [outcome] = see_again(ledger, run, [seen])
    assert outcome is not None and outcome.status == "unchanged"


@given(
    st.builds(
        Declared,
        district=st.none() | st.just("云溪区"),
        published=st.none() | st.just("2020"),
        selectors=st.none()
        | st.builds(
            Selectors,
            body=st.none() | st.just("#a"),
            title=st.none() | st.just("h1"),
            drop=st.sampled_from([(), (".x",), (".x", ".y")]),
        ),
    )
)
def test_declarations_come_back_as_they_were_and_are_known_by_their_facts(declared: Declared) -> None:
    back = declared_from(declared_text(declared))
    assert back == declared or (
        declared.selectors == Selectors() and back == replace(declared, selectors=None)
    )
    assert declared_key(declared) == declared_key(replace(declared, selectors=None))


@pytest.mark.parametrize("key", ["selectors"])
def test_side_files_do_not_speak_of_selectors(key: str) -> None:
    from flows.sidefile import KEYS

    assert key not in KEYS
