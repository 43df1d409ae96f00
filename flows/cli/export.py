"""`duixian export`: the ledger as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.opened import DEMO, full_name, opened
from flows.cli.out import json_lines, say

if TYPE_CHECKING:
    from datetime import datetime

    from storage.exports.panel import Unseen
    from storage.exports.rows import Audience
    from storage.ledger import Ledger

KNOWN = ("jsonl", "csv", "xlsx", "parquet", "sqlite", "stata")
OF_PANEL = ("parquet", "csv", "stata")


def _known(given: list[str] | None) -> list[str] | None:
    for name in given or ():
        if name not in KNOWN:
            raise typer.BadParameter(f"{name} is none of {', '.join(KNOWN)}")
    return given


def _panel(given: str | None) -> str | None:
    if given not in (None, "panel"):
        raise typer.BadParameter("write `panel`, or nothing for the whole ledger")
    return given


def _fitting(formats: list[str] | None, panel: bool) -> None:
    for name in formats or ():
        if panel and name not in OF_PANEL:
            raise typer.BadParameter(f"the panel is written as {', '.join(OF_PANEL)}", param_hint="--format")
        if not panel and name == "stata":
            raise typer.BadParameter(
                "only the panel is written for Stata: `duixian export panel`", param_hint="--format"
            )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian export`\n\n"
        "`duixian export --format xlsx --district 市中区 --out office`\n\n"
        "`duixian export --public --format csv --format sqlite`\n\n"
        "`duixian export panel --format stata`"
    )(export)


def export(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[panel]",
            callback=_panel,
            help="panel: a table of places, years and indicators for statistics.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            callback=_known,
            help=f"Only this format; may be repeated: {', '.join(KNOWN)} (the panel). Without any: all.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to write it (else the data folder).")
    ] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="To be handed out: without accusations that nobody has reviewed."),
    ] = False,
    district: options.Place = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Write the ledger as files: JSON lines, CSV, XLSX (台账), Parquet, SQLite, each column described.

    The same state of the ledger gives the same bytes. Without --public it is the operator's own view.
    """
    from audit.hand_check import measured
    from digests.phrases import differences
    from flows.home import data_folder
    from flows.settings import language
    from storage.exports.bundle import FORMATS
    from storage.exports.bundle import export as write
    from storage.exports.panel_files import PANEL_FORMATS, export_panel

    _fitting(format_, what == "panel")
    moment = options.moment(known_at)
    audience: Audience = "public" if public else "operator"
    folder = out or data_folder() / "exports" / (f"panel-{audience}" if what else audience)
    with opened(db) as ledger:
        place = full_name(ledger, district)
        errors = measured(ledger, data_folder())
        if what:
            done = export_panel(
                ledger,
                folder,
                formats=[name for name in PANEL_FORMATS if not format_ or name in format_],
                audience=audience,
                district=place,
                known_at=moment,
                lang=language(),
                measured=errors,
                unseen=_unseen(ledger, moment),
            )
        else:
            done = write(
                ledger,
                folder,
                formats=[name for name in FORMATS if not format_ or name in format_],
                audience=audience,
                district=place,
                known_at=moment,
                lang=language(),
                tell=differences,
                measured=errors,
            )
    if json:
        record = {"folder": str(done.folder), "files": list(done.files), "records": done.records}
        json_lines([{**record, "audience": done.audience, "head": done.head}], demo=done.demo)
        return
    for name in done.files:
        print(done.folder / name)
    if done.demo:
        say(f"this is a {DEMO}; every file says so")
    if not public:
        say("these files hold what nobody has reviewed yet; --public leaves accusations of that kind out")


def _unseen(ledger: Ledger, known_at: datetime | None) -> Unseen | None:
    """The log of gaps as of the ledger's state: what is looked at later says nothing of it."""
    from flows.observing import unseen
    from storage.queries.facts import last_commit

    at = known_at or last_commit(ledger)
    return None if at is None else unseen(ledger, at)
