"""The flow `backfill`: an archive of many texts, its reading shared out to processes or to a Dask cluster.

Nothing that it brings is news: digests tell it in one line.
It may be broken off and started again: what the ledger holds is not read anew.
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
from flows.deployed.report import publish
from flows.deployed.runners import runner
from flows.deployed.tasks import store_batch
from flows.inputs import Input
from flows.jobs import job_for
from flows.spool import ReadText
from flows.version import parser_version
from parsers.reading import Declared
from storage.runs import BACKFILL

SHARE = 25
"""Texts in a task: one costs about a tenth of a second on a runner with processes, as much as a few texts."""

AT_ONCE = 500
"""Texts that are handed out before the results are fetched: keeps memory flat however long the archive is."""

read_share = task(name="read-share", cache_policy=NO_CACHE, retries=2)(readers.read_texts)


@flow(name="backfill", task_runner=runner(), on_failure=[tell_failure], on_crashed=[tell_failure])
def backfill(
    paths: list[str],
    since: int | None = None,
    until: int | None = None,
    declared: dict[str, str] | None = None,
) -> core.Outcome:
    """Read an archive into the ledger of the settings (DUIXIAN_DB).

    paths: files and folders, which every process that reads must see. since, until: years; a text with
    another year in its side file or name is left out, one without any is taken.
    """
    job = job_for([Path(path) for path in paths], Declared(**(declared or {})), None)  # type: ignore[arg-type]
    job = replace(job, inputs=tuple(within(job.inputs, since, until)))
    outcome = core.work(
        job, version=parser_version(), kind=BACKFILL, reader=_shared_out, store=store_batch, size=AT_ONCE
    )
    publish(job.ledger.url, outcome)
    return outcome


def _shared_out(texts: Sequence[Input], _: Executor | None) -> list[ReadText]:
    """Texts read by the runner's workers, in their order."""
    shares = [texts[start : start + SHARE] for start in range(0, len(texts), SHARE)]
    waiting = [read_share.submit(share) for share in shares]
    return [text for future in waiting for text in future.result()]
