"""`duixian review`: what waits for a person's decision, most harmful first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from flows.cli import options
from flows.cli.long_work import NowAndThen
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian review`\n\n`duixian review --district 市中区 --json`")(review)


def review(
    district: options.Place = None,
    limit: Annotated[int, typer.Option(min=1, help="Items shown in the table; --json gives all.")] = 20,
    every: Annotated[
        bool, typer.Option("--all", help="Every unsure link, not only those on which something hangs.")
    ] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List what a person should decide: accusations that nobody has reviewed, rulings that lost their words,
    and statements that may be one commitment. Each comes with its sentences and the command that settles it.
    A text leaves at most fifteen items, unless it alone accuses more often: of unsure links those that would
    take back an accusation come first, then those that would settle a promise.
    """
    from audit.review import by_harm, foremost, told, unsure_links

    with opened(db) as ledger:
        place = full_name(ledger, district)
        # Unsure links of many places take minutes, and none of them goes before an accusation.
        waiting = told(ledger, district=place)
        first = [] if json or every else foremost(waiting)
        if len(first) > limit:
            _show(first, limit, all_of_them=False)
            return
        links = unsure_links(ledger, waiting, district=place, every=every, progress=NowAndThen(_compared))
        items = by_harm([*waiting, *links])
        if json:
            json_lines(items, demo=ledger.mode == "demo")
            return
    _show(items, limit)


def _compared(done: int, total: int) -> None:
    say(f"{done} of {total} places compared")


def _show(items: Sequence[Mapping[str, Any]], limit: int, *, all_of_them: bool = True) -> None:
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label
    from tracking.words.reasons import reason

    lang = language()
    _ = translator(lang)
    terminal = console()
    kinds = {
        "accusation": _("accusation"),
        "lost_ruling": _("ruling without its words"),
        "unsure_link": _("perhaps one commitment"),
        "rename": _("perhaps one part under another name"),
    }
    if not items:
        terminal.print(_("Nothing waits for a decision."))
    for item in items[:limit]:
        word = label("change", item["entry"]["change"], lang).word if "entry" in item else kinds[item["kind"]]
        if grade := item.get("entry", {}).get("grade"):
            word = f"{word} · {label('grade', grade, lang).word}"
        place = plain(item["district"] or "")
        terminal.print(f"[bold]{word}[/bold]  {plain(item['title'])}  [dim]{place}  {item['id']}[/dim]")
        terminal.print(f"  [dim]{plain(reason(item['why'], lang))}[/dim]")
        for piece in item["evidence"]:
            quote = f"“{plain(piece['quote'])}” " if piece.get("quote") else ""
            terminal.print(f"  {'−' if piece.get('side') == 'old' else '+'} {quote}{piece['document'] or ''}")
        _searched(item, _("searched for"))
        for command in item["decide"]:
            terminal.print(f"  {command}", soft_wrap=True, markup=False)
        terminal.print()
    if len(items) > limit:
        more = (
            _("{count} more: --limit, or --json")
            if all_of_them
            else _("{count} more accusations, then what may be one commitment: --limit, --district or --json")
        )
        terminal.print(more.format(count=len(items) - limit))


def _searched(item: Mapping[str, Any], heading: str) -> None:
    searched = (item.get("entry") or {}).get("searched")
    if searched:
        terms = "、".join(map(str, searched.get("terms", ())))
        near = ", ".join(f"{n.get('document')}:{n['start']}-{n['end']}" for n in searched.get("nearest", ()))
        console().print(f"  {heading}: {plain(terms)}  {plain(near)}")
