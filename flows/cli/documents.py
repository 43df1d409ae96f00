"""`duixian documents`: what was handed in, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem

Rights = Literal["official", "press", "unknown"]
Sort = Literal["read", "read_asc", "said", "said_asc"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n`duixian documents`\n\n`duixian documents --district 市中区 --json`")(
        documents
    )
    app.command(epilog="Examples:\n\n`duixian document 3f2a91c0`")(document)


def documents(
    district: options.Place = None,
    rights: Annotated[Rights | None, typer.Option(help="Only texts of these rights.")] = None,
    sort: Annotated[
        Sort | None,
        typer.Option(help="By when they were read or said, the latest first, or _asc the earliest."),
    ] = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the texts of the ledger: place, date and edition, each with the clue it rests on.

    When nobody looked at a source, that is said below: a text that is missing then was not observed.
    """
    from audit.documents import documents as held
    from digests.items import date_words
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.clues import told

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        place = full_name(ledger, district)
        every = held(ledger, district=place, known_at=clocks.known_at)
        found = [one for one in every if clocks.holds((one["dated"] or {}).get("value"), one["edition"])]
        found = [one for one in found if rights in (None, one["rights"])]
        if sort is not None:
            key = "recorded_at" if sort.startswith("read") else "published_on"
            # As the site: what has no date comes last, in either order.
            dated = sorted((d for d in found if d[key]), key=lambda d: (d[key], d["sha256"]))
            found = (dated if sort.endswith("_asc") else dated[::-1]) + [d for d in found if not d[key]]
        tell_unobserved(ledger, place, None, clocks.as_of, clocks.known_at)
        if json:
            json_lines(found, demo=ledger.mode == "demo")
            return
        lang = language()
        _ = translator(lang)
        shown = table(
            f"{len(found)} {_('texts')}", [_("text"), _("place"), _("date"), _("edition"), _("clue")]
        )
        for one in found:
            shown.add_row(
                plain(_named(one, _)),
                plain(one["district"] or ""),
                date_words(one["dated"], lang),
                one["edition"] or "",
                plain(told((one["edition_clue"] or {}).get("why", ""), lang)),
            )
        console().print(shown)


def document(
    sha256: Annotated[
        str, typer.Argument(metavar="SHA256", help="The hash of a text's bytes, or its first digits.")
    ],
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show one text with everything read from it, and the commitment that each statement belongs to."""
    from audit.asking.documents import document as asked
    from audit.asking.documents import named
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        hashes = named(ledger, sha256)
        if len(hashes) > 1:
            raise Problem(f"several texts have a hash that begins with {sha256}: write more of it.")
        found = asked(ledger, hashes[0], clocks) if hashes else None
        if found is None:
            raise Problem(
                f"no text has a hash that begins with {sha256}: `duixian documents --json` has them."
            )
        if json:
            json_lines([found], demo=ledger.mode == "demo")
            return
    lang = language()
    _ = translator(lang)
    shown = table(
        plain(f"{found['title'] or found['document']} · {found['district']} · {found['published_on'] or ''}"),
        [_("kind"), (_("words"), {"ratio": 3}), _("commitment")],
    )
    for one in found["statements"]:
        of = one["commitment"]
        told = f"{of['title']} {of['id'][:12]}" if of else ""
        shown.add_row(label("kind", one["kind"], lang).word, plain(one["text"]), plain(told))
    console().print(shown)


def _named(document: dict[str, Any], _: Callable[[str], str]) -> str:
    """A text's name, with who handed it in."""
    if document["given_by"] is None:
        return str(document["document"])
    return _("{text} (handed in by {name})").format(text=document["document"], name=document["given_by"])
