"""Going back to an older parser: what it read stands again, and nothing that was said is forgotten."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from parsers.reading import Reading
from parsers.refusal import Refused
from storage.export import export_current
from storage.queries import changes, documents, quarantine
from storage.readings import stale_texts
from storage.runs import start_run
from storage.upgrades import places_behind
from storage.verify import verify
from storage.write import record


def fewer(reading: Reading) -> Reading:
    return replace(reading, statements=reading.statements[:1])


def refuses(reading: Reading) -> Refused:
    return Refused("no_statement", "invented")


@pytest.mark.parametrize("other", [fewer, refuses])
def test_an_older_parser_that_is_gone_back_to_counts_again(ledger, world, other) -> None:
    arrival = world.arrival("a.txt", world.text("道路 3", "桥 2"), year="2018")
    later = replace(arrival, outcome=other(arrival.outcome))

    def read(version, one):
        run = start_run(ledger, kind="reparse", parser_version=version)
        return record(ledger, run, [one], world.derive)

    def current():
        stream = io.StringIO()
        export_current(ledger, stream)
        return stream.getvalue()

    read("p1", arrival)
    first, said = current(), changes(ledger).entries
    read("p2", later)
    assert current() != first
    between, then = changes(ledger).entries, ledger.clock()
    assert [text.sha256 for text in stale_texts(ledger, "p1")]
    assert bool(places_behind(ledger, "p1")) == (other is fewer)  # what was refused waits in quarantine
    assert read("p1", arrival).documents[0].status == "reread"
    assert current() == first
    assert [d["parser_version"] for d in documents(ledger)] == ["p1"]
    assert not list(stale_texts(ledger, "p1")) and not places_behind(ledger, "p1")
    assert [e["id"] for e in changes(ledger).entries] == [e["id"] for e in said]
    assert changes(ledger, known_at=then).entries == between
    assert quarantine(ledger) == []
    assert read("p1", arrival).commit is None
    assert [c.wrong for c in verify(ledger, derive=world.derive, parser_version="p1") if c.wrong] == []
