"""`duixian search`: words in statements and texts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table

Words = Annotated[str, typer.Argument(metavar="WORDS", help="A blank between two words asks for both.")]
Texts = Annotated[bool, typer.Option("--texts", help="Search whole texts instead of statements.")]
Sort = Literal["read", "read_asc"]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian search 公园`\n\n`duixian search '学校 8所' --texts --json`")(
        search
    )


def search(
    words: Words,
    texts: Texts = False,
    district: options.Place = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    sort: Annotated[Sort, typer.Option(help="The latest read first, or the earliest.")] = "read",
    limit: Limit = 50,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Find words, of two characters too, in statements or in whole texts."""
    from audit.asking.searching import search as look
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        place = full_name(ledger, district)
        found = look(
            ledger, words, "texts" if texts else "statements", clocks, district=place, limit=limit, sort=sort
        ).entries
        demo = ledger.mode == "demo"
        tell_unobserved(ledger, place, None, clocks.as_of, clocks.known_at)
    if json:
        json_lines(found, demo=demo)
        return
    lang = language()
    _ = translator(lang)
    headings: list[Any] = [_("place"), _("date"), (_("words"), {"ratio": 3}), _("text")]
    shown = table(f"{plain(words)}: {len(found)}", headings if texts else [_("kind"), *headings])
    for one in found:
        said = one["passage"] if texts else one["text"]
        cells = [plain(one["district"] or ""), one["published_on"] or "", plain(said), plain(one["document"])]
        shown.add_row(*(cells if texts else [label("kind", one["kind"], lang).word, *cells]))
    console().print(shown)
