"""`duixian changes`: the change log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, get_args

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import json_lines, say
from parsers.statement import Level
from tracking.model import ChangeKind, Grade

KINDS = get_args(ChangeKind)
Area = Literal[
    "housing", "transport", "environment", "education", "health", "welfare", "rural", "innovation", "culture",
    "safety", "government", "economy", "other",
]  # fmt: skip
CommitmentKind = Literal["target", "action", "framework"]
Direction = Literal[
    "raised", "lowered", "advanced", "postponed", "widened", "narrowed", "hardened", "softened", "reworded"
]


def _known_kinds(given: list[str] | None) -> list[str] | None:
    for kind in given or ():
        if kind not in KINDS:
            raise typer.BadParameter(f"{kind} is none of {', '.join(KINDS)}")
    return given


Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        callback=_known_kinds,
        help=f"Only this kind of change; may be repeated: {', '.join(KINDS)}.",
    ),
]
Sort = Literal["said", "said_asc", "recorded", "recorded_asc"]
All = Annotated[bool, typer.Option("--all", help="Superseded entries and `restated` too.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian changes --district 市中区 --kind changed --kind conflict`\n\n"
        "`duixian changes --as-of 2019-12-31 --json`"
    )(changes)


def changes(
    district: options.Place = None,
    level: Annotated[Level | None, typer.Option(help="Only this level of government.")] = None,
    kind: Kinds = None,
    grade: Annotated[Grade | None, typer.Option(help="Only what rests on this ground.")] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Only from or to this edition.")
    ] = None,
    commitment_kind: Annotated[CommitmentKind | None, typer.Option(help="Only this kind of promise.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="Only changes in this direction.")] = None,
    area: Annotated[Area | None, typer.Option(help="Only this subject area, by the words.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Only what this body said: party, government, …")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="SHA256", help="Only what cites this text (first digits do).")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Said on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Said on this day or earlier.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What held on this day.")] = None,
    known_at: options.KnownAt = None,
    all_: All = False,
    sort: Annotated[
        Sort | None,
        typer.Option(help="By when it was said or recorded, the latest first, or _asc the earliest."),
    ] = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show what changed: what was promised, old and new, by which text, with the sentence.

    When nobody looked at a source, that is said below: what is missing then was not observed.

    A date that is known only to the year or month counts as its last possible day; entries without any date
    are left out of --since, --until and --as-of, and their number is said.
    """
    from audit.asking.narrowing import Narrow, narrowed
    from audit.dates import first_day, last_day
    from flows.cli.log_table import show_log
    from flows.cli.observed import tell_unobserved
    from storage.queries import changes as change_log

    first, last = _day(since, "--since", first_day), _day(until, "--until", last_day)
    held_on = _day(as_of, "--as-of", last_day)
    with opened(db) as ledger:
        place = full_name(ledger, district)
        log = change_log(
            ledger,
            district=place,
            level=level,
            kinds=tuple(kind or ()),
            since=first,
            until=last,
            as_of=held_on,
            known_at=options.moment(known_at),
            include_all=all_,
        )
        by = Narrow(grade, edition, commitment_kind, direction, area, issuer, document)
        entries = narrowed(ledger, log.entries, by)
        entries = _in_order(entries, sort)
        if json:
            json_lines(entries, demo=ledger.mode == "demo")
        else:
            show_log(ledger, entries, ordered=sort is not None)
        end = min(filter(None, (last, held_on)), default=None)
        tell_unobserved(ledger, place, first, end, options.moment(known_at))
    if log.undated:
        say(f"{log.undated} entries without a date are left out.")


def _in_order(entries: list[dict[str, Any]], sort: str | None) -> list[dict[str, Any]]:
    """Entries in an order; what has no date comes last."""
    if sort is None:
        return entries
    key = "recorded_at" if sort.startswith("recorded") else "said_on"
    dated = sorted((e for e in entries if e[key]), key=lambda e: (e[key], e["id"]))
    return (dated if sort.endswith("_asc") else dated[::-1]) + [e for e in entries if not e[key]]


def _day(text: str | None, option: str, read: Callable[[str], date]) -> date | None:
    if text is None:
        return None
    try:
        return read(text)
    except ValueError:
        raise typer.BadParameter("write YYYY, YYYY-MM or YYYY-MM-DD", param_hint=option) from None
