"""`duixian parse`: what a text says, without any database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY, Problem

if TYPE_CHECKING:
    from audit.reading_page import Told
    from flows.inputs import Input
    from parsers.reading import Reading
    from parsers.refusal import Refused
    from parsers.text import Body

Html = Annotated[
    Path | None,
    typer.Option(
        metavar="OUT.html",
        help="Write one self-contained page: the texts, statements highlighted, and why each is read so.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian parse report.txt`\n\n"
        "`duixian parse report.txt --html report.html`\n\n"
        "`duixian parse --json --district 济南市市中区 --published 2019-01 folder/ > statements.jsonl`"
    )(parse)


def parse(
    files: options.Files,
    json: options.Json = False,
    html: Html = None,
    district: options.District = None,
    level: options.LevelOption = None,
    published: options.Published = None,
    type_: options.Type = None,
    rights: options.RightsOption = None,
) -> None:
    """Print the statements of texts: targets, actions, results and named systems. Opens no database."""
    from flows.inputs import from_paths
    from parsers.refusal import Refused

    refused = False
    shown: list[Told] = []
    for text in from_paths(files, options.declared(district, level, published, type_, rights)):
        try:
            body, reading, open_place = _read(text)
        except Refused as refusal:
            refused = True
            say(f"{text.given}: {refusal}")
            continue
        except Exception as error:  # a defect of ours: the other texts are still read
            from flows.cli.unexpected import told

            refused = True
            say(f"{text.given}: {told(error)}")
            continue
        if html:
            from audit.reading_page import Told

            shown.append(Told(text.given, body, reading))
        if json:
            from audit.statements import statement_record

            json_lines(statement_record(text.given, reading, s) for s in reading.statements)
        elif not html:
            _show(text.given, reading)
        if open_place:
            refused = True
            say(f"{text.given}: {open_place}")
    if html and shown:
        _write(shown, html)
    raise typer.Exit(PARTLY if refused else 0)


def _write(shown: list[Told], path: Path) -> None:
    from audit.reading_page import write

    try:
        write(shown, path)
    except OSError as error:
        raise Problem(f"{path}: {error.strerror or error}") from error
    say(f"wrote {path}")


def _read(text: Input) -> tuple[Body, Reading, Refused | None]:
    """A text and its reading; if its place stays open, with that refusal, for the statements are there."""
    from parsers.read import body_of, read_body
    from parsers.refusal import Refused

    declared = text.declared()
    body = body_of(text.content(), text.path.name)
    try:
        return body, read_body(body, declared), None
    except Refused as refusal:
        if refusal.code not in ("ambiguous_place", "unknown_place"):
            raise
        return body, read_body(body, declared, placed=False), refusal


def _show(name: str, reading: Reading) -> None:
    year = reading.plan_year.value if reading.plan_year else "?"
    date = reading.published.value if reading.published else "?"
    shown = table(
        plain(f"{name}: {reading.place.name or '?'}, edition {year}, published {date}"),
        [("Kind", {"no_wrap": True}), "Subject", "Amount", "Due", ("Words", {"ratio": 2})],
    )
    source = reading.source.text
    for s in reading.statements:
        amounts = "、".join("".join(source[q.start : q.end].split()) for q in s.quantities)
        shown.add_row(s.kind, plain(s.subject), plain(amounts), s.period or "", plain(s.text))
    console().print(shown)
