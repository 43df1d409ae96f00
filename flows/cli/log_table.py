"""The change log as a table that fits a terminal: kind, promise, and old → new with the sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from digests.items import by_importance, change_label, marks, words
from digests.phrases import editions, entry_differences
from flows.cli.out import console, plain, table
from flows.settings import language
from tracking.words.catalogue import translator

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from tracking.words.labels import Lang

STYLES = {
    "conflict": "bold red",
    "dropped": "bold red",
    "missed": "bold red",
    "unreported": "bold red",
    "changed": "bold yellow",
    "revived": "yellow",
    "fulfilled": "bold green",
    "reported": "cyan",
    "new": "blue",
}


def show_log(
    ledger: Ledger,
    entries: Sequence[Mapping[str, Any]],
    limit: int | None = None,
    rest: str = "duixian changes",
    total: int | None = None,
    *,
    ordered: bool = False,
) -> None:
    """Print entries, most important first, a table a place; beyond the limit only their number, and `rest`,
    the command that shows them. total: how many there are, where the entries are only the first of them.
    ordered: they are in the order that was asked for.
    """
    lang = language()
    _ = translator(lang)
    terminal = console()
    entries = list(entries) if ordered else by_importance(entries)
    demo = f" · {_('demo')}" if ledger.mode == "demo" else ""
    if not entries:
        terminal.print(_("No changes."))
    for place, inside in groupby(entries[:limit], key=lambda e: str(e["district"])):
        shown = table(
            plain(f"{place}{demo}"),
            [
                (_("change"), {"min_width": 8, "max_width": 14}),
                (_("promise"), {"ratio": 2}),
                (_("old → new, and the words"), {"ratio": 5}),
            ],
        )
        shown.expand = True
        shown.show_lines = False
        for entry in inside:
            shown.add_row(_kind(entry, lang), _promise(entry, lang), _words(entry, lang))
        terminal.print(shown)
    count = len(entries) if total is None else total
    if limit is not None and count > limit:
        more = _("{count} more, by importance: {command}")
        terminal.print(more.format(count=count - limit, command=rest), soft_wrap=True)


def _kind(entry: Mapping[str, Any], lang: Lang) -> Text:
    told = Text(change_label(entry, lang).word, style=STYLES.get(str(entry["change"]), ""))
    for mark in marks(entry, lang):
        told.append(f"\n{mark}", style="dim")
    return told


def _promise(entry: Mapping[str, Any], lang: Lang) -> Text:
    told = Text(str(entry["commitment"]["title"]))
    if entry.get("called"):
        told.append(
            "\n" + translator(lang)("then called {name}").format(name=plain(entry["called"])), style="dim"
        )
    told.append(f"\n{editions(entry)}", style="dim")
    return told


def _words(entry: Mapping[str, Any], lang: Lang) -> Text:
    lines = [Text(phrase, style="bold") for phrase in entry_differences(entry, lang)]
    signs = {"old": "·", "new": "·"} if entry["change"] == "conflict" else {"old": "−", "new": "+"}
    for piece in entry["evidence"]:
        # No space after the sign: a terminal would break the line there, before a sentence without spaces.
        line = Text(signs[piece["side"]], style="dim")
        line.append(f"“{words(piece)}”", style="not dim")
        line.append(f" {piece['document']}", style="dim")
        lines.append(line)
    return Text("\n").join(lines)
