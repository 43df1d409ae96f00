"""`duixian reparse`: read stored texts again with today's parser, or see first what that would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.with_prefect import with_prefect

if TYPE_CHECKING:
    from flows.rereading import Preview, Reread


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian reparse --preview`\n\n`duixian reparse --direct`")(reparse)


def reparse(
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show which conclusions would change, and 50 of them.")
    ] = False,
    direct: Annotated[
        bool, typer.Option("--direct", help="Without Prefect (no server start): for scripts.")
    ] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Read every stored text again that an older parser read, and every quarantined one that is kept.

    What changes is superseded with the cause `parser`; what the ledger said before can still be asked for
    with --known-at.
    """
    from flows import rereading
    from flows.version import parser_version

    version = parser_version()
    with opened(db) as ledger:
        demo = ledger.mode == "demo"
        if preview:
            found = rereading.preview(ledger, version)
            if json:
                record = {"parser_version": version, "texts": found.texts, "conclusions": found.conclusions}
                json_lines([{**record, "counts": found.counts, "samples": found.samples}], demo=demo)
            else:
                _show(found)
            return
        done = rereading.reparse(ledger, version) if direct else _as_flow(db)
    if json:
        counted = {"texts": done.texts, "recorded": done.changes, "withdrawn": done.withdrawn}
        json_lines([{"parser_version": version, **counted}], demo=demo)
    else:
        _tell(done)


def _as_flow(db: str | None) -> Reread:
    from flows import ledgers

    with_prefect(ledgers.choose(db).url)
    from flows.deployed.reparse import run_reparse

    return run_reparse()


def _tell(done: Reread) -> None:
    from flows.settings import language
    from tracking.words.catalogue import translator

    _ = translator(language())
    terminal = console()
    terminal.print(f"{_('texts read again')}: {sum(done.texts.values())}")
    terminal.print(f"{_('entries recorded')}: {sum(done.changes.values())}")
    terminal.print(f"{_('entries withdrawn')}: {sum(done.withdrawn.values())}")


def _show(found: Preview) -> None:
    from digests.items import change_label
    from flows.settings import language
    from tracking.words.catalogue import translator

    lang = language()
    _ = translator(lang)
    title = _("{texts} texts to read again; {changed} of the entries held would change, {added} be added")
    counts = {"texts": found.texts, "changed": found.conclusions, "added": found.counts["added"]}
    shown = table(title.format(**counts), [_("change"), _("promise"), _("place"), (_("words"), {"ratio": 3})])
    words = {"altered": _("altered"), "withdrawn": _("withdrawn"), "added": _("added")}
    for sample in found.samples:
        entry = sample["after"] or sample["before"]
        quote = entry["evidence"][-1]["quote"] if entry["evidence"] else ""
        shown.add_row(
            f"{change_label(entry, lang).word}\n{words[sample['verdict']]}",
            plain(entry["commitment"]["title"]),
            plain(entry["district"]),
            plain(quote),
        )
    console().print(shown)
