"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.sidefile import PUBLISHED
from parsers.reading import Declared, DocumentType, Rights
from parsers.statement import Level

if TYPE_CHECKING:
    from audit.asking.clocks import Clocks


def _published(value: str | None) -> str | None:
    if value is not None and not PUBLISHED.match(value):
        raise typer.BadParameter("write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


DECLARED = "What a plain file cannot say (for all files of this call)"
District = Annotated[
    str | None,
    typer.Option(
        help="Full name of the place, e.g. 济南市市中区.", rich_help_panel=DECLARED, show_default=False
    ),
]
LevelOption = Annotated[
    Level | None,
    typer.Option(help="Whose text it is.", rich_help_panel=DECLARED, show_default=False),
]
Published = Annotated[
    str | None,
    typer.Option(
        help="When it was published: YYYY, YYYY-MM or a day.",
        callback=_published,
        rich_help_panel=DECLARED,
        show_default=False,
    ),
]
Type = Annotated[
    DocumentType | None,
    typer.Option("--type", help="What kind of text it is.", rich_help_panel=DECLARED, show_default=False),
]
RightsOption = Annotated[
    Rights | None,
    typer.Option(help="Whose words may be shown how widely.", rich_help_panel=DECLARED, show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="LEDGER",
        help="The ledger: a path, sqlite:///… or postgresql://… (else DUIXIAN_DB, else the one used last).",
        show_default=False,
    ),
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files or folders.", show_default=False)]


def declared(
    district: str | None,
    level: Level | None,
    published: str | None,
    type_: DocumentType | None,
    rights: Rights | None,
) -> Declared:
    """The declaration that the options make."""
    return Declared(district=district, level=level, published=published, type=type_, rights=rights)


Place = Annotated[
    str | None,
    typer.Option(
        "--district", metavar="PLACE", help="A place by any unambiguous tail of its name; the nation is 全国."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What held on this day: only what texts dated by then say."),
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="TIME", help="What the ledger said at this time (ISO 8601)."),
]


def moment(text: str | None) -> datetime | None:
    """The time that --known-at names."""
    if text is None:
        return None
    from audit.dates import moment as read

    try:
        return read(text)
    except ValueError:
        raise typer.BadParameter(
            "write a time like 2026-11-20T18:30+08:00", param_hint="--known-at"
        ) from None


def day(text: str | None, option: str = "--as-of") -> date | None:
    """The last day that a date can mean."""
    if text is None:
        return None
    from audit.dates import last_day

    try:
        return last_day(text)
    except ValueError:
        raise typer.BadParameter("write YYYY, YYYY-MM or YYYY-MM-DD", param_hint=option) from None


def clocks(as_of: str | None, known_at: str | None) -> Clocks:
    """Both clocks of a question."""
    from audit.asking.clocks import Clocks

    return Clocks(day(as_of), moment(known_at))
