"""`duixian commitments` and `duixian show`: what is promised, and one promise's whole story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from flows.cli import options
from flows.cli.opened import full_name, opened
from flows.cli.out import console, json_lines, plain, table
from flows.cli.problems import Problem
from parsers.statement import Level

if TYPE_CHECKING:
    from audit.asking.clocks import Clocks
    from storage.ledger import Ledger

Kind = Literal["target", "action", "framework"]
Life = Literal["one-off", "running", "recurring"]
Sort = Literal["recorded", "title"]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog="Examples:\n\n`duixian commitments --kind framework`\n\n"
        "`duixian commitments --district 市中区 --json`"
    )(commitments)
    app.command(
        epilog="Examples:\n\n`duixian show 3f2a91c0`\n\n`duixian show 3f2a91c0 --known-at 2026-11-01`"
    )(show)


def commitments(
    district: options.Place = None,
    level: Annotated[Level | None, typer.Option(help="Only this level of government.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this kind of promise.")] = None,
    life: Annotated[Life | None, typer.Option(help="Only one-off, running or recurring ones.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only what is promised in exactly these words.")] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Only what this edition states.")
    ] = None,
    sort: Annotated[
        Sort | None, typer.Option(help="The latest recorded first, or by title (else by place and kind).")
    ] = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the commitments: each the thread of all statements about one promised thing."""
    from audit.asking.commitments import held
    from flows.cli.observed import tell_unobserved
    from flows.settings import language
    from tracking.words.catalogue import translator
    from tracking.words.labels import label

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        place = full_name(ledger, district)
        found = held(
            ledger,
            clocks,
            district=place,
            level=level,
            kind=kind,
            life=life,
            subject=subject,
            edition=edition,
            sort=sort,
        )
        tell_unobserved(ledger, place, None, clocks.as_of, clocks.known_at)
        if json:
            json_lines(found, demo=ledger.mode == "demo")
            return
        lang = language()
        _ = translator(lang)
        shown = table(
            f"{len(found)} {_('commitments')}",
            ["ID", _("kind"), _("promise"), _("place"), _("editions")],
        )
        for one in found:
            shown.add_row(
                one["id"][:12],
                label("kind", one["kind"], lang).word,
                plain(one["title"]),
                plain(one["district"]),
                ", ".join(one["editions"]),
            )
        console().print(shown)


def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A commitment's id, or its first digits.")],
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Tell one commitment's whole story: every statement with its sentence, and every change.

    When nobody looked at the place's sources since, that is said below: silence then means nothing.
    """
    from audit.asking.commitments import story

    clocks = options.clocks(as_of, known_at)
    with opened(db) as ledger:
        found = story(ledger, id_, clocks)
        if found is None:
            if not clocks.now:
                raise Problem(f"no commitment that was stated and known by then has an id like {id_}.")
            raise Problem(
                f"no commitment has an id that begins with {id_}: `duixian commitments` lists them."
            )
        if json:
            json_lines([found], demo=ledger.mode == "demo")
        else:
            _tell(ledger, found)
        _not_observed(ledger, found, clocks)


def _not_observed(ledger: Ledger, story: Mapping[str, Any], clocks: Clocks) -> None:
    """Say when nobody looked at the place's sources since the promise: silence means nothing then."""
    from flows.cli.observed import tell_unobserved
    from flows.observing import span_of

    since = min((one["edition"][:4] for one in story["statements"] if one.get("edition")), default=None)
    tell_unobserved(
        ledger, story["district"], span_of(since)[0] if since else None, clocks.as_of, clocks.known_at
    )


def _tell(ledger: Ledger, story: Mapping[str, Any]) -> None:
    from audit.documents import documents
    from digests.items import date_words
    from digests.phrases import part_lines
    from flows.cli.log_table import show_log
    from flows.settings import language
    from storage.queries import place_notes
    from tracking.words.catalogue import translator
    from tracking.words.clues import told
    from tracking.words.labels import label

    lang = language()
    _ = translator(lang)
    terminal = console()
    dates = {
        text["sha256"]: text["dated"] for text in documents(ledger, district=story["district"], only_own=True)
    }
    if any(one["sha256"] not in dates for one in story["statements"]):  # another place's text speaks of it
        dates = {text["sha256"]: text["dated"] for text in documents(ledger)}
    kind, life = label("kind", story["kind"], lang).word, label("life", story["life"], lang).word
    terminal.print(f"[bold]{plain(story['title'])}[/bold]  {plain(story['district'])}  {kind}, {life}")
    said = table(_("what was said"), [_("edition"), _("date"), (_("words"), {"ratio": 3}), _("text")])
    said.expand = True
    for one in story["statements"]:
        said.add_row(
            one.get("edition") or "",
            date_words(dates.get(one["sha256"]), lang),
            "\n".join(
                [plain(one.get("text") or one["quote"]), *map(plain, part_lines(one["framework"], lang))]
            ),
            plain(one["document"]),
        )
    terminal.print(said)
    show_log(ledger, [entry for entry in story["changes"] if not entry["superseded_by"]])
    for place in place_notes(ledger, district=story["district"], level=story["level"]):
        for note in place["notes"]:
            terminal.print(plain(told(note, lang)))
