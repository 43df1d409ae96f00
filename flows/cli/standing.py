"""`duixian due`: what promises are on a date."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from tracking.views import Standing

_SPAN = re.compile(r"(\d{1,4})([dwm]?)\Z")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30}
STATES: tuple[Standing, ...] = ("due_soon", "awaiting_report", "overdue", "due_later", "reported", "done")
Sort = Literal["due", "due_desc"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian due --within 30d`\n\n`duixian due --state overdue --ical`")(due)


def _within(text: str) -> timedelta:
    match = _SPAN.match(text)
    if match is None:
        raise typer.BadParameter("write days, weeks or months: 30d, 6w, 3m", param_hint="--within")
    return timedelta(days=int(match.group(1)) * _DAYS[match.group(2)])


def _states(given: list[str] | None) -> list[str] | None:
    for state in given or ():
        if state not in STATES:
            raise typer.BadParameter(f"{state} is none of {', '.join(STATES)}")
    return given


def due(
    within: Annotated[str, typer.Option(metavar="SPAN", help="How soon: 30d, 6w, 3m.")] = "30d",
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            "--as-of",
            metavar="DATE",
            help="The day asked about (else today); only what texts dated by then say is counted.",
        ),
    ] = None,
    known_at: options.KnownAt = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            callback=_states, help=f"How it stands (else due_soon); may be repeated: {', '.join(STATES)}."
        ),
    ] = None,
    ical: Annotated[bool, typer.Option("--ical", help="An iCalendar file on stdout.")] = False,
    district: options.Place = None,
    sort: Annotated[Sort, typer.Option(help="What is due first, or last.")] = "due",
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show what is due soon, overdue or awaiting report on a day, with time elapsed and share done.

    When nobody looked at a source, that is said below: what is missing then was not observed.
    """
    from audit import ical as calendar
    from audit.standing import due as rows_due
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    wanted: list[Standing] = [s for s in STATES if s in (state or ["due_soon"])]
    span, moment = _within(within), options.moment(known_at)
    day = options.day(on, "--on") or datetime.now().astimezone().date()
    with opened(db) as ledger:
        demo = ledger.mode == "demo"
        place = full_name(ledger, district)
        rows = rows_due(ledger, on=day, within=span, district=place, states=wanted, known_at=moment)
        tell_unobserved(ledger, place, None, day, moment)
    rows = rows[::-1] if sort == "due_desc" else rows
    if ical:
        sys.stdout.write(calendar.calendar(rows, datetime.now(UTC)))
        return
    if json:
        json_lines(rows, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    shown = table(
        f"{day.isoformat()}: {len(rows)}",
        [_("due"), _("state"), _("place"), (_("what"), {"ratio": 3}), _("time elapsed"), _("share done")],
    )
    for row in rows:
        title = plain(row["commitment"]["title"])
        word = label("standing", row["state"], lang).word
        shares = (_percent(row["elapsed"]), _percent(row["done"]))
        shown.add_row(row["due"], word, row["district"], title, *shares)
    console().print(shown)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
