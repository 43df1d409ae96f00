"""`duixian digest preview`: the next digest, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import json_lines

digest = typer.Typer(no_args_is_help=True, help="Digests of what changed.", rich_markup_mode="markdown")


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(digest, name="digest")


@digest.callback()
def group() -> None:
    """Digests of what changed."""


@digest.command(
    epilog="Examples:\n\n`duixian digest preview`\n\n`duixian digest preview --all --district 市中区 --out .`"
)
def preview(
    district: options.Place = None,
    all_: Annotated[
        bool, typer.Option("--all", help="The whole log, not only what the last run with news added.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to write it (else the data folder).")
    ] = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Write the digest as HTML and plain text, grouped by place and kind, with quotes."""
    from flows.previews import write_preview

    with opened(db) as ledger:
        page = write_preview(ledger, out, district=full_name(ledger, district), whole=all_)
    if json:
        json_lines([{"html": str(page), "text": str(page.with_suffix(".txt"))}])
        return
    print(page)
    print(page.with_suffix(".txt"))
