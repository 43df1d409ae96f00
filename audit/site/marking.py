"""A text with its statements highlighted in place, every word escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from markupsafe import Markup

from audit.nesting import Closed, Opened, Point, Stretch, Words, nested

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)?[^<>]*>")
_INSIDE = frozenset({"a", "b", "em", "i", "font", "span", "strong", "sub", "sup", "u"})
_UNSEEN = frozenset({"script", "style", "head", "title", "noscript"})
_BLANK = re.compile(r"\s+")


def marked(
    text: str,
    media: str,
    statements: Sequence[Mapping[str, Any]],
    link: Callable[[Mapping[str, Any]], str | None],
) -> Markup:
    """The text as nested elements. link: where a statement leads, None for nowhere."""
    shown = list(_pieces(text)) if media == "html" else [(0, len(text))]
    stretches, opening = [], {}
    for number, one in enumerate(statements):
        for part, (start, end) in enumerate(one["spans"]):
            key = f"{number}.{part}"
            stretches.append(Stretch(start, end, key))
            opening[key] = _tag(one, part, start, link(one))
    breaks = [Point(start, "break") for _, start in zip(shown, [s for s, _ in shown[1:]], strict=False)]
    cuts = {edge for piece in shown for edge in piece}
    out: list[Markup] = []
    position, open_links = 0, 0
    ends: list[str] = []
    for token in nested(len(text), stretches, breaks, cuts):
        match token:
            case Words(start, end):
                while position < len(shown) and shown[position][1] <= start:
                    position += 1
                if position == len(shown) or start < shown[position][0]:
                    continue
                words = text[start:end]
                out.append(Markup.escape(_BLANK.sub(" ", unescape(words)) if media == "html" else words))
            case Opened(stretch, first):
                leading, plain = opening[stretch.key]
                # A link inside a link is none: the outer one leads.
                linked = leading is not None and open_links == 0
                open_links += linked
                ends.append("</a>" if linked else "</mark>")
                tag = leading if linked and leading is not None else plain
                out.append(Markup(tag if first else re.sub(r' id="[^"]*"', "", tag)))
            case Closed(_):
                end_tag = ends.pop()
                open_links -= end_tag == "</a>"
                out.append(Markup(end_tag))
            case Point(_, _):
                out.append(Markup("\n"))
    return Markup("").join(out)


def _tag(one: Mapping[str, Any], part: int, start: int, href: str | None) -> tuple[str | None, str]:
    """Opening tags of a statement's piece: as a link, and without."""
    kind = Markup.escape(one["kind"])
    name = Markup(' id="s{}"').format(start) if part == 0 else ""
    title = Markup(' title="{}"').format(one["subject"] or "")
    plain = f'<mark class="s {kind}"{name}{title}>'
    if href is None:
        return None, plain
    return f'<a class="s {kind}"{name}{title} href="{Markup.escape(href)}">', plain


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """What of a page's source people read, by offsets, a piece a block; blank pieces are left out."""
    start, at, hidden = 0, 0, ""
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if hidden:
            if tag[1] and name == hidden:
                hidden, start = "", tag.end()
            continue
        if text[start : tag.start()].strip():
            yield start, tag.start()
        start = tag.end()
        if name in _UNSEEN and not tag[1]:
            hidden = name
        at = tag.end()
    if not hidden and text[max(start, at) :].strip():
        yield max(start, at), len(text)
