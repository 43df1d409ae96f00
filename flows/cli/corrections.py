"""`duixian corrections`: what the ledger said and says no more, because it had been wrong."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table

Sort = Literal["recorded", "recorded_asc"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian corrections`\n\n`duixian corrections --json`")(corrections)


def corrections(
    district: options.Place = None,
    sort: Annotated[Sort, typer.Option(help="The latest first, or the earliest.")] = "recorded",
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List what a better reading or a person's ruling corrected: when, why, what was said, what is said now.

    That a text came late is no correction: the ledger was not wrong before it.
    """
    from audit.asking.clocks import Clocks
    from audit.asking.corrections import every
    from digests.items import change_label
    from flows.settings import language
    from tracking.words.catalogue import translator

    with opened(db) as ledger:
        place = full_name(ledger, district)
        found = every(ledger, Clocks(None, options.moment(known_at)), sort, place)
        demo = ledger.mode == "demo"
    if json:
        json_lines(found, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    causes = {"parser": _("by a better reading"), "ruling": _("by a person's ruling")}
    shown = table(
        f"{len(found)} {_('corrections')}",
        [
            _("recorded"),
            _("reason"),
            _("promise"),
            (_("It said"), {"ratio": 2}),
            (_("It says now"), {"ratio": 2}),
        ],
    )
    for one in found:
        old, new = one["old"], one["new"]
        now = change_label(new, lang).word if new else _("Nothing: the entry was taken back.")
        words = "\n".join(plain(e["quote"]) for e in old["evidence"])
        shown.add_row(
            one["at"][:10],
            causes[one["cause"]],
            plain(old["commitment"]["title"]),
            f"{change_label(old, lang).word}\n{words}",
            now,
        )
    console().print(shown)
