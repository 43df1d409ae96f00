"""The Prefect flow `run`: the core's steps as tasks, a batch of documents in each.

Import it after `flows.prefect_env.prepare()`. There is no subflow: each would cost a second.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows import core
from flows.deployed.hooks import tell_failure
from flows.deployed.report import publish
from flows.deployed.tasks import read_batch, store_batch, without_heartbeats
from flows.jobs import Job, job_for
from flows.settings import settings
from flows.version import parser_version
from parsers.reading import Declared


@flow(name="run", on_failure=[tell_failure], on_crashed=[tell_failure])
def run(paths: list[str] | None = None, declared: dict[str, str] | None = None) -> core.Outcome:
    """Read the texts (paths, else the configured ones) into the ledger of the settings (DUIXIAN_DB)."""
    options = Declared(**(declared or {}))  # type: ignore[arg-type]
    job = job_for([Path(path) for path in paths or ()], options, None)
    outcome = run_job(job)
    publish(job.ledger.url, outcome)
    return outcome


def run_job(job: Job) -> core.Outcome:
    """Do a job with the core's steps as tasks; within a flow."""
    return core.work(
        job, version=parser_version(), reader=read_batch, store=store_batch, size=settings().batch
    )


def run_in_process(paths: list[str], declared: dict[str, str]) -> core.Outcome:
    """Run the flow in this process, on the configured Prefect server or on an embedded one."""
    with without_heartbeats():
        return run(paths, declared)
