"""`duixian rulings`: people's decisions, added, listed, taken back, handed from ledger to ledger."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli import options
from flows.cli.opened import opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem
from tracking.rulings import RulingKind

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from storage.write import RunOutcome
    from tracking.rulings import Ruling

rulings = typer.Typer(no_args_is_help=True, help="People's decisions.", rich_markup_mode="markdown")

By = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Who decides (else the name you are logged in with).", show_default=False
    ),
]
Reason = Annotated[str, typer.Option(metavar="WORDS", help="Why, for those who read it later.")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(rulings, name="rulings")


@rulings.callback()
def group() -> None:
    """People's decisions: they name words of texts, outlive every parser, and are never deleted."""


@contextmanager
def sentences() -> Iterator[None]:
    """Whatever is pointed at and not there becomes a sentence."""
    from audit.targets import NoTarget

    try:
        yield
    except NoTarget as missing:
        raise Problem(f"{missing}.") from missing


def author(by: str | None) -> str:
    """Who decides."""
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise Problem("say who decides: give --by NAME.") from None


def _settings(given: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in given or ():
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise typer.BadParameter(f"write FIELD=VALUE, not {one}", param_hint="--set")
        found[name.strip()] = value.strip() or None
    return found


@rulings.command(
    epilog="Examples:\n\n`duixian rulings add same 3f2a91c0aa12 77be01d2c4f0 --reason 'one road'`\n\n"
    "`duixian rulings add wrong_statement 9a41c07be215:120-164 --reason 'a caption'`\n\n"
    "`duixian rulings add right_value 9a41c07be215:120-164 --set value=1200 --reason 'misread'`\n\n"
    "`duixian rulings add alias 77be01d2c4f0 3f2a91c0aa12 --set word=双招双引 --set means=招商引资 "
    "--reason 'renamed in 2019'`\n\n"
    "`duixian rulings add review 1d20c5e7f3b8 --confirm --reason 'read the whole report'`"
)
def add(
    kind: Annotated[RulingKind, typer.Argument(help="What is decided.")],
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT...",
            help="SHA256:START-END of words, a statement's key, an entry's or commitment's id, a text's "
            "hash; beginnings do.",
        ),
    ],
    reason: Reason,
    by: By = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="right_value: what is right; alias: word=… and means=…; may be repeated.",
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option(metavar="AREA", help="covers: the subject area that the text treats.")
    ] = None,
    complete: Annotated[
        bool | None,
        typer.Option(
            "--yes/--no",
            help="complete: whether the text is the whole report or plan; alias: whether the words mean "
            "the same.",
        ),
    ] = None,
    confirm: Annotated[
        bool | None, typer.Option("--confirm/--reject", help="review: whether the accusation holds.")
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(metavar="ID", help="A ruling that this one stands in for.")
    ] = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Record a decision, and conclude anew what it bears on.

    same, not_same, merge, split: which statements are one commitment. wrong_statement, right_value: what the
    reader got wrong. alias: two words that mean the same in the place of the statements pointed at (else
    what the first calls its thing means what the second calls it). covers, complete: what a text is. review:
    whether an accusation may leave the house.
    """
    from flows.deciding import Wish, decide, ruling_for

    if kind in ("revoke", "withhold"):
        raise Problem(f"`duixian {'rulings revoke' if kind == 'revoke' else kind}` does that.")
    body: dict[str, Any] = _settings(set_)
    if area is not None:
        body["area"] = area
    if complete is not None:
        body["holds" if kind == "alias" else "complete"] = complete
    if confirm is not None:
        body["verdict"] = "confirmed" if confirm else "rejected"
    wish = Wish(kind, targets, author(by), reason, body, replaces)
    with opened(db) as ledger, sentences():
        ruling = ruling_for(ledger, wish)
        told(ledger, [ruling], decide(ledger, [ruling]), json)


@rulings.command("list", epilog="Examples:\n\n`duixian rulings list`\n\n`duixian rulings list --all --json`")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Also those taken back or replaced since.")] = False,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the rulings in force: what, on which words, by whom, why and when."""
    from storage.rulings import rulings as held

    moment = options.moment(known_at)
    with opened(db) as ledger:
        found = [one for one in held(ledger, known_at=moment) if all_ or one["in_force"]]
        if json:
            json_lines(found, demo=ledger.mode == "demo")
        else:
            _show(found)


