"""`duixian serve`: the ledger as a site and an API; and `duixian users`: who may sign in to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, plain, say, table
from flows.cli.problems import PARTLY, Problem

ROLES = ("reader", "editor", "publisher", "operator")
users = typer.Typer(no_args_is_help=True, help="Who may sign in to the site.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    examples = (
        "Examples:\n\n`duixian serve`\n\n`duixian serve --port 8080 --db var/demo.sqlite`\n\n"
        "`duixian serve --checklist > public.toml`\n\n`duixian serve --public public.toml --host 0.0.0.0`"
    )
    app.command(epilog=examples)(serve)
    app.add_typer(users, name="users")


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8642,
    public: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Let strangers read: the checklist, filled in, that allows it."),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Listen on this address instead of this machine's own (with --public).")
    ] = None,
    checklist: Annotated[bool, typer.Option("--checklist", help="Print a checklist to fill in.")] = False,
    db: options.Db = None,
) -> None:
    """Serve the ledger as a site and an HTTP API, until Ctrl+C.

    Without --public it listens on this machine only and shows everything, unreviewed accusations too.
    """
    from flows import public as publicly

    if checklist:
        print(publicly.blank())
        return
    if host is not None and public is None:
        raise Problem("--host opens the ledger to others: it needs --public with a checklist.")
    from audit.site.options import Options
    from flows.accounts import secret
    from flows.serving import LOOPBACK, run
    from flows.settings import language

    settled = None
    if public is not None:
        try:
            settled = publicly.read(public)
        except ValueError as error:
            raise Problem(f"{error}.") from error
        if settled.open:
            for sentence in settled.open:
                say(f"not settled: {sentence}")
            raise Problem(f"the site stays closed: settle this in {public}.", PARTLY)
    chosen = Options(
        public=settled is not None,
        contact=settled.contact if settled else "",
        address=settled.address if settled else "",
        secret=secret(),
        language=language(),
    )
    with opened(db) as ledger:
        try:
            run(
                ledger,
                port,
                lambda address: say(f"{address} shows the ledger; Ctrl+C ends it"),
                host=host or LOOPBACK,
                options=chosen,
            )
        except OSError as error:
            raise Problem(f"port {port} cannot be used ({error.strerror}): give another --port.") from error


@users.command(epilog="Example:\n\n`duixian users add 李编辑 --role editor`")
def add(
    name: Annotated[str, typer.Argument(help="As it will stand in rulings.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")] = "editor",
) -> None:
    """Let somebody sign in, or change their password or role; asks for the password."""
    from flows.accounts import UserFile

    if role not in ROLES:
        raise typer.BadParameter(f"{role} is none of {', '.join(ROLES)}", param_hint="--role")
    told = (
        typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    try:
        UserFile().put(name, role, told)  # type: ignore[arg-type]
    except ValueError as error:
        raise Problem(f"{error}.") from error
    say(f"{name} may sign in as {role}")


@users.command("list", epilog="Example:\n\n`duixian users list`")
def list_() -> None:
    """Show who may sign in."""
    from flows.accounts import UserFile

    shown = table("", ["name", "role"])
    for name, role in UserFile().names().items():
        shown.add_row(plain(name), role)
    console().print(shown)


@users.command(epilog="Example:\n\n`duixian users remove 李编辑`")
def remove(name: Annotated[str, typer.Argument(help="Who may not sign in any more.")]) -> None:
    """Shut somebody out, at once; what they ruled stays."""
    from flows.accounts import UserFile

    if not UserFile().remove(name):
        raise Problem(f"nobody is called {name}: `duixian users list` shows who there is.")
    say(f"{name} may not sign in any more")
