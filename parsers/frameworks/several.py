"""Parts of a system with several digits or words: “1234”, “一带一城”, 五破五立, 四梁八柱, “4+1”."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.frameworks.beside import list_after, list_before
from parsers.frameworks.heads import HEAD, LEAD_VERB, NEXT_FORMULA, shared
from parsers.frameworks.lists import Listing, clean, masked, split_items
from parsers.frameworks.names import Form
from parsers.frameworks.numerals import number
from parsers.lazily import lazily

_ABOUT = lazily(
    r"(?P<quote>”)?(?:[，,]?(?:即|是指|指的是|指|就是|代表|分别是|分别为|是(?!全|我|省|市))|(?(quote)(?:为|[，,：:]|分别)|(?!)))"
    r"[：:，,]?"
)
_DASH = lazily("——|[：:]")
_GOAL_TAIL = lazily(r"(?:这一个?|这个|一个|的)?(?:总体|总|奋斗|发展)?(?:目标|定位|要求|主题|主线)$")
_UNCHANGED = lazily(r"[^，,；;]{0,8}不变[，,](?=..)")
_FIGURES = lazily(r"^[^“”]*\d[^“”]*的(?=[^的]{2,20}$)")
_COMMA = lazily("[，,；;]")
_MARK = lazily("[，,；;。、\n]")
_END = lazily("[。\n]")
_COUNTED = lazily(r"\d+|十[一二三四五六七八九]?|[一二三四五六七八九两]")
_NUMERALS = "一二三四五六七八九十两双"


def defined(text: str, form: Form, start: int, limit: int) -> list[Listing | None] | None:
    """“1”即…；“2”即…; “一带”，即…；“一城”，即… in [start, limit), or up to the next formula, whose digits
    those behind it are.
    """
    following = NEXT_FORMULA.search(text, start, limit) if form.kind == "formula" else None
    limit = following.start() if following else limit
    if sum(text.find(label, start, limit) >= 0 for label, _ in form.labels) < 2:
        return None
    hits: list[tuple[int, int] | None] = []
    at = start
    for label, _ in form.labels:
        hit = _explained_at(text, label, at, limit)
        hits.append(hit)
        at = hit[1] if hit else at
    if sum(h is not None for h in hits) < min(2, len(form.labels)):
        return None
    begins = [h[0] for h in hits if h] + [limit]
    out: list[Listing | None] = []
    for (_, count), hit in zip(form.labels, hits, strict=True):
        if hit is None:
            out.append(None)
            continue
        stop = min(b for b in begins if b > hit[0])
        end = _END.search(text, hit[1], stop)
        out.append(explained(text, hit[1], end.start() if end else stop, count))
    return out


def _explained_at(text: str, label: str, at: int, limit: int) -> tuple[int, int] | None:
    found = text.find(label, at, limit)
    while found >= 0:
        before = text[found - 1] if found else "\n"
        if before in "“，。；、：: \n," and not (
            before != "“" and label.isdigit() and text[found - 1 : found] == "."
        ):
            about = _ABOUT.match(text, found + len(label), limit)
            if about is None and not label.isascii():
                about = _DASH.match(text, found + len(label), limit)
            if about:
                return found - (before == "“"), about.end()
        found = text.find(label, found + 1, limit)
    return None


def explained(text: str, start: int, end: int, count: int | None) -> Listing | None:
    """The parts in an explanation [start, end) of one digit or word."""
    body = text[start:end].rstrip("；;，,、。 “")
    end = start + len(body)
    if not body:
        return None
    blot = masked(body)
    if count == 1:
        same = _UNCHANGED.match(blot)  # “1”是总目标不变，继续…: what it is comes behind
        body, blot = (body[same.end() :], blot[same.end() :]) if same else (body, blot)
        stop = _COMMA.search(blot)
        item = _GOAL_TAIL.sub("", clean(body[: stop.start()] if stop else body))
        # An attribute with figures (总占地…公顷的X) is no part of the name.
        item = _FIGURES.sub("", item)
        return Listing((item,), start, end) if item else None
    for clause, at in _clauses(body, blot):
        if not HEAD.search(clause):
            items = split_items(clause, count)
            if items and not items[1] and count is not None:
                return Listing(_trimmed(items[0]), start + at, start + at + len(clause))
    for head in HEAD.finditer(body):
        listing = (
            list_before(body, head.start(), count)
            if number(head["num"]) == (count or number(head["num"]))
            else None
        )
        if listing:
            listing = shared(head["noun"], listing)
            return Listing(listing.items, start + listing.start, start + listing.end, listing.open_ended)
    found = split_items(body, count)
    if found:
        return Listing(_trimmed(found[0]), start, end, found[1])
    if count is not None and (again := HEAD.fullmatch(body)) and number(again["num"]) == count:
        return None  # “5”即五大行动 counts the parts again and names none
    return Listing((clean(body),), start, end) if len(body) <= 40 else None


def _trimmed(items: Sequence[str]) -> tuple[str, ...]:
    longest = max(len(i) for i in items[1:]) if len(items) > 1 else 0
    return (LEAD_VERB.sub("", items[0]) if len(items[0]) > longest else items[0], *items[1:])


def _clauses(body: str, blot: str) -> list[tuple[str, int]]:
    """Clauses with their offsets, the last first: an elaboration follows its summary."""
    out, at = [], 0
    for found in _COMMA.finditer(blot):
        out.append((body[at : found.start()], at))
        at = found.end()
    out.append((body[at:], at))
    return out[::-1]


def pairs(text: str, form: Form, end: int, limit: int) -> list[Listing | None] | None:
    """五破五立: 破A，立B；破C，立D."""
    words = [label.lstrip(_NUMERALS) for label, _ in form.labels]
    if len(words) != 2 or any(len(w) != 1 for w in words):
        return None
    limit = min(limit, end + 600)
    if text.count(words[0], end, limit) < 2 or text.count(words[1], end, limit) < 2:
        return None
    clauses, at = [], end
    for piece in _MARK.split(text[end:limit]):
        clauses.append((piece, at))
        at += len(piece) + 1
    both = [
        (a, b)
        for a, b in pairwise(clauses)
        if a[0].startswith(words[0]) and b[0].startswith(words[1]) and len(a[0]) > 2 and len(b[0]) > 2
    ]
    if len(both) < 2:
        return None
    low, high = both[0][0][1], both[-1][1][1] + len(both[-1][1][0])
    return [
        Listing(tuple(a[0][1:] for a, _ in both), low, high),
        Listing(tuple(b[0][1:] for _, b in both), low, high),
    ]


def own_numerals(text: str, form: Form, start: int, ends: Sequence[int]) -> list[Listing | None] | None:
    """“三级平台、四级网格、五级管理”的“345”: each item opens with its own digit."""
    if form.kind != "formula":
        return None
    counts = [count for _, count in form.labels]
    for listing in (list_before(text, start, len(counts)), list_after(text, ends, len(counts))):
        if listing is not None and len(listing.items) == len(counts):
            own = [m and number(m[0]) for m in (_COUNTED.match(i) for i in listing.items)]
            if own == counts:
                return [Listing((item,), listing.start, listing.end) for item in listing.items]
    return None


def dealt_out(text: str, form: Form, start: int, ends: Sequence[int]) -> list[Listing | None] | None:
    """A、B、C、D和E“4+1”: one list, dealt out in order."""
    counts = [count for _, count in form.labels]
    if any(c is None for c in counts) or sum(c or 0 for c in counts) > 30:
        return None
    total = sum(c or 0 for c in counts)
    listing = list_before(text, start, total) or list_after(text, ends, total)
    return deal(listing, counts) if listing is not None and not listing.open_ended else None


def deal(listing: Listing, counts: Sequence[int | None]) -> list[Listing | None]:
    """One list cut into as many as the counts say."""
    out: list[Listing | None] = []
    at = 0
    for count in counts:
        out.append(Listing(listing.items[at : at + (count or 0)], listing.start, listing.end))
        at += count or 0
    return out


def roles(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """四梁八柱: 以“…”四大…为“梁”，以“…”八大…为“柱”."""
    if form.kind == "formula":
        return None
    low = max(text.rfind("\n", 0, start) + 1, start - 400)
    if text.find("为", low, start) < 0:
        return None
    out: list[Listing | None] = []
    for label, count in form.labels:
        word = label.lstrip(_NUMERALS)
        at = max(text.rfind(f"为“{word}”", low, start), text.rfind(f"为{word}", low, start))
        head = None
        for candidate in HEAD.finditer(text, max(low, at - 24), at) if at >= 0 else ():
            head = candidate if number(candidate["num"]) == count else head
        out.append(list_before(text, head.start() if head else at, count) if at >= 0 else None)
    return out
