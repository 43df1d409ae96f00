"""`duixian places`: the places that the ledger knows."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, table

Sort = Literal["level", "name"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian places`\n\n`duixian places --sort name --json`")(places)


def places(
    sort: Annotated[Sort, typer.Option(help="The widest first, or by name.")] = "level",
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the places of the ledger with level and code: those that texts speak for or quote."""
    from audit.asking.places import listed
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.levels import level_word

    with opened(db) as ledger:
        found = listed(ledger, sort)
        demo = ledger.mode == "demo"
    if json:
        json_lines(found, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    shown = table(f"{len(found)} {_('places')}", [_("place"), _("level"), _("code")])
    for one in found:
        shown.add_row(plain(one["name"]), level_word(one["level"], lang), one["code"])
    console().print(shown)
