"""The `duixian` command: collects the command families and turns every failure into one sentence."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from flows.cli import (
    add,
    changes,
    commitments,
    corrections,
    digest,
    documents,
    export,
    indicator,
    ingest,
    lineage,
    parse,
    places,
    plan,
    quarantine,
    reparse,
    review,
    rulings,
    run,
    safety,
    sample,
    scorecard,
    search,
    serve,
    source,
    sources,
    standing,
    subscribers,
    up,
)
from flows.cli.out import say, use_utf8
from flows.cli.problems import Problem

app = typer.Typer(
    name="duixian",
    help="兑现: what districts promise, in which words, and what became of it.",
    epilog="Start with `duixian run`; `duixian COMMAND --help` explains a command with examples.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for family in (
    run,
    ingest,
    add,
    sources,
    source,
    parse,
    documents,
    quarantine,
    places,
    commitments,
    changes,
    corrections,
    plan,
    indicator,
    lineage,
    scorecard,
    standing,
    digest,
    subscribers,
    export,
    sample,
    search,
    serve,
    rulings,
    review,
    reparse,
    safety,
    up,
):
    family.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"duixian {version('duixian')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """兑现: what districts promise, in which words, and what became of it."""


def _run() -> None:
    from tracking.words.catalogue import chosen_language

    if chosen_language() == "en":
        app()
        return
    from typer.main import get_command

    from flows.cli.in_chinese import run_in_chinese

    run_in_chinese(get_command(app))


def main() -> None:
    """Entry point: run the command line; the exit status is 0 (done), 1 (partly) or 2 (wrong usage)."""
    use_utf8()
    try:
        _run()
    except Problem as problem:
        say(str(problem))
        sys.exit(problem.status)
    except BrokenPipeError:
        # The reader (head, less) has gone; without this the interpreter complains again while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last resort: no traceback ever reaches a user
        from flows.cli.unexpected import ending

        sentence, status = ending(error)
        say(sentence)
        sys.exit(status)


if __name__ == "__main__":
    main()
