"""One look at a source: what it lists, which texts are new or to be read again, stored with what follows.

`ingest_source` is the whole of it, without Prefect: the flows wrap it, the command `ingest` calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import core
from flows.fetching.looks import Fetching, Look
from flows.home import clone
from flows.inputs import from_source
from flows.readers import read_texts
from flows.version import parser_version
from flows.visitor import visitor_of
from parsers.sources.spec import ByHand, Epaper, Fetched, Folder
from storage.runs import finish_run, start_run
from storage.watching import log_look

if TYPE_CHECKING:
    from flows.fetching.lists import Span
    from flows.fetching.web import Web
    from parsers.sources.loading import Source
    from storage.ledger import Ledger
    from storage.runs import Run

__all__ = ["Look", "ingest_source"]

Clock = Callable[[], datetime]


def ingest_source(
    ledger: Ledger,
    source: Source,
    clock: Clock | None = None,
    *,
    web: Web | None = None,
    run: Run | None = None,
    store: core.Store = core.store,
    most: int | None = None,
    span: Span | None = None,
) -> Look:
    """Look at a source once: fetch, read, store and compare what is new, and log the look.

    clock: when things are observed (the ledger's own clock where none is given). web: how the web is asked:
    one with a `turn` across all workers, say. run: the run that its rows belong to; else one of its own.
    store: how a batch of texts is stored (a Prefect task around `core.store`). most: texts fetched at most.
    span: the first and last day of a part of the source's archive to be taken instead of what is new.
    Never raises for what a site does: that is a state of the look. Looking again right after changes nothing.
    """
    clock = clock or ledger.clock
    own = run is None
    run = run or start_run(ledger, kind="ingest", parser_version=parser_version())
    began_at = clock()
    look = Look(source.id, run.id)
    try:
        spec = source.spec
        if isinstance(spec, Fetched):
            visitor = web or visitor_of(source, clock=clock)
            try:
                Fetching(ledger, source, spec, visitor, run, look, store, span).work(most)
            finally:
                if web is None:
                    visitor.close()
        elif isinstance(spec, Folder):
            _folder(ledger, source, spec, run, look, store)
        else:
            assert isinstance(spec, ByHand)
            look.note = spec.how
        if not isinstance(spec, ByHand):
            # Of an archive only a calendar tells that nothing is missing: each day has its address.
            whole = span is None or (isinstance(spec, Epaper) and not look.waiting and not look.missed)
            seen = look.seen and whole
            log_look(
                ledger, run, source.id, source.spec_sha256, began_at, clock(), seen=seen,
                counts=look.counts(), not_before=look.not_before, note=look.note, archive=span,
            )  # fmt: skip
    except BaseException:
        if own:
            finish_run(ledger, run, status="failed", counts=look.counts())
        raise
    if own:
        finish_run(ledger, run, status="completed", counts=look.counts())
    return look


def _folder(ledger: Ledger, source: Source, spec: Folder, run: Run, look: Look, store: core.Store) -> None:
    root = (clone() or Path()) / Path(spec.path).expanduser()
    look.seen = root.is_dir()
    if not look.seen:
        look.faults.append((str(root), "down", "there is no such folder"))
        look.codes[str(root)] = "no_folder"
        return
    outcome = core.Outcome(run=run.id)
    inputs = from_source(source.id, root)
    core.take(inputs, ledger, run, outcome, read_texts, store, core.BATCH)
    look.listed = len(inputs)
    look.documents = outcome.documents
    look.refusals = outcome.refusals
    look.changes, look.withdrawn = outcome.changes, outcome.withdrawn
    names = {
        "new": "new",
        "edited": "changed",
        "reread": "unchanged",
        "unchanged": "unchanged",
        "refused": "left",
    }
    for status, count in outcome.documents.items():
        look.texts[names[status]] += count
