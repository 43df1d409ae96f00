"""Entries in a reader's language, with links and bars: what a mail's items are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digests.amounts import amount
from digests.issue import Entry, Issue
from digests.items import change_label, marks, side_words, then_called, words
from digests.links import Links
from digests.phrases import editions, entry_differences
from storage.mails.cited import Cited
from storage.mails.series import Point
from tracking.model import ACCUSATIONS
from tracking.words.catalogue import translator
from tracking.words.labels import Label, Lang, label

LONGEST_QUOTE = 220
"""Characters of a quote that a mail shows; the rest is behind its link."""
MOST_BARS = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote: its side, words, text, date and link ("" where there is none)."""

    side: str
    words: str
    document: str
    date: str
    link: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a series. result: reported, not promised. percent: of the widest, 2..100."""

    period: str
    told: str
    role: str
    result: bool
    percent: int


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a mail tells it. decide: how an editor settles it, link and command."""

    change: str
    label: Label
    title: str
    about: str
    marks: tuple[str, ...]
    differences: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    bars: tuple[Bar, ...]
    link: str
    decide: str
    command: str


def tell(entry: Entry, issue: Issue, lang: Lang, links: Links) -> Told:
    """One entry in words."""
    commitment = entry["commitment"]
    pending = entry["change"] in ACCUSATIONS and not entry.get("reviewed")
    kind = label("kind", str(commitment["kind"]), lang).word
    return Told(
        change=str(entry["change"]),
        label=change_label(entry, lang),
        title=one_line(commitment["title"]),
        about=" · ".join(filter(None, (kind, editions(entry), one_line(then_called(entry, lang))))),
        marks=tuple(marks(entry, lang)),
        differences=tuple(one_line(phrase) for phrase in entry_differences(entry, lang)),
        sentences=tuple(
            sentence(entry, piece, issue.cited.get(str(piece["sha256"])), lang, links)
            for piece in entry["evidence"][:2]
        ),
        bars=bars(issue.series.get(str(commitment["id"]), ()), lang),
        link=links.commitment(str(commitment["id"])),
        decide=links.decide(str(entry["id"])) if pending else "",
        command=f"duixian rulings add review {entry['id']} --confirm --reason …" if pending else "",
    )


def sentence(
    entry: Entry, piece: Mapping[str, Any], text: Cited | None, lang: Lang, links: Links
) -> Sentence:
    """A quote with its source; a long one is cut with a mark."""
    said = printable(words(piece))
    if len(said) > LONGEST_QUOTE:
        said = said[:LONGEST_QUOTE].rstrip() + "……"
    name = text.name if text else str(piece["document"])
    return Sentence(
        side=side_words(entry, piece, lang),
        words=said,
        document=one_line((text.title if text else None) or name),
        date=when(text, lang),
        link=links.text(str(piece["sha256"]), piece.get("spans") or (), name),
    )


def when(text: Cited | None, lang: Lang) -> str:
    """A text's date; an inferred one is marked."""
    _ = translator(lang)
    if text is None or text.date is None:
        return _("date unknown")
    return _("{date} (inferred)").format(date=text.date) if text.inferred else text.date


def bars(points: Sequence[Point], lang: Lang) -> tuple[Bar, ...]:
    """The last figures of a series as shares of the largest; nothing where a bar would mislead."""
    _ = translator(lang)
    shown = points[-MOST_BARS:]
    top = max((point.value for point in shown), default=0.0)
    if top <= 0 or min(point.value for point in shown) < 0:
        return ()
    names = {"promise": _("promised"), "result": _("reported")}
    return tuple(
        Bar(
            point.period,
            amount(point.value, lang, None if point.op == "=" else point.op, point.unit or None),
            names.get(point.role, point.role),
            point.role == "result",
            max(2, round(100 * point.value / top)),
        )
        for point in shown
    )


def headline(told: Told, lang: Lang) -> str:
    """An entry in one line: what it is about, how it stands, the first difference."""
    _ = translator(lang)
    difference = told.differences[0] if told.differences else ""
    # What the numbers are of stands beside them already.
    difference = difference.removeprefix(_("{field}: {change}").format(field=_("amount"), change=""))
    mark = f" [{told.marks[0]}]" if told.marks else ""
    if told.change == "changed" and difference:
        return f"{told.title}{mark} {difference}"
    named = _("{field}: {change}").format(field=f"{told.label.word}{mark}", change=told.title)
    return f"{named} {difference}".rstrip()


def one_line(text: object) -> str:
    """Words on one line, without control characters."""
    return " ".join(printable(str(text)).split())


def printable(text: str) -> str:
    """Text without what steers terminals, mail clients and the direction of writing."""
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "" for letter in text)
