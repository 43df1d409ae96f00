"""The main job without Prefect: read texts in batches, store each batch with what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from flows.inputs import Input
from flows.jobs import Job
from flows.progress import Progress
from flows.rereading import catch_up, places_read
from parsers.read import read
from parsers.reading import Reading
from parsers.refusal import Refused
from storage.ledger import open_ledger
from storage.runs import finish_run, start_run
from storage.write import Arrival, record
from tracking.derive import derive

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from storage.runs import Run
    from storage.write import RunOutcome

BATCH = 50
"""Documents read in one step and stored in one transaction."""

Reader = Callable[[Sequence[Input]], list[Arrival]]
Store = Callable[["Ledger", "Run", Sequence[Arrival]], "RunOutcome"]


@dataclass
class Outcome:
    """What a run did. documents: by status. refusals: (path as given, sentence)."""

    documents: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    run: str = ""

    def add(self, texts: Sequence[Input], stored: RunOutcome) -> None:
        """Count in what became of one batch."""
        for text, document in zip(texts, stored.documents, strict=True):
            self.documents[document.status] += 1
            if document.status == "refused":
                self.refusals.append(
                    (text.given, str(Refused(document.code or "broken", document.detail or "")))
                )
        self.changes.update(stored.changes)
        self.withdrawn.update(stored.withdrawn)
        self.places.update(stored.places)


def arrivals(texts: Sequence[Input]) -> list[Arrival]:
    """Read one batch; a text that cannot be read becomes an arrival with its refusal."""
    return [_arrival(text) for text in texts]


def store(ledger: Ledger, run: Run, batch: Sequence[Arrival]) -> RunOutcome:
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
    reader: Reader = arrivals,
    store: Store = store,
    size: int = BATCH,
) -> Outcome:
    """Do a job. The steps are handed in so that a flow may run the same ones as tasks."""
    outcome = Outcome()
    progress = Progress(len(job.inputs))
    with open_ledger(job.ledger.url, mode=job.mode, create=True) as ledger:
        run = start_run(ledger, kind="run", parser_version=version)
        outcome.run = str(run.id)
        try:
            for batch in _batches(job.inputs, size):
                outcome.add(batch, store(ledger, run, reader(batch)))
                progress(sum(outcome.documents.values()))
        except BaseException:
            finish_run(ledger, run, status="failed", counts=dict(outcome.documents))
            raise
        finish_run(ledger, run, status="completed", counts=dict(outcome.documents))
    return outcome


def _arrival(text: Input) -> Arrival:
    content: bytes | None = None
    declared = text.options
    outcome: Reading | Refused
    try:
        content = text.content()
        declared = text.declared()
        outcome = read(content, text.path.name, declared)
    except Refused as refusal:
        outcome = refusal
    except Exception as error:  # a defect of ours must neither lose this text nor stop the others
        outcome = Refused("broken", f"the reader failed ({type(error).__name__}: {error}); please report it")
    return Arrival(text.source, text.address, content, datetime.now(UTC), outcome, declared)


def _batches(texts: Sequence[Input], size: int) -> Iterator[tuple[Input, ...]]:
    rest = iter(texts)
    while batch := tuple(islice(rest, size)):
        yield batch
