"""Parts of a system from its definition in the text's own glossary."""

from __future__ import annotations

import re

from parsers.frameworks.decode import Decoded, _build, _defined, _run, heads
from parsers.frameworks.lists import Listing, split_items
from parsers.frameworks.names import Form
from parsers.statement import Component

_OPENING = re.compile(r"(?:是指|指的是|即|指|包括|具体(?:是|为|包括)|分别(?:是|为)|主要(?:是|包括))[：:，,]?")


def decode_definition(text: str, form: Form, start: int, end: int) -> Decoded | None:
    """Parts that the definition [start, end) spells out."""
    if len(form.labels) == 1:
        label, count = form.labels[0]
        listing = _whole(text, start, end, count)
        if listing is None:
            return None
        return Decoded(
            (Component(label, listing.items, listing.open_ended),),
            (),
            ((listing.start, listing.end),),
            "definition",
        )
    listings = _defined(text, form, start, start, end) or _run(text, form, start, start, end)
    if listings is None:
        counts = [c for _, c in form.labels]
        if all(c is not None for c in counts):
            whole = _whole(text, start, end, sum(c or 0 for c in counts))
            if whole is not None and not whole.open_ended:
                listings, at = [], 0
                for c in counts:
                    listings.append(Listing(whole.items[at : at + (c or 0)], whole.start, whole.end))
                    at += c or 0
    return _build(form, listings, "definition") if listings and any(listings) else None


def _whole(text: str, start: int, end: int, count: int | None) -> Listing | None:
    body = text[start:end]
    starts = [0, *(m.end() for m in _OPENING.finditer(body))]
    for low in starts[:6]:
        for stop in (len(body), body.find("。", low), body.find("；", low), body.find("（", low)):
            if stop <= low:
                continue
            found = split_items(body[low:stop], count)
            if found and (len(found[0]) == count or found[1]) and max(map(len, found[0])) <= 80:
                return Listing(found[0], start + low, start + stop, found[1])
    for head in heads(text, start, end):
        if head.count == count and head.listing:
            return head.listing
    return None
