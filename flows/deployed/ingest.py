"""The Prefect flow `ingest`: looks at named sources, or at all that are due; the drop folder is one of them.

Import it after `flows.prefect_env.prepare()`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from flows import core
from flows.deployed.hooks import tell_failure
from flows.deployed.report import publish, publish_changes, publish_looks
from flows.deployed.run import run_job
from flows.deployed.runners import at_once
from flows.deployed.tasks import quoted, without_heartbeats
from flows.deployed.turns import SharedTurns
from flows.jobs import NothingToRead, job_for
from flows.ledgers import choose
from flows.looking import Look, ingest_source
from flows.settings import settings
from flows.sources import named
from flows.version import parser_version
from flows.visitor import visitor_of
from flows.watching import due
from parsers.reading import Declared
from parsers.sources.loading import Source
from storage.ledger import Ledger, open_ledger
from storage.runs import Run, finish_run, start_run

if TYPE_CHECKING:
    from storage.write import Arrival, Derive, RunOutcome


@dataclass
class Looked:
    """What a run of the flow did. failed: sources whose look broke off, and why; the rest was looked at."""

    looks: list[Look] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    dropped_in: core.Outcome | None = None


class LooksFailed(Exception):  # noqa: N818 - names what failed
    """Looks at some sources broke off; the others are stored."""


# A database or a site that is gone for a while is tried again: what was stored is not fetched anew.
# Looks are mostly pauses: several sources are looked at at once, each in a thread.
@flow(
    name="ingest",
    task_runner=at_once(settings().looks),
    retries=3,
    retry_delay_seconds=300,
    on_failure=[tell_failure],
    on_crashed=[tell_failure],
)
def ingest(sources: list[str] | None = None, most: int | None = None) -> Looked:
    """Look at the named sources, else at those that are due and at the drop folder.

    The ledger is that of the settings (DUIXIAN_DB). most: texts fetched at most of each source. Raises
    LooksFailed at the end where a look broke off.
    """
    done = Looked()
    if sources is None:
        done.dropped_in = _drop_folder()
    with open_ledger(choose(None).url, mode="real", create=True) as ledger:
        chosen = [named(name) for name in sources] if sources is not None else due(ledger, ledger.clock())
        if chosen:
            _look(ledger, chosen, most, done)
            publish_looks(done.looks, done.failed)
            publish_changes(ledger, done.looks[0].run if done.looks else "")
    if done.failed:
        raise LooksFailed("; ".join(f"{name}: {why}" for name, why in done.failed.items()))
    return done


def run_ingest(sources: list[str], most: int | None = None) -> Looked:
    """Run the flow in this process, on the configured Prefect server or on an embedded one."""
    with without_heartbeats():
        # A person who waits is told at once.
        done: Looked = ingest.with_options(retries=0)(sources, most)
        return done


def _drop_folder() -> core.Outcome | None:
    """Read what lies in the drop folder; None where nothing does (never the invented examples)."""
    try:
        job = job_for((), Declared(), None)
    except NothingToRead:
        return None
    if job.mode == "demo" or not job.inputs:
        return None
    outcome = run_job(job)
    publish(job.ledger.url, outcome)
    return outcome


def _look(ledger: Ledger, sources: Sequence[Source], most: int | None, done: Looked) -> None:
    turn = SharedTurns()
    progress = create_progress_artifact(0.0, key="ingest", description="来源 · sources looked at")
    assert isinstance(progress, UUID), "outside of a running loop the call is done when it returns"
    run = start_run(ledger, kind="ingest", parser_version=parser_version())
    looks = [_look_at.submit(quoted(ledger), quoted(source), quoted(run), turn, most) for source in sources]
    for number, (source, waiting) in enumerate(zip(sources, looks, strict=True), 1):
        found = waiting.result()
        if isinstance(found, Look):
            done.looks.append(found)
        else:
            done.failed[source.id] = found
        update_progress_artifact(progress, 100 * number / len(sources))
    counts = sum((Counter(look.counts()) for look in done.looks), Counter[str]())
    finish_run(ledger, run, status="failed" if done.failed else "completed", counts=counts)


@task(name="look-at-source", cache_policy=NO_CACHE)
def _look_at(ledger: Ledger, source: Source, run: Run, turn: SharedTurns, most: int | None) -> Look | str:
    """One source: the look, or why it broke off: one source must not keep the others from being looked at."""
    try:
        with visitor_of(source, turn) as web:
            return ingest_source(ledger, source, web=web, run=run, store=_store, most=most)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


_storing = Lock()


def _store(ledger: Ledger, run: Run, batch: Sequence[Arrival], derive: Derive) -> RunOutcome:
    """As `core.store`, one thread after another: SQLite gives a writer that waits no place in a queue."""
    with _storing:
        return core.store(ledger, run, batch, derive)
