"""`duixian scorecard`: what became of a place's quantified commitments, in rates that open into rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian scorecard 市中区`\n\n`duixian scorecard 市中区 2019 --rows`\n\n"
        "`duixian scorecard 全国 --json`"
    )(scorecard)


def scorecard(
    district: Annotated[
        str, typer.Argument(metavar="DISTRICT", help="A place by any unambiguous tail of its name.")
    ],
    period: Annotated[str | None, typer.Argument(metavar="[PERIOD]", help="Only what fell due then.")] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="Every counted commitment with its sentences.")
    ] = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show what became of a place's quantified commitments: reported back, met, missed, set again.

    Counted are those that fell due in a year whose following complete text is there; the rest is listed
    apart. Whether what was met was reported openly, and what was missed vaguely or not at all, is told of
    those whose outcome another text (a communiqué, a later report) tells. A promise that the reviewing text
    only tells of in words is reported back, but neither met nor missed. The 95 % interval allows for
    the sample and for the measured error of links; coverage is the share of what should be counted.
    """
    from audit.scorecard import RATES, scores
    from flows.cli.observed import tell_unobserved
    from flows.observing import span_of
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        demo = ledger.mode == "demo"
        place = full_name(ledger, district) or district
        cards = scores(ledger, place, period, as_of=clocks.as_of, known_at=clocks.known_at)
        told = re.match(r"\d{4}(\.\.\d{4})?\Z", period or "")
        # What was due in a year is reported back in the next.
        begin = span_of(told[0])[0] if told else None
        tell_unobserved(ledger, place, begin, clocks.as_of, clocks.known_at)
    if json:
        json_lines(cards, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    for card in cards:
        heading = (
            f"{card['district']} {card['level']} {period or ''}: {_('due and observed')} {card['observed']}"
        )
        shown = table(
            plain(heading), ["", _("number"), _("share"), _("95% interval"), _("coverage"), _("reviewed")]
        )
        for name in RATES:
            one = card[name]
            share = _percent(one["share"]) if one["enough"] else _("not enough seen")
            low, high = one["interval"]
            interval = f"{low:.0%}–{high:.0%}" if one["enough"] else ""
            number = f"{one['k']}/{one['n']}"
            coverage, people = _percent(one["coverage"]), _percent(one["reviewed"])
            shown.add_row(label("rate", name, lang).word, number, share, interval, coverage, people)
        console().print(shown)
        apart = (
            f"{_('without a figure')}: {card['not_quantified']}; "
            f"{_('reviewing text not seen')}: {card['not_observed']}; {_('not due yet')}: {card['not_due']}"
        )
        console().print(apart)
        for row in card["rows"] if rows else ():
            _show(row, lang)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _show(row: Mapping[str, Any], lang: Any) -> None:
    """A row with its sentences: what was promised, and what was told of it."""
    from tracking.words.labels import outcome

    word = outcome(row["outcome"], lang).word
    terminal = console()
    title = f"[bold]{word}[/bold]  {plain(row['title'])}  [dim]{row['edition']}  {row['commitment']}[/dim]"
    terminal.print(title)
    for piece in row["evidence"]:
        quote = f"“{plain(piece['quote'])}” " if piece.get("quote") else ""
        terminal.print(f"  {'−' if piece['side'] == 'old' else '+'} {quote}{piece['document'] or ''}")
