"""Parts of a system from its definition in the text's own glossary."""

from __future__ import annotations

from parsers.frameworks.decode import Decoded, build, one
from parsers.frameworks.heads import heads, run
from parsers.frameworks.lists import Listing, split_items, trim_lead
from parsers.frameworks.names import Form
from parsers.frameworks.several import deal, defined
from parsers.lazily import lazily

_STRETCH = lazily(r"“(?P<quoted>[^“”\n]{4,160})”|(?P<clause>[^“”，。；\n]{4,200})")
_OPENING = lazily(r"(?:是指|指的是|即|指|包括|具体(?:是|为|包括)|分别(?:是|为)|主要(?:是|包括))[：:，,]?")


def decode_definition(text: str, form: Form, start: int, end: int) -> Decoded | None:
    """Parts that the definition [start, end) spells out."""
    start, end = _own_part(text, form.core, start, end)
    if len(form.labels) == 1:
        label, count = form.labels[0]
        if count is None and form.kind == "defined":
            return None
        listing = _whole(text, start, end, count)
        return one(label, listing, "definition") if listing else None
    listings = defined(text, form, start, end)
    if listings is None and form.kind == "formula":
        found = run(text, form, start, end)
        listings = found[0] if found else None
    counts = [c for _, c in form.labels]
    if listings is None and all(c is not None for c in counts):
        whole = _whole(text, start, end, sum(c or 0 for c in counts))
        listings = deal(whole, counts) if whole is not None and not whole.open_ended else None
    return build(form, listings, "definition") if listings and any(listings) else None


def _own_part(text: str, core: str, start: int, end: int) -> tuple[int, int]:
    """Where one entry defines several names (“A”指…；“B”指…), the stretch on this one."""
    at = text.find(f"“{core}”", start, end)
    if at < 0 or _OPENING.match(text, at + len(core) + 2) is None:
        return start, end
    stop = text.find("。", at, end)
    return at + len(core) + 2, stop if stop >= 0 else end


def _whole(text: str, start: int, end: int, count: int | None) -> Listing | None:
    body = text[start:end]
    for low in [0, *(m.end() for m in _OPENING.finditer(body))][:6]:
        for stop in (len(body), body.find("。", low), body.find("；", low), body.find("（", low)):
            found = split_items(body[low:stop], count) if stop > low else None
            if found and (len(found[0]) == count or found[1]) and max(map(len, found[0])) <= 80:
                return Listing(trim_lead(found[0]), start + low, start + stop, found[1])
    for head in heads(text, start, end):
        if head.count == count and head.listing:
            return head.listing
    for stretch in _STRETCH.finditer(body) if count is not None and count > 2 else ():
        inner = stretch["quoted"] or stretch["clause"]
        found = split_items(inner, count)
        if found and len(found[0]) == count and max(map(len, found[0])) <= 30:
            low = start + stretch.start(stretch.lastgroup or 0)
            return Listing(trim_lead(found[0]), low, low + len(inner))
    return None
