"""One self-contained page: texts with their statements highlighted in place, and why each was read so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit.nesting import Closed, Opened, Point, Stretch, Words, nested
from audit.reading_facts import Row, both, kind_means, kind_word, statement_rows, summary, text_rows
from parsers.reading import Reading
from parsers.statement import Span, Statement
from parsers.text import BODY_ROLES, Body, Paragraph
from tracking.words.catalogue import chosen_language
from tracking.words.labels import Lang

KINDS = ("target", "action", "result", "framework")
_JOINED, _JOINED_PERHAPS = "接续 / joined", "接续存疑 / joined, not certain"
_OPEN_END = "句子到此中断，文中没有下文 / breaks off; what follows is not in the text"


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it is shown: where it came from, its paragraphs and its reading."""

    name: str
    body: Body
    reading: Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement on the page: its number, anchor, the words it rests on, and what is known of it."""

    number: int
    anchor: str
    statement: Statement
    summary: str
    quote: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Section:
    """One text of the page."""

    told: Told
    anchor: str
    text: Markup
    entries: list[Entry]
    rows: list[Row]


def render(texts: Sequence[Told], lang: Lang | None = None) -> str:
    """The page as HTML. lang: in which language it opens (None: the chosen one); it holds both."""
    sections = [_section(told, number) for number, told in enumerate(texts, 1)]
    count = Counter(entry.statement.kind for section in sections for entry in section.entries)
    page = _environment().get_template("reading.html")
    return page.render(sections=sections, count=count, kinds=KINDS, lang=lang or chosen_language())


def write(texts: Sequence[Told], path: Path, lang: Lang | None = None) -> None:
    """Write the page; line ends of the texts are kept as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        file.write(render(texts, lang))


def _section(told: Told, number: int) -> Section:
    source = told.reading.source.text
    anchor = f"x{number}"
    entries = [
        Entry(
            at,
            f"{anchor}s{at}",
            statement,
            summary(statement, source),
            "".join(source[start:end] for start, end in statement.spans),
            statement_rows(statement, source),
        )
        for at, statement in enumerate(told.reading.statements, 1)
    ]
    return Section(told, anchor, marked(told, entries), entries, text_rows(told.reading))


def marked(told: Told, entries: Sequence[Entry]) -> Markup:
    """The source text with its statements, amounts, roles and joins as nested elements, every word escaped.

    Of markup only what stands in paragraphs is shown, each on its own line; anything else whole.
    """
    source = told.reading.source.text
    shown = _shown(told.body) if told.body.source.media == "html" else [(0, len(source), 0)]
    opening = dict(_statement_tags(entries))
    stretches = [*_roles(told.body), *(stretch for stretch, _ in _statement_stretches(entries))]
    stretches += _amounts(entries)
    tags = {**opening, **{s.key: _role_tag(s.key) for s in stretches if s.key[0] == "r"}}
    out: list[Markup] = []
    cuts = {edge for start, end, _ in shown for edge in (start, end)}
    position = 0
    for token in nested(len(source), stretches, [*_breaks(shown), *_signs(told.body)], cuts):
        match token:
            case Words(start, end):
                while position < len(shown) and shown[position][1] <= start:
                    position += 1
                if position == len(shown) or start < shown[position][0]:
                    continue
                out.append(Markup.escape(source[start:end]))
            case Opened(stretch, first):
                tag = tags.get(stretch.key) or Markup('<span class="q">')
                out.append(tag if first else Markup(str(tag).partition(' id="')[0].rstrip(">") + ">"))
            case Closed(stretch):
                out.append(Markup("</mark>") if stretch.key[0] == "s" else Markup("</span>"))
            case Point(_, "break"):
                out.append(Markup("\n"))
            case Point(_, key):
                sign, _, why = key.partition("|")
                out.append(Markup('<span class="{}" title="{}"></span>').format(sign, why))
    return Markup("").join(out)


