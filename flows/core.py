"""The main job without Prefect: read what is new, then store it place by place with what follows from it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from flows.ahead import Ahead
from flows.inputs import Input
from flows.jobs import Job
from flows.progress import Progress
from flows.readers import processes, read_texts
from flows.rereading import catch_up, places_read
from flows.spool import ReadText, Spool
from flows.when_needed import derive
from parsers.refusal import Refused
from storage.ledger import open_ledger
from storage.runs import finish_run, start_run
from storage.sightings import Seen, see_again
from storage.write import Arrival, Derive, places_of_texts, record

if TYPE_CHECKING:
    from storage.arrivals import DocumentOutcome
    from storage.ledger import Ledger
    from storage.runs import Run
    from storage.write import RunOutcome

T = TypeVar("T")

BATCH = 50
"""Documents read in one step."""

STORED = 20
"""About as many documents are stored in one transaction, all of a place together: memory grows with it."""

Reader = Callable[[Sequence[Input], Executor | None], list[ReadText]]
Store = Callable[["Ledger", "Run", Sequence[Arrival], Derive], "RunOutcome"]


@dataclass
class Outcome:
    """What a run did. documents: by status. refusals: (path as given, sentence), in the order given."""

    documents: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    run: str = ""

    def add(self, stored: RunOutcome) -> None:
        """Count in what one batch changed."""
        self.changes.update(stored.changes)
        self.withdrawn.update(stored.withdrawn)
        self.places.update(stored.places)

    def count(self, texts: Sequence[Input], documents: Sequence[DocumentOutcome | None]) -> None:
        """Count in what became of the texts."""
        for text, document in zip(texts, documents, strict=True):
            if document is None:
                continue
            self.documents[document.status] += 1
            if document.status == "refused":
                refused = Refused(document.code or "broken", document.detail or "")
                self.refusals.append((text.given, str(refused)))


def store(ledger: Ledger, run: Run, batch: Sequence[Arrival], derive: Derive = derive) -> RunOutcome:
    """Store one batch and what follows from it, in one transaction; before that, read again what an older
    parser read of the same places."""
    caught_up = catch_up(ledger, run, places_read(batch))
    stored = record(ledger, run, batch, derive)
    stored.changes.update(caught_up.changes)
    stored.withdrawn.update(caught_up.withdrawn)
    return stored


def work(
    job: Job,
    *,
    version: str,
    kind: str = "run",
    reader: Reader = read_texts,
    store: Store = store,
    size: int = BATCH,
) -> Outcome:
    """Do a job. The steps are handed in so that a flow may run the same ones as tasks; kind: the run's."""
    outcome = Outcome()
    with open_ledger(job.ledger.url, mode=job.mode, create=True) as ledger:
        run = start_run(ledger, kind=kind, parser_version=version)
        outcome.run = run.id
        try:
            take(job.inputs, ledger, run, outcome, reader, store, size)
        except BaseException:
            finish_run(ledger, run, status="failed", counts=dict(outcome.documents))
            raise
        finish_run(ledger, run, status="completed", counts=dict(outcome.documents))
    return outcome


def take(
    texts: Sequence[Input],
    ledger: Ledger,
    run: Run,
    outcome: Outcome,
    reader: Reader,
    store: Store,
    size: int,
) -> None:
    """Read texts that are files, store them place by place, and count in what became of them."""
    documents: list[DocumentOutcome | None] = []
    for some in _batches(texts, size * 10):
        documents += known_again(ledger, run, some)
    unread = [number for number, document in enumerate(documents) if document is None]
    with Spool() as spool, processes([texts[number] for number in unread]) as pool:
        progress = Progress(len(unread), "texts read")
        count = 0
        for numbers in _batches(unread, size):
            read = reader([texts[number] for number in numbers], pool)
            for number, text in zip(numbers, read, strict=True):
                spool.add(number, text)
            count += len(numbers)
            progress(count)
        progress = Progress(len(unread), "texts stored")
        done = 0
        ahead = Ahead(pool, _unknown(ledger, spool))
        for stored_now, arrivals in spool.batches(min(size, STORED)):
            stored = store(ledger, run, arrivals, ahead)
            outcome.add(stored)
            for number, document in zip(stored_now, stored.documents, strict=True):
                documents[number] = document
            done += len(arrivals)
            progress(done)
            del arrivals  # else two batches would be in memory while the next one is loaded
    outcome.count(texts, documents)


def _unknown(ledger: Ledger, spool: Spool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The spooled texts of places that the ledger has none of: what follows depends on nothing else."""
    with ledger.reading() as connection:
        known = places_of_texts(connection)
    return (place for place in spool.places() if place[0] not in known)


def known_again(ledger: Ledger, run: Run, texts: Sequence[Input]) -> list[DocumentOutcome | None]:
    """What became of the texts that are as they were at the last run; None for those that have to be read."""
    seen: list[Seen] = []
    numbers: list[int] = []
    for number, text in enumerate(texts):
        try:
            sha256 = hashlib.sha256(text.content()).hexdigest()
            seen.append(Seen(text.source, text.address, sha256, text.declared(), datetime.now(UTC)))
            numbers.append(number)
        except Refused:
            continue
    outcomes: list[DocumentOutcome | None] = [None] * len(texts)
    for number, outcome in zip(numbers, see_again(ledger, run, seen), strict=True):
        outcomes[number] = outcome
    return outcomes


def _batches(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
