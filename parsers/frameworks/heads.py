"""Headcounts with their lists (A、B、C三大…), and how a run of them fills the digits of a formula."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.frameworks.beside import list_before
from parsers.frameworks.lists import Listing, clean, masked
from parsers.frameworks.names import SUFFIX, Form
from parsers.frameworks.numerals import number
from parsers.lazily import lazily

HEAD = lazily(
    r"(?P<num>[两二三四五六七八九十]{1,2}|(?<![\d.])\d{1,2})(?P<measure>大|个|项|条|类)(?P<noun>[\u4e00-\u9fff]{2,12})"
)
NEXT_FORMULA = lazily(r"“\d[\d+N]+”")
_END = lazily("[。\n]")
_GOAL = lazily(r"(?:^|[，,。；：])(?P<goal>[^，,。；：\n]{4,48}?)(?:这一|这个)(?:总体|总|奋斗)?(?:目标|定位)")
_ONLY = lazily(r"(?<![\d第])[1一]个(?P<one>[^，,。；\n]{4,30})")
_STRIVE = lazily(r"(?:努力|奋力|加快|全力)(?P<goal>(?:建设|打造|建成)[^，,。；：\n]{4,40})")
_SHARED = lazily(r"强[区市省县国镇村]")
LEAD_VERB = lazily(
    r"^(?:大力|全力|深入|着力|扎实|全面|统筹|加快|努力|切实|重点|突出|实施|推进|抓好|做好|开展|坚持)+(?=..)"
)


@dataclass(slots=True)
class Head:
    """A headcount at [start, end) with the list before it; `count` parts are announced."""

    start: int
    end: int
    count: int
    words: str
    listing: Listing | None


def heads(text: str, start: int, limit: int) -> list[Head]:
    """Headcounts in [start, limit) with the lists before them, quoted ones (“五大动力”) included."""
    out = []
    for found in HEAD.finditer(text, start, limit):
        count = number(found["num"])
        if count is None or count < 2:
            continue
        low = found.start() - 1 if text[found.start() - 1] == "“" else found.start()
        noun = SUFFIX.match(found["noun"])
        words = found["num"] + found["measure"] + (noun[0] if noun else found["noun"])
        listing = list_before(text, low, count)
        if listing and listing.start < start:
            listing = None
        out.append(
            Head(
                low,
                found.start() + len(words),
                count,
                words,
                shared(found["noun"], listing) if listing else None,
            )
        )
    return out


def shared(noun: str, listing: Listing) -> Listing:
    """“人才、产业”两大强区: the word that the items share belongs to each (人才强区)."""
    tail = _SHARED.search(noun)
    if tail is None or any(tail[0] in i or len(i) > 4 for i in listing.items):
        return listing
    items = tuple(i + tail[0] for i in listing.items)
    return Listing(items, listing.start, listing.end, listing.open_ended)


def run(text: str, form: Form, end: int, limit: int) -> tuple[list[Listing | None], list[Head]] | None:
    """1+446: the headcounts that follow in the paragraph, matched to the digits in order.

    The lists belong to the formula that stands nearest before them (a district's formula often follows
    the city's in one sentence), so the search ends at the next formula.
    """
    other = NEXT_FORMULA.search(text, end, limit)
    available = heads(text, end, other.start() if other else limit)
    wanted = sum(count is not None and count > 1 for _, count in form.labels)
    out: list[Listing | None] = []
    used: list[Head] = []
    at = 0
    for _, count in form.labels:
        hit = None
        if count is not None and count > 1:
            hit = next((i for i in range(at, len(available)) if available[i].count == count), None)
        if hit is None:
            out.append(None)
            continue
        at, head = hit + 1, available[hit]
        used.append(head)
        near = head.start - end < 60 and len(form.labels) <= 3
        out.append(head.listing or (Listing((head.words,), head.start, head.end) if near else None))
    filled = sum(listing is not None for listing in out)
    if wanted == 1 and (not used or used[0].start - end > 120 or _END.search(text, end, used[0].start)):
        return None  # one number agrees with anything: it counts only beside its name
    if len(used) < max(1, wanted - 1) or filled < max(1, wanted - 1) or len(used) < min(2, wanted):
        return None
    for index, (_, count) in enumerate(form.labels):
        if count == 1:
            goal = _goal(text, end, limit) if index == 0 else None
            out[index] = goal or _only(text, end, limit)
    return out, [head for head in used if head.listing]


def _only(text: str, start: int, limit: int) -> Listing | None:
    stop = _END.search(text, start, limit)
    found = _ONLY.search(text, start, stop.start() if stop else limit)
    return Listing((found["one"],), found.start("one"), found.end("one")) if found else None


def _goal(text: str, start: int, limit: int) -> Listing | None:
    blot = masked(text[start:limit])
    for pattern in (_GOAL, _STRIVE):
        found = pattern.search(blot)
        if found:
            low, high = start + found.start("goal"), start + found.end("goal")
            return Listing((LEAD_VERB.sub("", clean(text[low:high])),), low, high)
    return None
