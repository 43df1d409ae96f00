"""`duixian serve`: the ledger as a site and an API."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian serve`\n\n`duixian serve --port 8080 --db var/demo.sqlite`")(
        serve
    )


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8642,
    db: options.Db = None,
) -> None:
    """Serve the ledger as a site and an HTTP API on this machine, until Ctrl+C."""
    from flows.serving import run

    with opened(db) as ledger:
        run(ledger, port, lambda address: say(f"{address} shows the ledger; Ctrl+C ends it"))
