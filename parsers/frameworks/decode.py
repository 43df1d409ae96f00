"""From a name's digits and words to the parts that the text lists for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.frameworks.heads import Head, run
from parsers.frameworks.lists import Listing
from parsers.frameworks.names import Form
from parsers.frameworks.several import dealt_out, defined, own_numerals, pairs, roles
from parsers.frameworks.single import single
from parsers.statement import Component, Span

REACH = 1200
"""How far behind its name, in characters, a list may explain a system."""


@dataclass(slots=True)
class Decoded:
    """Parts by label, the labels left open, where the parts stand, and the rule that read them.

    heads: headcounts that filled digits of a formula; each is a named system of its own.
    """

    components: tuple[Component, ...]
    unlisted: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str
    heads: tuple[Head, ...] = ()

    @property
    def filled(self) -> int:
        """How many parts were found."""
        return sum(len(c.items) for c in self.components)


def decode(text: str, form: Form, start: int, end: int, close: int) -> Decoded | None:
    """Parts of the system named at [start, end) of the text, with its type word at [start, close)."""
    ends = (end,) if end == close else (end, close)
    line = text.find("\n", end, end + REACH)
    limit = line if line >= 0 else min(len(text), end + REACH)
    if form.kind == "year" or (form.kind == "defined" and form.labels[0][1] is None):
        return None
    if form.kind == "compass":
        return build(form, [Listing((label,), start, end) for label, _ in form.labels], "own-words")
    if form.kind == "plus":
        return one(form.core, Listing(tuple(w for w, _ in form.labels), start, end), "own-words")
    if len(form.labels) == 1:
        found = single(text, form, form.labels[0][1], start, ends, limit)
        return one(form.labels[0][0], found[0], found[1]) if found else None
    return _several(text, form, start, ends, limit)


def _several(text: str, form: Form, start: int, ends: Sequence[int], limit: int) -> Decoded | None:
    end = ends[0]
    readers: tuple[tuple[str, Callable[[], Sequence[Listing | None] | None]], ...] = (
        ("digit-explained", lambda: defined(text, form, end, limit)),
        ("pairs", lambda: pairs(text, form, end, limit)),
        ("own-numerals", lambda: own_numerals(text, form, start, ends)),
        ("dealt-out", lambda: dealt_out(text, form, start, ends)),
        ("roles", lambda: roles(text, form, start, end, limit)),
    )
    for rule, read in readers:
        listings = read()
        if listings is not None and any(listings):
            return build(form, listings, rule)
    if form.kind == "formula":
        found = run(text, form, end, limit)
        if found is not None:
            return build(form, found[0], "headcount-run", found[1])
    return None


def one(label: str, listing: Listing, rule: str) -> Decoded:
    """A system with a single list."""
    component = Component(label, listing.items, listing.open_ended)
    return Decoded((component,), (), ((listing.start, listing.end),), rule)


def build(form: Form, listings: Sequence[Listing | None], rule: str, used: Sequence[Head] = ()) -> Decoded:
    """A system with a list for each label that has one."""
    components, unlisted, spans = [], [], []
    for (label, _), listing in zip(form.labels, listings, strict=True):
        components.append(
            Component(label, listing.items if listing else (), bool(listing and listing.open_ended))
        )
        if listing is None:
            unlisted.append(label)
        elif (listing.start, listing.end) not in spans:
            spans.append((listing.start, listing.end))
    return Decoded(tuple(components), tuple(unlisted), tuple(spans), rule, tuple(used))
