"""`duixian quarantine`: what was refused and why; released with what was missing, or discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import PARTLY, Problem
from flows.cli.rulings import By, Reason, author
from parsers.refusal import Refused

if TYPE_CHECKING:
    from storage.ledger import Ledger

quarantine = typer.Typer(invoke_without_command=True, rich_markup_mode="markdown")
Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or the beginning of it.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(quarantine, name="quarantine")


@quarantine.callback(epilog="Examples:\n\n`duixian quarantine`\n\n`duixian quarantine --all --json`")
def list_held(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help="Also what has been settled since.")] = False,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List what was refused, why, and what to do about it. Nothing that was handed in is lost."""
    if context.invoked_subcommand is not None:
        return
    from flows.settings import language
    from storage.queries import quarantine as held
    from tracking.words.catalogue import translator
    from tracking.words.refusals import refusal

    with opened(db) as ledger:
        found = held(ledger, closed=all_)
        if json:
            json_lines(found, demo=ledger.mode == "demo")
            return
    lang = language()
    _ = translator(lang)
    if not found:
        console().print(_("nothing in quarantine"))
        return
    shown = table(f"{len(found)} {_('in quarantine')}", ["ID", _("text"), _("reason"), _("last seen")])
    for one in found:
        reason = refusal(str(Refused(one["code"], one["detail"])), lang)
        shown.add_row(one["id"][:12], plain(one["document"]), plain(reason), str(one["last_seen"])[:16])
    console().print(shown)


@quarantine.command(
    epilog="Example:\n\n`duixian quarantine release 5f1c22a0 --district 济南市市中区 --reason 'address'`"
)
def release(
    id_: Id,
    reason: Reason,
    by: By = None,
    district: options.District = None,
    level: options.LevelOption = None,
    published: options.Published = None,
    type_: options.Type = None,
    rights: options.RightsOption = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Read a refused text again with today's parser and what you add to it, and take it in if that helps."""
    from flows.rereading import release as read_again

    with opened(db) as ledger:
        one = _held(ledger, id_)
        if one["sha256"] is None:
            raise Problem(f"the bytes of {one['document']} were never had: hand the text in again.")
        more = options.declared(district, level, published, type_, rights)
        document = read_again(ledger, one["id"], more, author(by), reason)
        demo = ledger.mode == "demo"
    if document.status == "refused":
        refused = Refused(document.code or "broken", document.detail)
        raise Problem(f"{one['document']} is still refused: {refused}.", PARTLY)
    if json:
        json_lines(
            [{"id": one["id"], "status": document.status, "statements": document.statements}], demo=demo
        )
    else:
        console().print(f"{plain(one['document'])}: {document.statements}")


@quarantine.command(
    epilog="Example:\n\n`duixian quarantine discard 5f1c22a09b3d --reason 'an advertisement'`"
)
def discard(
    id_: Id, reason: Reason, by: By = None, json: options.Json = False, db: options.Db = None
) -> None:
    """Say that a refused text is none of ours. Its bytes and the decision stay on record."""
    from flows.rereading import discard as put_away

    with opened(db) as ledger:
        one = _held(ledger, id_)
        put_away(ledger, one["id"], author(by), reason)
        if json:
            json_lines([{"id": one["id"], "status": "discarded"}], demo=ledger.mode == "demo")
        else:
            console().print(plain(one["document"]))


def _held(ledger: Ledger, beginning: str) -> dict[str, Any]:
    from storage.queries import quarantine as held

    found = [one for one in held(ledger) if beginning and one["id"].startswith(beginning)]
    if len(found) != 1:
        many = "several things in quarantine have" if found else "nothing in quarantine has"
        raise Problem(f"{many} an id that begins with {beginning}: `duixian quarantine` lists them.")
    return found[0]
