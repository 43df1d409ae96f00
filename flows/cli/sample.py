"""`duixian sample`: measure by hand how often the panel errs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, say, table
from flows.cli.problems import Problem


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian sample --n 200`\n\n`duixian sample --score var/exports/hand-check.xlsx`"
    )(sample)


def sample(
    n: Annotated[int, typer.Option("--n", min=1, max=20_000, help="How many sentences to draw.")] = 200,
    seed: Annotated[int, typer.Option(help="Another number draws other sentences.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the sheet (else the data folder).")
    ] = None,
    score: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A filled-in sheet to score instead.", show_default=False),
    ] = None,
    district: options.Place = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Draw sentences of the panel for a blind check by hand, or score the filled-in sheet.

    The sheet (XLSX) has sentences with source and date, and columns for answers; nothing that the ledger
    reads. The error rates of the last scored sheet stand in the description of later exports.
    """
    from audit import hand_check, hand_sheet
    from audit.targets import NoTarget
    from flows.home import data_folder
    from flows.settings import language
    from tracking.words.catalogue import translator

    if score is None:
        path = out or data_folder() / "exports" / "hand-check.xlsx"
        if path.exists():
            raise Problem(f"{path} is there already, perhaps filled in: move it or name another with --out")
        with opened(db) as ledger:
            rows = hand_check.draw(ledger, n, seed, full_name(ledger, district))
        path.parent.mkdir(parents=True, exist_ok=True)
        hand_sheet.write(path, rows, language())
        if json:
            json_lines([{"file": str(path), "rows": len(rows)}])
        else:
            print(path)
            say(f"{len(rows)} sentences; fill in the yellow columns, then `duixian sample --score {path}`")
        return
    with opened(db) as ledger:
        try:
            scored = hand_check.score(ledger, hand_sheet.read(score))
        except NoTarget as error:
            raise Problem(str(error)) from error
        if any(told["asked"] for told in scored["error_rates"].values()):
            hand_check.keep(ledger, data_folder(), scored)
        else:
            say("nothing is answered in this sheet, so nothing was measured")
    if json:
        json_lines([scored])
        return
    _ = translator(language())
    names = {
        "role": _("promise or result"),
        "year": _("year meant"),
        "amount": _("first amount"),
        "linked": _("linked, but not the same matter"),
        "unlinked": _("same matter, but not linked"),
    }
    shown = table(_("Errors found by hand"), [_("what"), _("answered"), _("wrong"), _("share"), "95 %"])
    for name, told in scored["error_rates"].items():
        known = told["asked"] > 0
        share = f"{told['rate']:.1%}" if known else ""
        between = f"{told['low']:.1%} – {told['high']:.1%}" if known else ""
        shown.add_row(names[name], str(told["asked"]), str(told["wrong"]), share, between)
    console().print(shown)
    if scored["gone"]:
        say(f"{scored['gone']} rows were left out: their sentences are not in the panel any more")
