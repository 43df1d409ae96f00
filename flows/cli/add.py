"""`duixian add`: one text, or a list of them, handed in by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, plain, say
from flows.cli.problems import PARTLY, Problem
from flows.cli.rulings import author

if TYPE_CHECKING:
    from flows.giving import Gift, Given
    from parsers.reading import Declared


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian add article.html --url https://example.org/a/12.html --by 苏禾`\n\n"
        "`duixian add --manifest meta.csv --source chenghu-wechat`\n\n"
        "`curl -s https://example.org/a.html | duixian add - --url https://example.org/a.html`"
    )(add)


def add(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|URL|-]", help="A file, an address or - (a pipe).", show_default=False),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(help="A CSV of texts: columns file or url, published, district …, by, at."),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where the text stands, as far as you know.")] = None,
    source: Annotated[str | None, typer.Option(help="The source (by hand) that the text belongs to.")] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who hands it in (else your login name).")
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="The address is in our own network.")] = False,
    district: options.District = None,
    level: options.LevelOption = None,
    published: options.Published = None,
    type_: options.Type = None,
    rights: options.RightsOption = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Hand in a text that no source brings: a saved page, a WeChat article, a PDF; it is shown as yours.

    The text is stored, or held in quarantine with a reason; what you claim of it is stored as declared.
    """
    from flows import ledgers
    from flows.giving import NoManifest, hand_in
    from flows.giving import manifest as named
    from flows.visitor import visitor
    from storage.ledger import open_ledger

    if (what is None) == (manifest is None):
        raise Problem("name one text (a file, an address or -) or a --manifest.")
    giver = author(by)
    declared = options.declared(district, level, published, type_, rights)
    spec_declared, source = _of_source(source)
    try:
        if manifest is not None:
            gifts = named(manifest, giver, source)
        else:
            gifts = [_gift(str(what), giver, declared, url, source)]
    except NoManifest as fault:
        raise Problem(f"{fault}.") from fault
    gifts = [_completed(gift, declared, spec_declared) for gift in gifts]
    stdin = sys.stdin.buffer.read() if what == "-" else b""
    choice = ledgers.named(db) or ledgers.Choice(str(ledgers.standard("real")), "the real ledger", "default")
    with (
        open_ledger(choice.url, mode="real", create=True) as ledger,
        visitor(private=private, clock=ledger.clock) as web,
    ):
        given, _ = hand_in(ledger, gifts, web=web, stdin=stdin)
    _tell(given, json)
    raise typer.Exit(PARTLY if any(one.outcome.status == "refused" for one in given) else 0)


def _of_source(name: str | None) -> tuple[Declared, str | None]:
    """What a source declares of its texts."""
    from parsers.reading import Declared

    if name is None:
        return Declared(), None
    from flows.cli.ingest import source_called

    found = source_called(name)
    return found.spec.declared(), found.id


def _gift(what: str, giver: str, declared: Declared, url: str | None, source: str | None) -> Gift:
    from dataclasses import replace

    from flows.giving import Gift

    if url is not None and not url.startswith(("http://", "https://")):
        raise Problem("--url must begin with http:// or https://.")
    if not what.startswith(("http://", "https://")) and what != "-" and not Path(what).is_file():
        raise Problem(f"there is no file {what}.")
    return Gift(what, giver, replace(declared, url=url), source=source)


def _completed(gift: Gift, declared: Declared, spec: Declared) -> Gift:
    """A gift with what the options and its source say, where its own row is silent."""
    from dataclasses import replace

    from flows.sidefile import merged

    return replace(gift, declared=merged(merged(gift.declared, declared), spec))


def _tell(given: list[Given], json: bool) -> None:
    from flows.settings import language
    from parsers.refusal import Refused
    from tracking.words.catalogue import translator
    from tracking.words.refusals import refusal

    _ = translator(language())
    for one in given:
        outcome = one.outcome
        refused = outcome.status == "refused"
        reason = (
            refusal(str(Refused(outcome.code or "broken", outcome.detail)), language()) if refused else ""
        )
        if json:
            facts = {"text": one.gift.what, "status": outcome.status, "statements": outcome.statements}
            json_lines(
                [{**facts, "by": one.gift.given_by, "document": outcome.document_id, "reason": reason}]
            )
        elif refused:
            say(f"{one.gift.what}: {reason}")
        else:
            console().print(f"{plain(one.gift.what)}: {_('statements')} {outcome.statements}")
