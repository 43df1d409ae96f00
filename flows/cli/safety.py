"""`duixian verify`, `backup`, `restore`, `withhold`: is it sound, is it safe, and what may not be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli import options
from flows.cli.long_work import NowAndThen
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, say
from flows.cli.problems import PARTLY
from flows.cli.rulings import By, Reason, author, sentences, told


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Examples:\n\n`duixian verify`\n\n`duixian verify --json --db ledger.sqlite`")(verify)
    app.command(epilog="Examples:\n\n`duixian backup`\n\n`duixian backup monday.sqlite`")(backup)
    app.command(
        epilog="Examples:\n\n`duixian restore monday.sqlite --db new.sqlite`\n\n"
        "`duixian restore monday.sqlite --replace`"
    )(restore)
    app.command(
        epilog="Examples:\n\n`duixian withhold 9a41c07be215 --reason 'court order 12/2026'`\n\n"
        "`duixian withhold 9a41c07be215:120-164 --erase --reason 'personal data'`"
    )(withhold)


def verify(json: options.Json = False, db: options.Db = None) -> None:
    """Check every invariant of the ledger: protection, bytes, hashes, chain, quotes, replay, conclusions.

    The first thing that is off is named, and the exit status is 1.
    """
    from flows.version import parser_version
    from storage.verify import verify as checks
    from tracking.derive import derive

    wrong = False
    with opened(db) as ledger:
        progress = NowAndThen(_concluded)
        for check in checks(ledger, derive=derive, parser_version=parser_version(), progress=progress):
            wrong = wrong or check.wrong is not None
            if json:
                record = {"check": check.name, "looked_at": check.looked_at, "wrong": check.wrong}
                json_lines([{**record, "note": check.note}], demo=ledger.mode == "demo")
                continue
            sign = "[bold red]✗[/bold red]" if check.wrong else "[green]✓[/green]"
            about = check.wrong or f"{check.looked_at}" + (f" ({check.note})" if check.note else "")
            console().print(f"{sign} {check.name}: {about}")
    raise typer.Exit(PARTLY if wrong else 0)


def _concluded(done: int, total: int) -> None:
    say(f"{done} of {total} places concluded anew")


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="Where to (else backups/ in the data folder).", show_default=False
        ),
    ] = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Copy the whole ledger, raw bytes included, into one SQLite file, while it is in use.

    The file is a ledger itself, whatever database it was made from: every command can ask it.
    """
    from flows.keeping import new_name
    from storage.backups import backup as copy

    with opened(db) as ledger:
        path = file or new_name(ledger)
        copy(ledger, path)
        demo = ledger.mode == "demo"
    if json:
        json_lines([{"backup": str(path), "bytes": path.stat().st_size}], demo=demo)
    else:
        print(path)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of a ledger file; it is kept beside.")
    ] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Bring a backup back: withheld what was withheld since, and verified before it takes its place."""
    from flows import ledgers, safety

    choice = ledgers.choose(db)
    kept, applied = safety.restore(file, choice.url, replace=replace)
    if json:
        record = {"ledger": choice.name, "former": str(kept) if kept else None, "withheld": applied}
        json_lines([record])
        return
    say(
        f"{file} is restored as {choice.name} and verified"
        + (f"; withheld again: {applied}" if applied else "")
    )
    if kept is not None:
        say(f"the former ledger is kept as {kept}")


def withhold(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT...",
            help="Hash of a text, SHA256:START-END of words, or a document's id; beginnings do.",
        ),
    ],
    reason: Reason,
    by: By = None,
    erase: Annotated[
        bool, typer.Option("--erase", help="Overwrite bytes and quotes for good; hashes and offsets stay.")
    ] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show words no more: by court order, for the publisher, or because they are personal data.

    Everything says [withheld] in their place from now on, about the past too; `duixian rulings revoke` shows
    again what was only hidden.
    """
    from flows import safety
    from flows.deciding import Wish, ruling_for

    with opened(db) as ledger, sentences():
        wish = Wish("withhold", what, author(by), reason, {"erase": erase})
        ruling = ruling_for(ledger, wish)
        told(ledger, [ruling], safety.withhold(ledger, ruling), json)
