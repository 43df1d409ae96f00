"""`duixian run`: the main job, and what a person wants to know when it is done."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.out import json_lines, say
from flows.cli.problems import PARTLY, Problem
from flows.cli.with_prefect import with_prefect

if TYPE_CHECKING:
    from flows.core import Outcome
    from flows.jobs import Job
    from parsers.reading import Declared

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH...]",
        help="Files or folders: these and nothing else. Without any: seeds/, or the examples if it is empty.",
        show_default=False,
    ),
]
Direct = Annotated[bool, typer.Option("--direct", help="Without Prefect (no server start): for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian run`\n\n`duixian run ../texts report.html --level city`\n\n"
        "`duixian run --direct --db ledger.sqlite folder/`"
    )(run)


def run(
    paths: Paths = None,
    db: options.Db = None,
    direct: Direct = False,
    json: options.Json = False,
    district: options.District = None,
    level: options.LevelOption = None,
    published: options.Published = None,
    type_: options.Type = None,
    rights: options.RightsOption = None,
) -> None:
    """Read texts, store what they say, compare editions and show what changed."""
    from flows.jobs import NothingToRead, job_for

    declared = options.declared(district, level, published, type_, rights)
    if not paths and declared != type(declared)():
        raise Problem("--district and the like need a PATH: they never apply to configured sources.")
    try:
        job = job_for(paths or [], declared, db)
    except NothingToRead as nothing:
        raise Problem(str(nothing)) from nothing
    outcome = _directly(job) if direct else _as_flow(job, paths or [], declared)
    faults = False if paths or job.mode == "demo" else _look(job, outcome, direct)
    _finish(job, outcome, json)
    raise typer.Exit(PARTLY if outcome.refusals or faults else 0)


def _look(job: Job, outcome: Outcome, direct: bool) -> bool:
    """Look at the sources that are due, and count in what they brought; whether anything was wrong."""
    from flows.cli.ingest import look_at, tell_faults
    from flows.watching import due
    from storage.ledger import open_ledger

    with open_ledger(job.ledger.url, mode=job.mode, create=True) as ledger:
        sources = due(ledger, ledger.clock())
    looks = look_at(job.ledger.url, sources, direct=direct)
    for look in looks:
        outcome.documents += look.documents
        outcome.refusals += look.refusals
        outcome.changes += look.changes
        outcome.withdrawn += look.withdrawn
        tell_faults(look)
    return any(look.faults for look in looks)


def _directly(job: Job) -> Outcome:
    from flows.core import work
    from flows.settings import settings
    from flows.version import parser_version

    return work(job, version=parser_version(), size=settings().batch)


def _as_flow(job: Job, paths: list[Path], declared: Declared) -> Outcome:
    with_prefect(job.ledger.url)
    from flows.deployed.run import run_in_process

    given = {key: value for key, value in asdict(declared).items() if value is not None}
    return run_in_process([str(path) for path in paths], given)


def _finish(job: Job, outcome: Outcome, json: bool) -> None:
    """Remember the ledger, write the digest preview, and tell what was done."""
    from flows import ledgers
    from flows.closing import close
    from flows.settings import language
    from storage.ledger import open_ledger
    from tracking.words.refusals import refusal

    if job.standard:
        ledgers.remember(job.mode)
    for given, sentence in outcome.refusals:
        say(f"{given}: {refusal(sentence, language())}")
    with open_ledger(job.ledger.url) as ledger:
        ended = close(ledger, outcome)
        if json:
            said = ended.summary.record(job.ledger.name, ended.preview)
            json_lines([said], demo=ledger.mode == "demo")
        else:
            from flows.cli.report import show

            show(ledger, job, outcome.run, ended)