@rulings.command(epilog="Example:\n\n`duixian rulings revoke 1d20c5e7 --reason 'the report was found'`")
def revoke(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A ruling's id, or its beginning.")],
    reason: Reason,
    by: By = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Take a ruling back: what held without it holds again. Both stay on record."""
    from flows.deciding import decide, revocation

    with opened(db) as ledger, sentences():
        ruling = revocation(ledger, id_, author(by), reason)
        told(ledger, [ruling], decide(ledger, [ruling]), json)


@rulings.command(
    "import",
    epilog="Examples:\n\n`duixian rulings import ledger.xlsx --preview`\n\n`duixian rulings import r.jsonl`",
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSON lines, or a filled-in 台账 (.xlsx).", show_default=False),
    ],
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would be recorded.")] = False,
    by: By = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show which decisions of a file are new here, then record them with author and time.

    Of the office ledger 核定 and 备注 are read. A file with an id that is not this ledger's is refused whole.
    """
    from flows.handing_over import from_file, take_over

    with opened(db) as ledger, sentences():
        found = from_file(ledger, file, author(by))
        if json:
            records = [{"id": r.id, **r.record(), "recorded": not preview} for r in found]
            json_lines(records, demo=ledger.mode == "demo")
        else:
            _show([{**r.record(), "id": r.id, "documents": [], "in_force": True} for r in found])
        if found and not preview:
            outcome = take_over(ledger, found)
            if not json:
                told(ledger, [], outcome, json)


@rulings.command(epilog="Examples:\n\n`duixian rulings export`\n\n`duixian rulings export rulings.jsonl`")
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to (else stdout).", show_default=False)
    ] = None,
    db: options.Db = None,
) -> None:
    """Write every ruling as a JSON line, those taken back too, for another ledger to import."""
    from json import dumps

    from storage.rulings import rulings_held

    with opened(db) as ledger, ledger.reading() as connection:
        held = sorted(rulings_held(connection), key=lambda ruling: ruling.order)
    lines = [dumps({"id": ruling.id, **ruling.record()}, ensure_ascii=False) for ruling in held]
    text = "".join(f"{line}\n" for line in lines)
    if file is None:
        print(text, end="")
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(f"{file} cannot be written ({error.strerror}).") from error


def told(ledger: Ledger, recorded: list[Ruling], outcome: RunOutcome, json: bool) -> None:
    """Say what was recorded and what came of it."""
    from flows.settings import language
    from tracking.words.catalogue import translator

    changed = {"recorded": outcome.changes, "withdrawn": outcome.withdrawn, "head": outcome.head}
    if json:
        records = [{"id": ruling.id, **ruling.record(), **changed} for ruling in recorded]
        json_lines(records, demo=ledger.mode == "demo")
        return
    _ = translator(language())
    for ruling in recorded:
        console().print(f"{_('ruling')} {ruling.id} ({ruling.kind})")
    console().print(f"{_('entries recorded')}: {sum(outcome.changes.values())}")
    console().print(f"{_('entries withdrawn')}: {sum(outcome.withdrawn.values())}")


def _words(ruling: dict[str, Any]) -> str:
    """The words of an alias."""
    body = ruling["body"]
    sign = "=" if body.get("holds", True) else "≠"
    return f" {body['word']} {sign} {body['means']}" if ruling["kind"] == "alias" else ""


def _show(found: list[dict[str, Any]]) -> None:
    from flows.settings import language
    from tracking.words.catalogue import translator

    _ = translator(language())
    shown = table(
        f"{len(found)} {_('rulings')}",
        ["ID", _("decision"), _("text"), _("by"), _("at"), (_("reason"), {"ratio": 2})],
    )
    for one in found:
        mark = "" if one["in_force"] else f" ({_('not in force')})"
        shown.add_row(
            one["id"],
            plain(f"{one['kind']}{_words(one)}{mark}"),
            plain(", ".join(one["documents"])),
            plain(one["author"]),
            one["ruled_at"][:16],
            plain(one["reason"]),
        )
    console().print(shown)
