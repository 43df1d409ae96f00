"""`duixian parse`: what a text says, without any database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.cli import options
from flows.cli.out import console, json_lines, plain, say, table
from flows.cli.problems import PARTLY

if TYPE_CHECKING:
    from flows.inputs import Input
    from parsers.reading import Reading
    from parsers.refusal import Refused


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples:\n\n`duixian parse report.txt`\n\n"
        "`duixian parse --json --district 济南市市中区 --published 2019-01 folder/ > statements.jsonl`"
    )(parse)


def parse(
    files: options.Files,
    json: options.Json = False,
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
    for text in from_paths(files, options.declared(district, level, published, type_, rights)):
        try:
            reading, open_place = _read(text)
        except Refused as refusal:
            refused = True
            say(f"{text.given}: {refusal}")
            continue
        except Exception as error:  # a defect of ours: the other texts are still read
            from flows.cli.unexpected import told

            refused = True
            say(f"{text.given}: {told(error)}")
            continue
        if json:
            from audit.statements import statement_record

            json_lines(statement_record(text.given, reading, s) for s in reading.statements)
        else:
            _show(text.given, reading)
        if open_place:
            refused = True
            say(f"{text.given}: {open_place}")
    raise typer.Exit(PARTLY if refused else 0)


def _read(text: Input) -> tuple[Reading, Refused | None]:
    """The reading of a text; if its place stays open, with that refusal, for the statements are there."""
    from parsers.read import read
    from parsers.refusal import Refused

    content, name, declared = text.content(), text.path.name, text.declared()
    try:
        return read(content, name, declared), None
    except Refused as refusal:
        if refusal.code not in ("ambiguous_place", "unknown_place"):
            raise
        return read(content, name, declared, placed=False), refusal


def _show(name: str, reading: Reading) -> None:
    year = reading.plan_year.value if reading.plan_year else "?"
    date = reading.published.value if reading.published else "?"
    shown = table(
        plain(f"{name}: {reading.place.name}, edition {year}, published {date}"),
        [("Kind", {"no_wrap": True}), "Subject", "Amount", "Due", ("Words", {"ratio": 2})],
    )
    source = reading.source.text
    for s in reading.statements:
        amounts = "、".join("".join(source[q.start : q.end].split()) for q in s.quantities)
        shown.add_row(s.kind, plain(s.subject), plain(amounts), s.period or "", plain(s.text))
    console().print(shown)
