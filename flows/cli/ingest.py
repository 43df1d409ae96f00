"""`duixian ingest`: look at named sources now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, plain, say
from flows.cli.problems import PARTLY, Problem
from flows.cli.with_prefect import with_prefect

if TYPE_CHECKING:
    from flows.looking import Look
    from parsers.sources.loading import Source

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Names of sources (`duixian sources` lists them) or their files.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian ingest chenghu-news`\n\n"
        "`duixian ingest my/source.yml --most 5 --json`\n\n"
        "`duixian ingest yunchuan-morning --since 2025-01 --until 2025-03`"
    )(ingest)


def ingest(
    sources: Names,
    most: Annotated[int | None, typer.Option(help="Texts fetched at most.", min=1)] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="A part of the archive instead, from this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day of that part (else today).")
    ] = None,
    db: options.Db = None,
    direct: Annotated[bool, typer.Option("--direct", help="Without Prefect (no server start).")] = False,
    json: options.Json = False,
) -> None:
    """Fetch, read and compare what is new in the named sources; what is known is only asked about.

    With --since, the days of the archive that were not taken in yet: an e-paper's issues day by day, the
    newest first, of other sources what their lists still show. It may be broken off and started again.
    """
    from flows import ledgers

    chosen = [source_called(name) for name in sources]
    choice = ledgers.named(db) or ledgers.Choice(str(ledgers.standard("real")), "the real ledger", "default")
    if since is None and until is None:
        looks = look_at(choice.url, chosen, most, direct=direct, names=sources)
    else:
        looks = _archives(choice.url, chosen, since, until, most, direct=direct, names=sources)
    for look in looks:
        tell(look, json)
    raise typer.Exit(PARTLY if any(look.faults or look.refusals for look in looks) else 0)


def look_at(
    url: str,
    sources: list[Source],
    most: int | None = None,
    *,
    direct: bool,
    names: list[str] | None = None,
) -> list[Look]:
    """Looks at sources (names: as they were given), as the Prefect flow or directly."""
    if not sources:
        return []
    if direct:
        return _directly(url, sources, most)
    return _as_flow(url, names or [source.id for source in sources], most)


def _directly(url: str, sources: list[Source], most: int | None) -> list[Look]:
    import time

    from flows.fetching.turns import Turns
    from flows.looking import ingest_source
    from flows.visitor import visitor_of
    from storage.ledger import open_ledger

    looks = []
    with open_ledger(url, mode="real", create=True) as ledger:
        turn = Turns(ledger.clock, time.sleep)  # one for all: sources may stand on one host
        for source in sources:
            with visitor_of(source, turn, ledger.clock) as web:
                looks.append(ingest_source(ledger, source, web=web, most=most))
    return looks


def _archives(
    url: str,
    sources: list[Source],
    since: str | None,
    until: str | None,
    most: int | None,
    *,
    direct: bool,
    names: list[str],
) -> list[Look]:
    """Parts of the archives of sources, as the Prefect flow or directly."""
    import time
    from datetime import UTC, datetime

    from flows.fetching.turns import Turns
    from flows.source_archives import NoArchive, span_from, take_archives
    from storage.ledger import open_ledger

    try:
        span = span_from(since, until, datetime.now(UTC), sources)
    except NoArchive as nothing:
        raise Problem(f"{nothing}.") from nothing
    if not direct:
        with_prefect(url)
        from flows.deployed.backfill import run_backfill

        return run_backfill(names, since, until).looks
    with open_ledger(url, mode="real", create=True) as ledger:
        taken = take_archives(ledger, sources, span, Turns(ledger.clock, time.sleep), most=most)
    for name, why in taken.failed.items():
        say(f"{name}: {why}")
    return taken.looks


def _as_flow(url: str, sources: list[str], most: int | None) -> list[Look]:
    with_prefect(url)
    from flows.deployed.ingest import run_ingest

    return run_ingest(sources, most).looks


def tell(look: Look, json: bool) -> None:
    """Print what a look brought, its faults on stderr."""
    from flows.settings import language
    from flows.source_words import state_words
    from tracking.words.catalogue import translator
    from tracking.words.refusals import refusal

    _ = translator(language())
    tell_faults(look)
    for address, sentence in look.refusals:
        say(f"{address}: {refusal(sentence, language())}")
    if json:
        json_lines([record(look)])
        return
    states = ", ".join(f"{state_words(s, _)} {count}" for s, count in sorted(look.texts.items()) if count)
    listed = _("unchanged") if look.listed is None else f"{_('entries')} {look.listed}"
    console().print(f"[bold]{plain(look.source)}[/bold]: {listed}; {states or _('nothing fetched')}")
    if look.note:
        console().print(plain(look.note))


def tell_faults(look: Look) -> None:
    """Say on stderr what was wrong."""
    from flows.settings import language
    from flows.source_words import fault_words
    from tracking.words.catalogue import translator

    for address, state, sentence in look.faults:
        fault = {"state": state, "code": look.codes.get(address, ""), "detail": sentence}
        say(f"{address}: {fault_words(fault, translator(language()))}")


def record(look: Look) -> dict[str, Any]:
    """A look as the one line of `--json`."""
    return {
        "source": look.source,
        "run": look.run,
        "seen": look.seen,
        "listed": look.listed,
        "texts": dict(look.texts),
        "recorded": dict(look.changes),
        "withdrawn": dict(look.withdrawn),
        "faults": [{"address": a, "state": s, "detail": d} for a, s, d in look.faults],
        "quarantined": [{"address": a, "detail": d} for a, d in look.refusals],
        "requests": look.requests,
        "waiting": look.waiting,
        "not_before": look.not_before.isoformat() if look.not_before else None,
        "note": look.note,
    }


def source_called(name: str) -> Source:
    """The source of that name or file; a Problem says which there are."""
    from flows.sources import named
    from parsers.sources.loading import SourceFault

    try:
        return named(name)
    except SourceFault as fault:
        raise Problem(f"{fault}.") from fault
