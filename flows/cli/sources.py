"""`duixian sources`: which sources there are, how they do, and when nobody looked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.watching import Watch

FAULTS = 5
"""Addresses with faults that are shown of a source."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian sources`\n\n`duixian sources --district 澄湖区 --gaps`\n\n"
        "`duixian sources --json`"
    )(sources)


def sources(
    district: options.Place = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Also the times at which nobody looked.")] = False,
    alarms: Annotated[bool, typer.Option("--alarms", help="Only sources that need somebody.")] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the sources: last look, last new text, faults and alarms. Exit status 1 while there is an alarm.

    A source that nobody compared with the live site is marked; no run takes it by itself.
    """
    from flows.settings import language
    from flows.watching import watch
    from tracking.words.catalogue import translator

    with opened(db) as ledger:
        found, faults = watch(ledger, datetime.now(UTC))
        demo = ledger.mode == "demo"
    for fault in faults:
        say(fault)
    if district:
        found = [one for one in found if (one.source.spec.place or "").endswith(district)]
    if alarms:
        found = [one for one in found if one.alarming]
    if json:
        json_lines((one.record() for one in found), demo=demo)
    else:
        _ = translator(language())
        _table(found, _)
        _faults(found, _)
        if gaps:
            _gaps(found, _)
    raise typer.Exit(PARTLY if faults or any(one.alarming for one in found) else 0)


def _table(found: list[Watch], _: Callable[[str], str]) -> None:
    from flows.source_words import kind_words, moment

    shown = table(
        f"{len(found)} {_('sources')}",
        [_("source"), _("place"), _("kind"), _("last look"), _("last new text"), _("texts"), _("state")],
    )
    for one in found:
        spec, health = one.source.spec, one.health
        shown.add_row(
            one.source.id,
            plain(spec.place or ""),
            kind_words(spec.kind, _),
            moment(health.last_look),
            moment(health.last_news),
            str(one.watched.texts),
            plain("; ".join(states(one, _))),
        )
    console().print(shown)


def _faults(found: list[Watch], _: Callable[[str], str]) -> None:
    from flows.source_words import fault_words

    for one in found:
        for fault in one.watched.faults[:FAULTS]:
            console().print(plain(f"{one.source.id}: {fault['address']}: {fault_words(fault, _)}"))
        if (more := len(one.watched.faults) - FAULTS) > 0:
            console().print(f"{one.source.id}: … +{more} (--json)")


def _gaps(found: list[Watch], _: Callable[[str], str]) -> None:
    from flows.source_words import moment

    for one in found:
        for gap in one.health.gaps:
            until = moment(gap.until) if gap.until else _("now")
            told = _("not looked at from {since} to {until}").format(since=moment(gap.since), until=until)
            vain = _(" ({looks} looks in vain)").format(looks=gap.looks) if gap.looks else ""
            console().print(f"{one.source.id}: {told}{vain}")


def states(one: Watch, _: Callable[[str], str]) -> list[str]:
    """What is to be said of a source: its alarms, or that it does well, or that nobody verified it."""
    from flows.source_words import alarms_of

    told = alarms_of(one, _) if one.active else []
    if not one.active:
        told.append(_("not verified against the live site"))
    return told or [_("as expected")]
