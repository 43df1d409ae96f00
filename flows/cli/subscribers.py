"""`duixian subscribers`: who gets mails. The file is the operator's; who left stands in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY, Problem

if TYPE_CHECKING:
    from digests.subscriptions import Subscription

subscribers = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", help="Who gets mails.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The subscriber's id in the file.", show_default=False)]
Many = Annotated[list[str] | None, typer.Option(help="May be repeated; none means everything.")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(subscribers, name="subscribers")


@subscribers.callback()
def group() -> None:
    """Who gets mails."""


def read() -> list[Subscription]:
    """The subscriptions, or a Problem with everything wrong in the file."""
    from digests.subscriptions import Unreadable
    from flows.mailing.setup import subscriptions

    try:
        return subscriptions()
    except Unreadable as unreadable:
        raise Problem("\nduixian: ".join(unreadable.faults)) from unreadable


@subscribers.command(
    epilog="Examples:\n\n`duixian subscribers add zhang --mail zhang@example.org --place 云川市澄湖区`\n\n"
    "`duixian subscribers add team --chat TEAM_CHAT --role editor --often daily`"
)
def add(
    name: Id,
    mail: Annotated[str | None, typer.Option(help="The address that mails go to.")] = None,
    chat: Annotated[
        str | None,
        typer.Option(metavar="VARIABLE", help="Instead: environment variable with an Apprise address."),
    ] = None,
    called: Annotated[str, typer.Option("--name", help="The subscriber's name.")] = "",
    role: Annotated[
        str, typer.Option(help="reader, or editor: who also gets what nobody reviewed.")
    ] = "reader",
    place: Many = None,
    area: Many = None,
    kind: Many = None,
    indicator: Many = None,
    project: Many = None,
    system: Many = None,
    often: Annotated[str, typer.Option(help="daily, weekly, monthly or at once.")] = "weekly",
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    zone: Annotated[str, typer.Option(help="Time zone.")] = "Asia/Shanghai",
    form: Annotated[str, typer.Option("--format", help="both (HTML and text) or text.")] = "both",
    db: options.Db = None,
) -> None:
    """Add a subscriber to the file. News for them begins now."""
    from pydantic import ValidationError

    from digests import subscriptions
    from flows.mailing.setup import subscriptions_file
    from storage.mails.subscribers import begin

    facts = {
        "id": name, "name": called, "mail": mail, "chat": chat, "role": role, "places": place or (),
        "areas": area or (), "kinds": kind or (), "indicators": indicator or (), "projects": project or (),
        "systems": system or (), "often": often, "lang": lang, "zone": zone, "format": form,
    }  # fmt: skip
    read()
    path = subscriptions_file()
    try:
        wanted = subscriptions.Subscription.model_validate(facts)
        with opened(db) as ledger:
            subscriptions.add(path, wanted)
            begin(ledger, [name])
    except ValidationError as error:
        raise Problem(f"{name}: {'; '.join(subscriptions.faults(error))}.") from error
    except subscriptions.Unreadable as unreadable:
        raise Problem("\nduixian: ".join(unreadable.faults)) from unreadable
    say(f"{name} stands in {path}")


@subscribers.command(
    "list", epilog="Examples:\n\n`duixian subscribers list`\n\n`duixian subscribers list --json`"
)
def list_all(json: options.Json = False, db: options.Db = None) -> None:
    """Show who gets what, since when, and who is paused or left."""
    from storage.mails.subscribers import standings

    listed = read()
    with opened(db) as ledger:
        with ledger.reading() as connection:
            stands = standings(connection)
        demo = ledger.mode == "demo"
    records: list[dict[str, Any]] = []
    for one in listed:
        standing = stands.get(one.id)
        records.append(
            {
                **one.model_dump(mode="json"),
                "state": standing.state if standing else None,
                "since": standing.at.isoformat() if standing else None,
                "reason": standing.reason if standing else "",
            }
        )
    if json:
        json_lines(records, demo=demo)
        return
    from flows.settings import language
    from tracking.words.catalogue import translator

    _ = translator(language())
    shown = table(f"{len(records)}", ["ID", _("to"), _("role"), _("place"), _("how often"), _("state")])
    words = {
        None: _("begins with the next sending"),
        "started": _("active"),
        "resumed": _("active"),
        "paused": _("paused"),
        "unsubscribed": _("unsubscribed"),
        "removed": _("begins with the next sending"),
    }
    for record in records:
        state = " ".join(filter(None, (words[record["state"]], record["reason"])))
        shown.add_row(
            record["id"],
            plain(record["mail"] or record["chat"]),
            record["role"],
            plain("、".join(record["places"])),
            record["often"],
            plain(state),
        )
    console().print(shown)


@subscribers.command(
    epilog="Examples:\n\n`duixian subscribers pause zhang --reason 休假`\n\n"
    "`duixian subscribers pause zhang --off`"
)
def pause(
    name: Id,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    off: Annotated[
        bool, typer.Option("--off", help="End the pause; news of the meantime is not sent.")
    ] = False,
    db: options.Db = None,
) -> None:
    """Send nothing to a subscriber for now (or again, with --off)."""
    from storage.mails.subscribers import note_state

    if name not in {one.id for one in read()}:
        raise Problem(f"the file has no subscriber {name}: `duixian subscribers list` shows them.")
    with opened(db) as ledger:
        done = note_state(ledger, name, "resumed" if off else "paused", reason)
    say(f"{name} {'gets mails again' if off else 'is paused'}" + ("" if done else " (as before)"))


@subscribers.command(epilog="Example:\n\n`duixian subscribers remove zhang`")
def remove(name: Id, db: options.Db = None) -> None:
    """Take a subscriber out of the file; what waits for them is not sent."""
    from digests import subscriptions
    from flows.mailing.setup import subscriptions_file
    from storage.mails.subscribers import note_state

    read()
    with opened(db) as ledger:
        if not subscriptions.remove(subscriptions_file(), name):
            raise Problem(f"the file has no subscriber {name}: `duixian subscribers list` shows them.")
        note_state(ledger, name, "removed")
    say(f"{name} is removed")


@subscribers.command(epilog="Example:\n\n`duixian subscribers check`")
def check(db: options.Db = None) -> None:
    """Check the file: ids, addresses, zones, and whether the ledger has the places."""
    from flows.mailing.setup import subscriptions_file
    from storage.queries import find_places

    listed = read()
    unknown: list[str] = []
    with opened(db) as ledger:
        for one in listed:
            for place in one.places:
                if place not in {found.name for found in find_places(ledger, place)}:
                    unknown.append(
                        f"{one.id}: the ledger has no place called {place} (yet): give its full name"
                    )
    for sentence in unknown:
        say(sentence)
    say(f"{subscriptions_file()}: {len(listed)} subscribers")
    if unknown:
        raise typer.Exit(PARTLY)


@subscribers.command(
    epilog="Examples:\n\n`duixian subscribers unsubscribe TOKEN`\n\n`duixian subscribers unsubscribe -` "
    "(as the mail server's pipe for the address that takes unsubscriptions)"
)
def unsubscribe(
    token: Annotated[
        str, typer.Argument(metavar="TOKEN|-", help="What stands in the link; - reads a mail from stdin.")
    ],
    db: options.Db = None,
) -> None:
    """Unsubscribe whoever's signed token this is."""
    import sys

    from digests.leaving import leave
    from flows.settings import settings

    secret = settings().mail_secret.get_secret_value()
    if not secret:
        raise Problem("DUIXIAN_MAIL_SECRET is not set: without it no token can be checked.")
    text = sys.stdin.buffer.read(200_000).decode("utf-8", "replace") if token == "-" else token
    with opened(db) as ledger:
        name = leave(ledger, secret, text, "by mail" if token == "-" else "by the operator")
    if name is None:
        raise Problem("there is no token in it that this installation signed.", PARTLY)
    say(f"{name} is unsubscribed")
