"""`duixian documents`: what was handed in, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian documents`\n\n`duixian documents --district 市中区 --json`")(
        documents
    )


def documents(
    district: options.Place = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the texts of the ledger: place, date and edition, each with the clue it rests on."""
    from audit.documents import documents as held
    from digests.items import date_words
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.clues import told

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        every = held(ledger, district=full_name(ledger, district), known_at=clocks.known_at)
        found = [one for one in every if clocks.holds((one["dated"] or {}).get("value"), one["edition"])]
        if json:
            json_lines(found, demo=ledger.mode == "demo")
            return
        lang = language()
        _ = translator(lang)
        shown = table(
            f"{len(found)} {_('texts')}", [_("text"), _("place"), _("date"), _("edition"), _("clue")]
        )
        for one in found:
            shown.add_row(
                plain(_named(one, _)),
                plain(one["district"] or ""),
                date_words(one["dated"], lang),
                one["edition"] or "",
                plain(told((one["edition_clue"] or {}).get("why", ""), lang)),
            )
        console().print(shown)


def _named(document: dict[str, Any], _: Callable[[str], str]) -> str:
    """A text's name, with who handed it in."""
    if document["given_by"] is None:
        return str(document["document"])
    return _("{text} (handed in by {name})").format(text=document["document"], name=document["given_by"])
