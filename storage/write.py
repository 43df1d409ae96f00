"""Recording: what arrived and all that follows from it, in one transaction under the writer lock."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage import sketches
from storage.arrivals import Arrival, DocumentOutcome, RunOutcome
from storage.batch import Batch
from storage.conclusions import Conclusions, conclusions
from storage.intake import Intake, take_in
from storage.ledger import Ledger
from storage.models import ReadingRow
from storage.readings import documents_of_places, later_readings, versions_of
from storage.reconcile import Holding, holding, reconcile
from storage.remembered import remember, state_of, token
from storage.ruling_rows import rulings_held
from storage.runs import Run
from storage.searching.index import catch_up
from storage.standing import DocumentState, Link, states_of
from tracking.model import Derived, Version
from tracking.rulings import Ruling, in_force

__all__ = ["Arrival", "DocumentOutcome", "RunOutcome", "record"]

Derive = Callable[..., Sequence[Derived] | Conclusions]
"""What follows from all versions of one place's documents, and from the rulings on them if there are any:
derive(versions) or derive(versions, rulings). A pure function; one that knows the answer already may give it
as rows.

One with a method `known(versions)` is `tracking.derive.derive` in a form that may be replaced by what is
remembered of the place (`storage.place_memory`): it is only asked for an answer that it has ready."""


def record(
    ledger: Ledger,
    run: Run,
    arrivals: Sequence[Arrival],
    derive: Derive,
    *,
    rederive: Collection[str] = (),
) -> RunOutcome:
    """Store the arrivals, derive their places anew, and append what changed; all of it or nothing.

    derive is called once for each place whose standing texts changed, with every version of the documents
    of that place, the old ones of edited pages too. rederive: codes of further places ("*": all) whose
    conclusions to check, after an upgrade of tracking. Recording the same again appends nothing but that
    it was seen. Raises LedgerError; the ledger is then as it was.
    """
    with _collector_paused(), ledger.writing() as connection:
        batch = Batch(connection, run.seq, run.id)
        decided = rulings_held(connection)
        causes = dict.fromkeys(places_of_texts(connection) if "*" in rederive else rederive, "parser")
        return append(batch, arrivals, derive, run.parser_version, decided, causes, ledger.clock)


def append(
    batch: Batch,
    arrivals: Sequence[Arrival],
    derive: Derive,
    parser_version: str,
    decided: Sequence[Ruling],
    because: Mapping[str, str],
    clock: Callable[[], datetime],
) -> RunOutcome:
    """The inside of a write: take the arrivals in, conclude anew where they or `because` (place code to
    cause) ask for it, under the rulings `decided`, and close the batch."""
    before = _lines(batch, arrivals)
    intake = take_in(batch, arrivals, parser_version)
    for name, state in intake.states.items():
        batch.difference.stands(_standing(before.get(name, [])), _standing(state.line()))
    causes = dict.fromkeys(_touched(before, intake), "parser")
    for name in intake.observed:
        for link in (*before.get(name, ()), *intake.states[name].line()):
            causes[link.place_code] = "document"
    causes = {**because, **causes}
    outcome = RunOutcome(documents=intake.outcomes, places=tuple(sorted(causes)))
    # Before they are sorted by place: what takes a ruling back cites no text.
    decided = [ruling for ruling in in_force(decided) if ruling.kind != "withhold"]
    for code in outcome.places:
        links = _scope(batch, intake, code)
        versions = versions_of(batch.connection, links, intake.readings, load=later_readings)
        texts = {version.sha256 for version in versions}
        bearing = [r for r in decided if any(cited.sha256 in texts for cited in r.evidence)]
        held = holding(batch, code)
        named = Texts(versions, bearing, _tokens(links, versions))
        concluded = _concluded(batch, code, derive, named, parser_version, held)
        del versions, named
        asserted, withdrawn = reconcile(batch, code, concluded, causes[code], held)
        remember(batch.connection, code, parser_version, state_of(held), concluded.memory)
        outcome.changes += asserted
        outcome.withdrawn += withdrawn
    outcome.commit = batch.close(clock)
    catch_up(batch.connection, intake.readings)
    sketches.catch_up(batch.connection, intake.readings)
    outcome.head = batch.head
    return outcome


def _concluded(
    batch: Batch,
    code: str,
    derive: Derive,
    texts: Texts,
    parser_version: str,
    held: Holding,
) -> Conclusions:
    """What follows from the texts of a place; by what is remembered of them, where `derive` allows that."""
    known = getattr(derive, "known", None)
    versions, rulings = texts.versions, texts.rulings
    if known is None:
        found = derive(versions, rulings) if rulings else derive(versions)
        return found if isinstance(found, Conclusions) else conclusions(versions, found)
    done: Conclusions | None = None if rulings else known(versions)
    if done is not None:
        return done
    from storage.place_memory import concluded, recall

    memory = recall(batch.connection, code, parser_version, held)
    done = concluded(versions, rulings, texts.tokens, memory)
    if all(kept <= held[model].keys() for model, kept in done.kept.items()):
        return done
    return concluded(versions, rulings, texts.tokens)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a place, the rulings on them, and by hash a name of how each was read."""

    versions: Sequence[Version]
    rulings: Sequence[Ruling]
    tokens: Mapping[str, str]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: a batch is a million live objects without cycles, and walking them
    again and again takes a sixth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _lines(batch: Batch, arrivals: Sequence[Arrival]) -> dict[str, list[Link]]:
    """How the versions of the arrivals' documents stand before they are taken in."""
    states = states_of(batch.connection, ids={a.document_id for a in arrivals})
    return {name: state.line() for name, state in states.items()}


def _standing(line: Sequence[Link]) -> int | None:
    """Number of the reading that a document stands by."""
    return line[-1].reading_seq if line else None


def _touched(before: dict[str, list[Link]], intake: Intake) -> set[str]:
    """Codes of the places in which a text now stands otherwise, or by another reading."""
    touched: set[str] = set()
    for name, state in intake.states.items():
        old, new = before.get(name, []), state.line()
        if old != new:
            touched.update(link.place_code for link in (*old, *new))
    return touched


def places_of_texts(connection: Connection) -> set[str]:
    """Codes of all places that texts were read as."""
    query = select(ReadingRow.place_code).where(ReadingRow.refused.is_(None)).distinct()
    return set(connection.execute(query).scalars())


def _tokens(links: Sequence[tuple[DocumentState, Link]], versions: Sequence[Version]) -> dict[str, str]:
    """Names of how versions were read: a reading is a pure function of these."""
    parsers = {head.seq: head.parser_version for state, _ in links for head in state.heads}
    by = {(link.sha256, state.id): parsers[link.reading_seq] for state, link in links}
    return {v.sha256: token(v.document, v.reading.declared, by[v.sha256, v.document]) for v in versions}


def _scope(batch: Batch, intake: Intake, code: str) -> list[tuple[DocumentState, Link]]:
    """The versions that stand, or stood, as texts of a place."""
    arrived = {state.seq for state in intake.states.values()}
    others = documents_of_places(batch.connection, [code]) - arrived
    stored = states_of(batch.connection, seqs=others)
    return [
        (state, link)
        for state in (*stored.values(), *intake.states.values())
        for link in state.line()
        if link.place_code == code
    ]
