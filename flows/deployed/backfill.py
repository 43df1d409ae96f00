"""The flow `backfill`: an archive of many texts, its reading shared out to processes or to a Dask cluster;
or the archives of sources, day by day.

Nothing that it brings is news: digests tell it in one line.
It may be broken off and started again: what the ledger holds is neither fetched nor read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import core, readers
from flows.archives import within
from flows.deployed.hooks import tell_failure
from flows.deployed.ingest import LooksFailed
from flows.deployed.report import publish, publish_changes, publish_looks
from flows.deployed.runners import runner
from flows.deployed.tasks import read_batch, store_batch, without_heartbeats
from flows.deployed.turns import SharedTurns
from flows.inputs import Input
from flows.jobs import job_for
from flows.ledgers import choose
from flows.settings import settings
from flows.source_archives import Archives, span_from, take_archives
from flows.sources import named
from flows.spool import ReadText
from flows.version import parser_version
from parsers.reading import Declared
from storage.ledger import open_ledger
from storage.runs import BACKFILL

SHARE = 25
"""Texts in a task: one costs about a tenth of a second on a cluster, as much as a few texts."""

AT_ONCE = 500
"""Texts that are handed out before the results are fetched: keeps memory flat however long the archive is."""

read_share = task(name="read-share", cache_policy=NO_CACHE, retries=2)(readers.read_texts)


@flow(name="backfill", task_runner=runner(), on_failure=[tell_failure], on_crashed=[tell_failure])
def backfill(
    paths: list[str] | None = None,
    since: int | str | None = None,
    until: int | str | None = None,
    declared: dict[str, str] | None = None,
    sources: list[str] | None = None,
) -> core.Outcome | Archives:
    """Read an archive into the ledger of the settings (DUIXIAN_DB): of files, or of sources.

    paths: files and folders, which every process that reads must see. since, until: years; a text with
    another year in its side file or name is left out, one without any is taken. sources: names of sources
    instead, of which the days from since (2019, 2019-03 or 2019-03-05) to until (else today) are taken in.
    """
    if sources:
        return _archives(sources, since, until)
    job = job_for([Path(path) for path in paths or ()], Declared(**(declared or {})), None)  # type: ignore[arg-type]
    years = [None if year is None else int(str(year)[:4]) for year in (since, until)]
    job = replace(job, inputs=tuple(within(job.inputs, *years)))
    # On one machine the core's own processes read: they need no Prefect in each.
    reader: core.Reader = _shared_out if settings().dask else read_batch
    size = AT_ONCE if settings().dask else settings().batch
    version = parser_version()
    outcome = core.work(job, version=version, kind=BACKFILL, reader=reader, store=store_batch, size=size)
    publish(job.ledger.url, outcome)
    return outcome


def _shared_out(texts: Sequence[Input], _: Executor | None) -> list[ReadText]:
    """Texts read by the workers of a cluster, in their order."""
    shares = [texts[start : start + SHARE] for start in range(0, len(texts), SHARE)]
    waiting = [read_share.submit(share) for share in shares]
    return [text for future in waiting for text in future.result()]


def _archives(names: Sequence[str], since: int | str | None, until: int | str | None) -> Archives:
    """Take in parts of the archives of sources. Raises LooksFailed at the end where one broke off."""
    sources = [named(name) for name in names]
    with open_ledger(choose(None).url, mode="real", create=True) as ledger:
        span = span_from(since, until, ledger.clock(), sources)
        taken = take_archives(ledger, sources, span, SharedTurns(), store=store_batch)
        publish_looks(taken.looks, taken.failed)
        publish_changes(ledger, taken.run)
    if taken.failed:
        raise LooksFailed("; ".join(f"{name}: {why}" for name, why in taken.failed.items()))
    return taken


def run_backfill(sources: list[str], since: str | None, until: str | None) -> Archives:
    """Run the flow over archives of sources in this process, on the configured Prefect server or on an
    embedded one."""
    with without_heartbeats():
        done = backfill(sources=sources, since=since, until=until)
        assert isinstance(done, Archives)
        return done
