"""What commands print: JSON lines or tables on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def use_utf8() -> None:
    """Print UTF-8 whatever the terminal's locale; a lone surrogate (odd file names) is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def json_lines(records: Iterable[Mapping[str, Any]], *, demo: bool = False) -> None:
    """One JSON object a line on stdout; those from a demo ledger say that they are."""
    for record in records:
        marked = {**record, "demo": True} if demo else record
        sys.stdout.write(json.dumps(marked, ensure_ascii=False) + "\n")


def say(sentence: str) -> None:
    """A line for the person, in their language, on stderr, so that stdout stays data."""
    from tracking.words.catalogue import chosen_language

    if (lang := chosen_language()) != "en":
        from tracking.words.sentences import sentence as told

        sentence = "\n".join(told(line, lang) for line in sentence.split("\n"))
    print(f"duixian: {sentence}", file=sys.stderr, flush=True)


def console() -> Console:
    """The terminal. Without one (a pipe, a log) tables are 120 columns wide unless COLUMNS says otherwise."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)


def table(title: str, columns: Sequence[str | tuple[str, dict[str, Any]]]) -> Table:
    """An empty table in the house style; a column is its heading or (heading, options of rich)."""
    from rich import box
    from rich.table import Table

    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        heading, options = (column, {}) if isinstance(column, str) else column
        made.add_column(heading, **{"overflow": "fold", **options})
    return made


def plain(text: object) -> str:
    """Text for a table cell: square brackets of a quote are no markup, line breaks no rows."""
    from rich.markup import escape

    return escape(" ".join(str(text).split()))
