"""`duixian up` and `duixian schedules`: what runs by itself, and everything it takes on a single machine."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, say, table
from flows.cli.problems import Problem


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Examples:\n\n`duixian up`\n\n`duixian up --limit 1 --db ledger.sqlite`")(up)
    app.command(
        epilog="Examples:\n\n`duixian schedules`\n\n"
        "`PREFECT_API_URL=http://prefect.example/api duixian schedules --install`"
    )(schedules)


def up(
    limit: Annotated[int, typer.Option(min=1, help="Flow runs at the same time.")] = 2,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the site; 0 takes a free one.")] = 8642,
    db: options.Db = None,
) -> None:
    """Run schedules and site on this machine until stopped, with a Prefect server of their own."""
    from flows import ledgers, prefect_env, serving
    from flows import up as machine
    from flows.home import data_folder
    from flows.schedules import NoSchedules, file_of_schedules, install, planned
    from flows.settings import settings
    from storage.ledger import open_ledger

    path = str(ledgers.standard("real"))
    choice = ledgers.named(db) or ledgers.Choice(path, path, "default")
    # Not as a parameter of the runs: Prefect stores parameters, and an address may hold a password.
    os.environ["DUIXIAN_DB"] = choice.url
    settings.cache_clear()
    open_ledger(choice.url, mode="real", create=True).close()
    try:
        plans = file_of_schedules()
        prefect_env.prepare(quiet=False)
        say("starting (the first time takes about half a minute) ...")
        with machine.server(data_folder() / "prefect-server.log") as address:
            install(plans)
            say(f"ledger {choice.name}; Prefect's page {address.removesuffix('/api')}")
            for entry in planned(plans):
                if entry.crons:
                    say(f"  {', '.join(entry.crons):<14} {entry.time_zone}  {entry.full_name}")
            listening = serving.listen(port)
            say(f"{serving.address_of(listening)} shows the ledger; Ctrl-C stops everything")
            with open_ledger(choice.url) as ledger:
                machine.work(limit, lambda: serving.beside(ledger, listening))
    except NoSchedules as failure:
        raise Problem(str(failure)) from failure
    except KeyboardInterrupt:
        say("stopped")


def schedules(
    install: Annotated[
        bool,
        typer.Option(
            "--install",
            help="Make them on the server of PREFECT_API_URL, and the ledger of DUIXIAN_DB.",
        ),
    ] = False,
    json: options.Json = False,
) -> None:
    """Show what runs when, or install it on a Prefect server with the work pool it needs."""
    from flows import ledgers, prefect_env
    from flows import schedules as plans
    from flows.settings import language
    from storage.ledger import open_ledger
    from tracking.words.catalogue import translator

    try:
        path = plans.file_of_schedules()
        entries = plans.planned(path)
        if install:
            if prefect_env.prepare():
                raise Problem(
                    "no Prefect server is named: set PREFECT_API_URL, or run `duixian up`, which starts one"
                )
            plans.install(path)
            if (ledger := ledgers.named(None)) is not None:
                # The site and the first run find it made, with the rights of whoever installs.
                open_ledger(ledger.url, mode="real", create=True).close()
    except plans.NoSchedules as failure:
        raise Problem(str(failure)) from failure
    if json:
        json_lines(
            {
                "deployment": e.full_name,
                "crons": e.crons,
                "timezone": e.time_zone or None,
                "description": e.description,
            }
            for e in entries
        )
        return
    _ = translator(language())
    shown = table(str(path), [_("when"), _("time zone"), _("deployment"), _("what it does")])
    for entry in entries:
        when = ", ".join(entry.crons) or "-"
        shown.add_row(when, entry.time_zone or "-", entry.full_name, entry.description)
    console().print(shown)
    if install:
        say(
            f"installed: {len(entries)} deployments; "
            f"start a worker with `prefect worker start --pool {plans.POOL}`"
        )
