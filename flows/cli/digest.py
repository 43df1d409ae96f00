"""`duixian digest`: look at what would be mailed, mail it, see how that went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY, Problem

if TYPE_CHECKING:
    from digests.subscriptions import Subscription
    from storage.ledger import Ledger

digest = typer.Typer(no_args_is_help=True, help="Digests of what changed.", rich_markup_mode="markdown")


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(digest, name="digest")


@digest.callback()
def group() -> None:
    """Digests of what changed."""


@digest.command(
    epilog="Examples:\n\n`duixian digest preview`\n\n`duixian digest preview --all --district 市中区 --out .`"
)
def preview(
    district: options.Place = None,
    all_: Annotated[
        bool, typer.Option("--all", help="The whole log, not only what the last run with news added.")
    ] = False,
    subscriber: Annotated[
        str | None, typer.Option("--for", metavar="ID", help="The mails that this subscriber would get now.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to write it (else the data folder).")
    ] = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Write the digest as HTML and plain text, grouped by place and kind, with quotes."""
    from flows.previews import write_mails, write_preview

    with opened(db) as ledger:
        if subscriber is None:
            pages = [write_preview(ledger, out, district=full_name(ledger, district), whole=all_)]
        else:
            pages = _mails_for(ledger, subscriber, out, write_mails)
    for page in pages:
        if open_:
            typer.launch(page.as_uri())
        _tell_page(page, json)


def _mails_for(ledger: Ledger, name: str, out: Path | None, write: Callable[..., list[Path]]) -> list[Path]:
    """The pages of what a subscriber would get; a Problem where there is nothing."""
    from flows.cli.subscribers import read

    wanted = [one for one in read() if one.id == name]
    if not wanted:
        raise Problem(f"the file has no subscriber {name}: `duixian subscribers list` shows them.")
    pages = write(ledger, wanted[0], out)
    if not pages:
        raise Problem(f"there is nothing to tell {name} since the last mail, or since {name} began.", PARTLY)
    return pages


def _tell_page(page: Path, json: bool) -> None:
    if json:
        json_lines([{"html": str(page), "text": str(page.with_suffix(".txt"))}])
        return
    print(page)
    print(page.with_suffix(".txt"))


@digest.command(epilog="Examples:\n\n`duixian digest send --dry-run`\n\n`duixian digest send` (every hour)")
def send(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show who would get what; nothing is written or sent.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Whoever has news, whether their day, week or month is over or not.")
    ] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Make the mails that are due, put them into the outbox, and send what waits there."""
    from flows.cli.subscribers import read
    from flows.mailing import making
    from flows.mailing.setup import NotSetUp, domain, links, post

    listed = read()
    if not listed:
        raise Problem("there are no subscribers: `duixian subscribers add` makes the first.")
    with opened(db) as ledger:
        if dry_run:
            _plan(ledger, listed, json, now=now)
            return
        from digests.chat import post_to_chat
        from flows.mailing.sending import send_due

        try:
            if any(one.channel == "mail" for one in listed):
                post()  # before anything is fixed: a mail without a server to send it would only grow old
            made = making.put_in_outbox(ledger, listed, ledger.clock(), links(), domain(), at_once=now)
            sent = send_due(ledger, post, listed, post_to_chat)
        except NotSetUp as missing:
            raise Problem(f"{missing}.") from missing
        demo = ledger.mode == "demo"
    if json:
        json_lines([{"made": made, **sent.counts, "reports": sent.reports}], demo=demo)
    else:
        for sentence in sent.reports:
            say(sentence)
        told = ", ".join(f"{state} {count}" for state, count in sorted(sent.counts.items()))
        say(
            f"mails made {made}; "
            + ("another process is sending" if sent.elsewhere else told or "none to send")
        )
    if sent.reports:
        raise typer.Exit(PARTLY)


def _plan(ledger: Ledger, listed: Sequence[Subscription], json: bool, *, now: bool) -> None:
    """Who would get what."""
    from flows.mailing import making
    from flows.mailing.setup import links

    records: list[dict[str, Any]] = [
        {
            "subscriber": made.turn.subscription.id,
            "to": made.turn.subscription.recipient,
            "kind": mail.kind,
            "entries": sum(what == "news" for _seq, what in mail.told),
            "taken_back": sum(what == "taken back" for _seq, what in mail.told),
            "subject": mail.content.subject,
        }
        for made in making.make(ledger, listed, ledger.clock(), links(), at_once=now)
        for mail in made.mails
    ]
    if json:
        json_lines(records, demo=ledger.mode == "demo")
        return
    from flows.settings import language
    from tracking.words.catalogue import translator

    _ = translator(language())
    shown = table(
        _("{count} mails would be made").format(count=len(records)),
        ["ID", _("to"), _("changes"), _("subject of the mail")],
    )
    for one in records:
        shown.add_row(one["subscriber"], plain(one["to"]), str(one["entries"]), plain(one["subject"]))
    console().print(shown)


@digest.command(
    epilog="Examples:\n\n`duixian digest feed --district 市中区`\n\n`duixian digest feed --out changes.atom`"
)
def feed(
    district: options.Place = None,
    commitment: Annotated[str | None, typer.Option(metavar="ID", help="Only this commitment.")] = None,
    editors: Annotated[
        bool, typer.Option("--editors", help="Also accusations that nobody has reviewed, marked.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it (else stdout).")] = None,
    db: options.Db = None,
) -> None:
    """Write an Atom feed of changes: of a place, of a commitment, or of all."""
    import sys

    from digests.atom import feed as made
    from flows.mailing.setup import links
    from flows.settings import language
    from storage.queries import story

    with opened(db) as ledger:
        whose = None
        if commitment is not None:
            known = story(ledger, commitment)
            if known is None:
                raise Problem(f"the ledger has no commitment {commitment}: `duixian commitments` lists them.")
            whose = known["id"]
        content = made(
            ledger,
            lang=language(),
            links=links(),
            address="",
            district=full_name(ledger, district),
            commitment=whose,
            role="editor" if editors else "reader",
        )
    if out is None:
        sys.stdout.write(content.decode())
    else:
        out.write_bytes(content)
        print(out)


@digest.command(epilog="Examples:\n\n`duixian digest outbox`\n\n`duixian digest outbox --all --json`")
def outbox(
    all_: Annotated[bool, typer.Option("--all", help="Also what is settled.")] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show what waits, what was put off and why, and what is in doubt."""
    from storage.mails.delivery import mails

    with opened(db) as ledger:
        with ledger.reading() as connection:
            found = [m for m in mails(connection) if all_ or m.state not in ("sent", "refused", "cancelled")]
        demo = ledger.mode == "demo"
    records: list[dict[str, Any]] = [
        {
            "key": mail.key,
            "subscriber": mail.subscriber,
            "to": mail.recipient,
            "kind": mail.kind,
            "made_at": mail.made_at.isoformat(),
            "state": mail.state,
            "tried": sum(step.step != "in doubt" for step in mail.steps),
            "detail": mail.steps[-1].detail if mail.steps else "",
            "due_at": None if mail.settled else mail.due_at.isoformat(),
        }
        for mail in found
    ]
    if json:
        json_lines(records, demo=demo)
        return
    from flows.settings import language
    from tracking.words.catalogue import translator

    _ = translator(language())
    shown = table(f"{len(records)}", ["ID", _("to"), _("state"), _("reason")])
    for one in records:
        shown.add_row(one["key"][:12], plain(one["to"]), one["state"], plain(one["detail"]))
    console().print(shown)
