"""`duixian indicator`: what was promised of an indicator over the years, beside what was reported."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian indicator 市中区 地区生产总值增速`")(indicator)


def indicator(
    district: Annotated[
        str, typer.Argument(metavar="DISTRICT", help="A place by any unambiguous tail of its name.")
    ],
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="The exact words of what is promised (`commitments`).")
    ],
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show an indicator of a place over the years: promised against reported, each with its words."""
    from audit.asking.indicators import indicator as asked
    from audit.asking.indicators import series
    from audit.asking.points import bound
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        place = full_name(ledger, district) or district
        stories, drawn = asked(ledger, place, subject, clocks)
        tell_unobserved(ledger, place, None, clocks.as_of, clocks.known_at)
        if not stories:
            raise Problem(
                f"nothing in {place} is called {subject}: `duixian commitments` lists the subjects."
            )
        if json:
            json_lines(series(drawn), demo=ledger.mode == "demo")
            return
    _ = translator(language())
    shown = table(
        plain(f"{place} · {subject} {drawn.unit}"),
        [_("year"), _("what"), _("amount"), (_("words"), {"ratio": 3}), _("edition")],
    )
    for p in drawn.points:
        role = _("promised") if p.role == "promise" else _("told as a result")
        shown.add_row(str(p.year), role, bound(p.op, p.value, p.high), plain(p.quote), p.edition or "")
    console().print(shown)
