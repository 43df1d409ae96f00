"""Markup cut into text runs that know where they stand in the source.

No tree builder for broken markup reports character offsets. So the runs are numbered here and the tree is
built from a skeleton, in which each run is replaced by its number: however the builder repairs nesting,
a number found in the tree leads back to the exact source characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.statement import Span

OPEN, CLOSE = "\ue000", "\ue001"
RUN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
"""A numbered run in the skeleton's text."""

# Quoted values may hold > and <, but every scan is bounded: markup cut off in a quote must not cost
# a scan to the end of the document from each of its tags.
_TAG = re.compile(
    r"""</?[A-Za-z](?:[^"'<>]++|"[^"<]*+"|'[^'<]*+'|"[^"]{0,1000}+"|'[^']{0,1000}+'){0,100}+>"""
    r"""|</?[A-Za-z][^<>]*+>?|<!--|<[!?][^<>]*+>?"""
)
_NAME = re.compile(r"</?([A-Za-z][\w:.-]*)")
_RAW = {
    name: re.compile(f"</{name}\\b[^>]{{0,1000}}>?", re.I)
    for name in ("script", "style", "noscript", "template", "iframe", "object", "xmp", "noembed", "noframes")
}
"""Elements whose content is no text of the page."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000\ue001\ufffe\uffff]")
_LONGEST_TAG = 4_000


@dataclass(frozen=True, slots=True)
class Markup:
    """A page's source, its text runs as source spans, and the skeleton that numbers them."""

    source: str
    runs: tuple[Span, ...]
    skeleton: str


def cut(source: str) -> Markup:
    """Cut markup into runs; linear in its length, whatever is broken in it."""
    runs: list[Span] = []
    parts: list[str] = []
    here = 0
    while True:
        tag = _TAG.search(source, here)
        end = tag.start() if tag else len(source)
        if end > here:
            text = source[here:end]
            if not text.isspace() or ("\n" not in text and here):
                parts.append(f"{OPEN}{len(runs)}{CLOSE}")
                runs.append((here, end))
            else:
                parts.append("\n")
        if tag is None:
            return Markup(source, tuple(runs), "".join(parts))
        here = _after(source, tag, parts)


def _after(source: str, tag: re.Match[str], parts: list[str]) -> int:
    """Where the text goes on after a tag, which is added to the skeleton (comments and scripts are not)."""
    written = tag.group()
    if written == "<!--":
        closed = source.find("-->", tag.start() + 2)
        return closed + 3 if closed >= 0 else len(source)
    named = _NAME.match(written)
    if named is None:
        return tag.end()
    name = named.group(1).lower()
    if name in _RAW and written[1] != "/":
        if written.endswith("/>"):
            return tag.end()
        closing = _RAW[name].search(source, tag.end())
        return closing.end() if closing else len(source)
    if written[-1] != ">" or len(written) > _LONGEST_TAG:
        written = f"{named.group()}>"
    parts.append(_CONTROL.sub("", written))
    return tag.end()
