"""`duixian source`: try a source's file out, draft one for an address, write its schema for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.checking import Sample, Tried
    from parsers.sources.loading import Source

source = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", help="Try sources out and draft them."
)

SHOWN = 20
"""Entries that `source check` shows."""


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(source, name="source")


@source.command(
    epilog="Examples:\n\n`duixian source check sources/chenghu-news.yml`\n\n"
    "`duixian source check chenghu-news --texts 10 --json`"
)
def check(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A source's file, or its name.", show_default=False)
    ],
    texts: Annotated[int, typer.Option(help="Texts fetched to try it out.", min=0)] = 3,
    json: options.Json = False,
) -> None:
    """Fetch once, show what the source would take and why, and whether a second fetch gives the same.

    Nothing is stored. Exit status 1 where something is not as it should be.
    """
    from flows.checking import try_out
    from flows.cli.ingest import source_called
    from flows.settings import settings
    from flows.visitor import visitor

    chosen = source_called(file)
    spec = chosen.on_the_web
    if spec is None:
        console().print(f"{chosen.id}: {plain(chosen.spec.name)} ({chosen.spec.kind})")
        return
    if settings().contact is None:
        say("set DUIXIAN_CONTACT to a page or mail address, so that sites can reach you")
    with visitor(private=spec.private) as web:
        tried = try_out(web, chosen, spec, texts)
    if json:
        json_lines([_record(chosen, tried)])
    else:
        _show(chosen, tried)
    raise typer.Exit(0 if tried.good else PARTLY)


@source.command(epilog="Examples:\n\n`duixian source new https://example.org/news/ --to sources/example.yml`")
def new(
    url: Annotated[str, typer.Argument(metavar="URL", help="A list of texts.", show_default=False)],
    to: Annotated[
        Path | None, typer.Option(help="File to write (else it is printed).", show_default=False)
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="The site stands at a private or local address.")
    ] = False,
) -> None:
    """Draft a source's file from a list page, a feed, a sitemap or a JSON list."""
    from flows.checking import drafted
    from flows.fetching.answers import NotHad
    from flows.visitor import visitor

    if to is not None and to.exists():
        raise Problem(f"{to} is there already: name another file.")
    try:
        with visitor(private=private) as web:
            name, text, found = drafted(web, url)
    except NotHad as not_had:
        hint = " (or --private here)" if not_had.code == "forbidden_address" and not private else ""
        raise Problem(f"{url}: {not_had.detail}{hint}.", PARTLY) from not_had
    if private:
        text += "private: true\n"
    if to is None:
        print(text, end="")
        say(f"save it as {name}.yml in the folder of your sources, then `duixian source check {name}.yml`")
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")
        say(f"{to}: {found.count} entries found; complete it, then `duixian source check {to}`")


@source.command(epilog="Example:\n\n`duixian source schema > source.schema.json`")
def schema() -> None:
    """Print the JSON schema of a source's file, for editors."""
    import json

    from parsers.sources.loading import schema as made

    print(json.dumps(made(), ensure_ascii=False, indent=1))


def _show(chosen: Source, tried: Tried) -> None:
    from flows.settings import language
    from flows.source_words import fault_words, left_words
    from storage.watching import GOOD
    from tracking.words.catalogue import translator

    _ = translator(language())
    listings = list(tried.lists.listings.values())
    shown = table(f"{chosen.id}: {len(listings)} {_('entries')}", [_("date"), _("title"), _("address")])
    for one in listings[:SHOWN]:
        shown.add_row(one.dated or "", plain(one.title), plain(one.href))
    console().print(shown)
    for entry, why in tried.lists.left[:SHOWN]:
        console().print(f"{_('left out')}: {plain(entry.title or entry.href)} ({plain(left_words(why, _))})")
    for fetch in tried.lists.fetches:
        if fetch.state not in GOOD:
            fault = {"state": fetch.state, "code": fetch.code, "detail": fetch.detail}
            console().print(f"[red]✗[/red] {plain(fetch.address)}: {plain(fault_words(fault, _))}")
    for sample in tried.samples:
        _show_sample(sample, _)
    if not tried.placed:
        console().print(f"[red]✗[/red] {_('write the full name of their place into the file, as `place`')}")
    for address in tried.differs:
        told = (
            _("another text at the second look")
            if address
            else _("the list names other entries at the second look")
        )
        console().print(f"[red]✗[/red] {plain(address)} {told}")
    if tried.good:
        console().print(f"[green]✓[/green] {_('a second fetch gives the same')} ({tried.requests})")
        if chosen.spec.verified is None:
            told = _("compared with the site? write `verified: {today}` so that runs take it by themselves")
            console().print(told.format(today=_today()))


def _show_sample(sample: Sample, _: Callable[[str], str]) -> None:
    from flows.source_words import fault_words
    from parsers.reading import Reading
    from parsers.refusal import Refused
    from tracking.words.refusals import refusal

    fetch, arrival = sample.got.fetch, sample.got.arrival
    where = plain(sample.listing.title or sample.listing.address)
    if arrival is None:
        fault = {"state": fetch.state, "code": fetch.code, "detail": fetch.detail}
        console().print(f"[red]✗[/red] {where}: {plain(fault_words(fault, _))}")
    elif isinstance(arrival.outcome, Refused):
        from flows.settings import language

        console().print(f"[yellow]?[/yellow] {where}: {plain(refusal(str(arrival.outcome), language()))}")
    else:
        read: Reading = arrival.outcome
        dated = read.published.value if read.published else ""
        facts = f"{dated} {read.place.name}, {_('statements')}: {len(read.statements)}"
        console().print(f"[green]✓[/green] {where}: {plain(facts)}")


def _record(chosen: Source, tried: Tried) -> dict[str, Any]:
    from parsers.reading import Reading

    samples = []
    for sample in tried.samples:
        fetch, arrival = sample.got.fetch, sample.got.arrival
        read = arrival.outcome if arrival is not None else None
        facts: dict[str, Any] = {"address": fetch.address, "state": fetch.state, "code": fetch.code}
        if isinstance(read, Reading):
            facts["title"], facts["district"] = read.title, read.place.name
            facts["published"] = read.published.value if read.published else None
            facts["statements"] = len(read.statements)
        samples.append({**facts, "detail": fetch.detail})
    return {
        "source": chosen.id,
        "good": tried.good,
        "entries": [
            {"address": one.address, "title": one.title, "date": one.dated}
            for one in tried.lists.listings.values()
        ],
        "left": [
            {"title": entry.title, "address": entry.href, "why": why} for entry, why in tried.lists.left
        ],
        "lists": [
            {"address": f.address, "state": f.state, "code": f.code, "detail": f.detail}
            for f in tried.lists.fetches
        ],
        "texts": samples,
        "differs": tried.differs,
        "requests": tried.requests,
    }


def _today() -> str:
    from datetime import date

    return date.today().isoformat()
