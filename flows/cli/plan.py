"""`duixian plan`: one edition of a place's plan, or two compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem
from parsers.statement import Level

if TYPE_CHECKING:
    from storage.ledger import Ledger

Period = Annotated[str, typer.Argument(metavar="PERIOD", help="A year (2019) or years (2016..2020).")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian plan 市中区 2019`\n\n`duixian plan 市中区 2019 --against 2018`"
    )(plan)


def plan(
    district: Annotated[
        str, typer.Argument(metavar="DISTRICT", help="A place by any unambiguous tail of its name.")
    ],
    period: Period,
    against: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Compare with this edition instead of listing one.")
    ] = None,
    level: Annotated[Level | None, typer.Option(help="Only this level of government.")] = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show one edition of a plan with its statements, or what changed between two editions.

    Below an edition stands what is to be known of its texts: which are whole, set aside or missing.
    """
    from audit.asking import plans
    from flows.cli.log_table import show_log
    from flows.settings import language
    from storage.queries import place_notes
    from tracking.words.catalogue import translator
    from tracking.words.clues import told
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        demo = ledger.mode == "demo"
        name = full_name(ledger, district) or district
        known = plans.periods(ledger, name, clocks)
        for wanted in filter(None, (period, against)):
            if wanted not in known:
                _not_observed(ledger, name, wanted)
                raise Problem(f"{name} has no edition {wanted}; it has {', '.join(known) or 'none'}.")
        if against is not None:
            entries = plans.comparison(ledger, name, period, against, level, clocks)
            json_lines(entries, demo=demo) if json else show_log(ledger, entries)
            return
        found = plans.named(ledger, plans.said(ledger, name, period, level, clocks), clocks)
        notes = place_notes(ledger, district=name, level=level, known_at=clocks.known_at)
        _not_observed(ledger, name, period)
    if json:
        json_lines(found, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    for edition in found:
        shown = table(
            plain(f"{name} {edition['period']} · {label('lineage', edition['lineage'], lang).word}"),
            [_("kind"), _("what"), (_("words"), {"ratio": 3})],
        )
        for one in edition["statements"]:
            shown.add_row(
                label("kind", one["kind"], lang).word,
                plain(one["subject"]),
                plain(one.get("text") or one["quote"]),
            )
        console().print(shown)
        for remark in edition["remarks"]:
            console().print(plain(told(remark, lang)))
    for note in dict.fromkeys(note for one in notes for note in one["notes"]):
        console().print(plain(told(note, lang)))


def _not_observed(ledger: Ledger, place: str, period: str) -> None:
    """Say when nobody looked at the place's sources: what is not there was not seen, or never said."""
    from flows.cli.observed import tell_unobserved
    from flows.observing import span_of

    if re.match(r"\d{4}(\.\.\d{4})?\Z", period):
        tell_unobserved(ledger, place, *span_of(period))