def _shown(body: Body) -> list[tuple[int, int, int]]:
    """Source stretches that paragraphs cover, with the paragraph's number, in source order, apart."""
    pieces = sorted(
        (piece.source, piece.source + piece.source_length, number)
        for number, paragraph in enumerate(body.paragraphs)
        for piece in paragraph.pieces
    )
    found: list[tuple[int, int, int]] = []
    for start, end, number in pieces:
        start = max(start, found[-1][1]) if found else start
        if start < end:
            found.append((start, end, number))
    return found


def _breaks(shown: Sequence[tuple[int, int, int]]) -> Iterator[Point]:
    """A line's end in front of each paragraph but the first."""
    for (_, _, before), (start, _, paragraph) in pairwise(shown):
        if paragraph != before:
            yield Point(start, "break")


def _statement_stretches(entries: Sequence[Entry]) -> Iterator[tuple[Stretch, str]]:
    for entry in entries:
        for part, (start, end) in enumerate(entry.statement.spans):
            yield Stretch(start, end, f"s{entry.number}.{part}", 1), entry.anchor


def _statement_tags(entries: Sequence[Entry]) -> Iterator[tuple[str, Markup]]:
    """Opening tags; the attributes from `id` on stand only where a statement begins."""
    for entry in entries:
        spans = entry.statement.spans
        doubtful = " doubtful" if entry.statement.doubtful else ""
        for part in range(len(spans)):
            place = f"{part + 1}/{len(spans)}" if len(spans) > 1 else ""
            tag = Markup('<mark class="s {}{}" data-s="{}"').format(
                entry.statement.kind, doubtful, entry.anchor
            )
            if place:
                tag += Markup(' data-part="{}"').format(place)
            if part == 0:
                tag += Markup(' id="t{0}" data-n="{1}" tabindex="0" aria-describedby="n{0}"').format(
                    entry.anchor, entry.number
                )
            yield f"s{entry.number}.{part}", tag + Markup(">")


def _amounts(entries: Sequence[Entry]) -> list[Stretch]:
    """Amounts inside one piece of their statement; one that a join tears apart is told in the panel only."""
    found: dict[Span, Stretch] = {}
    for entry in entries:
        for q in entry.statement.quantities:
            if any(start <= q.start and q.end <= end for start, end in entry.statement.spans):
                found.setdefault((q.start, q.end), Stretch(q.start, q.end, f"q{q.start}", 2))
    return list(found.values())


def _roles(body: Body) -> list[Stretch]:
    found = []
    for number, paragraph in enumerate(body.paragraphs):
        if paragraph.role == "body":
            continue
        for part, (start, end) in enumerate(paragraph.spans(0, len(paragraph.text))):
            found.append(Stretch(start, end, f"r{number}.{part} {paragraph.role}", 0))
    return found


def _role_tag(key: str) -> Markup:
    role = key.partition(" ")[2]
    unread = "" if role in BODY_ROLES else " unread"
    return Markup('<span class="r {}{}" title="{}">').format(role, unread, both(role))


def _signs(body: Body) -> Iterator[Point]:
    """Where layout broke a sentence: the end of one fragment, the beginning of the next; an end left open."""
    for paragraph in body.paragraphs:
        for join in paragraph.joins:
            sign = "join" if join.sure else "join unsure"
            why = f"{_JOINED if join.sure else _JOINED_PERHAPS}: {join.why}"
            yield Point(_place(paragraph, join.at - 1)[1], f"{sign} out|{why}")
            yield Point(_place(paragraph, join.at)[0], f"{sign} in|{why}")
        if paragraph.open_end and paragraph.text:
            yield Point(_place(paragraph, len(paragraph.text) - 1)[1], f"open|{_OPEN_END}")


def _place(paragraph: Paragraph, at: int) -> Span:
    return paragraph.spans(at, at + 1)[0]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    extra: dict[str, Any] = {"_": both, "kind_word": kind_word, "kind_means": kind_means}
    made.globals.update(extra)
    return made
