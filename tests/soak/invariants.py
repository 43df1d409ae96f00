"""The invariants of the ledger, as the design has them: each takes one and raises where it does not hold.

The first and the fifth need a second ledger and a past: `test_histories` holds them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from flows import rereading
from parsers.reading import Reading
from parsers.refusal import Refused
from storage.export import export_current
from storage.ledger import Ledger
from storage.models import Document, VersionRow
from storage.place_texts import place_versions, rulings_on
from storage.queries import changes, quarantine
from storage.readings import text_of
from storage.runs import start_run
from storage.verify import verify
from storage.write import places_of_texts, record
from tests.soak.histories import Parser, Text
from tracking.comparison import replay
from tracking.decisions import Decisions
from tracking.derive import derive, mentions_told
from tracking.keys import commitment_id
from tracking.model import FieldChange
from tracking.stories import story_of


def nothing_new_changes_nothing(ledger: Ledger, texts: Sequence[Text]) -> None:
    """2. All texts again, all places concluded anew: no row, no entry."""
    before = current(ledger)
    run = start_run(ledger, kind="run", parser_version=Parser.version)
    again = record(ledger, run, [text.arrival() for text in texts], derive, rederive=["*"])
    assert again.commit is None and not again.changes and not again.withdrawn
    assert rereading.reparse(ledger, Parser.version).texts == {}
    assert current(ledger) == before


def deltas_replay(ledger: Ledger) -> None:
    """3. From a commitment's first telling, the logged field changes lead to its last."""
    logged: dict[str, list[dict[str, Any]]] = {}
    for entry in changes(ledger, include_all=True).entries:
        if entry["superseded_by"] is None:
            logged.setdefault(entry["commitment"]["id"], []).append(entry)
    with ledger.reading() as connection:
        for code in sorted(places_of_texts(connection)):
            versions = place_versions(connection, code)
            decided = Decisions({v.sha256: v for v in versions}, rulings_on(connection, versions))
            known = {c.id: c for d in derive(versions, decided.rulings) for c in d.commitments}
            for owner, mentions in mentions_told(versions, decided):
                for thread in decided.threads(mentions):
                    name = commitment_id(
                        owner.code, f"{owner.level} {owner.name}", (m.id for m in thread.mentions)
                    )
                    if name in known:
                        _replayed(story_of(owner, known[name], thread), logged.get(name, []))


def _replayed(story: Any, logged: Sequence[dict[str, Any]]) -> None:
    tellings = {m.key: t for c in story.chapters for t in c.tellings if not t.absent for m in t.mentions}
    order = list(tellings)
    told = [e for e in logged if e["change"] in ("new", "restated", "changed", "revived")]
    told.sort(key=lambda e: order.index(e["about"]))
    if not told:
        assert not tellings
        return
    state = tellings[told[0]["about"]].payload
    for entry in told[1:]:
        state = replay(state, [_field(name, one) for name, one in entry["fields"].items()])
    last = tellings[told[-1]["about"]].payload
    for term, value in last.items():
        if term not in ("listed", "components") and value is not None:
            assert state.get(term) == value, (story.commitment.title, term, state, last)


def _field(name: str, one: dict[str, Any]) -> FieldChange:
    sets = {k: tuple(one.get(k, ())) for k in ("added", "removed", "kept")}
    return FieldChange(name, one["old"], one["new"], one["direction"], **sets)


def evidence_holds(ledger: Ledger, texts: Sequence[Text]) -> None:
    """4. Conclusions follow anew from what they cite, and every quote stands in the bytes handed in."""
    checks = list(verify(ledger, derive=derive, parser_version=Parser.version))
    assert [check for check in checks if check.wrong or "older parser" in check.note] == []
    raw = {text.sha256: text.content.decode() for text in texts}
    for entry in changes(ledger, include_all=True).entries:
        assert entry["evidence"]
        for piece in entry["evidence"]:
            words = "".join(raw[piece["sha256"]][start:end] for start, end in piece["spans"])
            assert piece["quote"] == words or piece.get("withheld")


def told(text: Text) -> Any:
    """What a text says, without what stands round it."""
    return replace(text, visits=0, day=0)


def nothing_is_lost(ledger: Ledger, texts: Sequence[Text]) -> None:
    """6. Every text handed in stands as a version of its address, or as the page round one, or is held with
    its reason."""
    with ledger.reading() as connection:
        query = select(Document.locator, VersionRow.sha256).join(
            VersionRow, VersionRow.document_seq == Document.seq
        )
        versions = {tuple(row) for row in connection.execute(query)}
    held = {(q["sha256"], q["code"]) for q in quarantine(ledger, closed=True)}
    for text in texts:
        outcome = text.arrival().outcome
        if isinstance(outcome, Refused):
            assert (text.sha256, outcome.code) in held
            assert text_of(ledger, text.sha256) if (text.name, text.sha256) in versions else True
        elif (text.name, text.sha256) not in versions:
            bodies = {
                other.arrival().outcome.body_sha256  # type: ignore[union-attr]
                for other in texts
                if (other.name, other.sha256) in versions and isinstance(other.arrival().outcome, Reading)
            }
            assert outcome.body_sha256 in bodies


def current(ledger: Ledger) -> str:
    stream = io.StringIO()
    export_current(ledger, stream)
    return stream.getvalue()
