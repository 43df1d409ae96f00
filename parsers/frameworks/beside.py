"""Where a list stands beside a name: right before it, or behind a link word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.frameworks.lists import EITHER_COMMA, Listing, clause_start, pieces, split_items, trim_lead

_LINK = re.compile(
    r"[，,：:—\-]{0,2}(?P<open>[（(])?(?:即|就是|是指|指的是|指|包括|分别(?:是|为|指)|主要(?:是|包括|有|指)|"
    r"具体(?:是|为|包括|指)|也就是)[：:，,]?|[：:]|——|(?P<bracket>[（(])"
)
_CLOSE = re.compile("[）)]")
_STOP = re.compile(r"[。\n]|[、，；]?“[^“”\n]{2,8}”(?:指|是指|即|为)")
_VERB_LAST = re.compile("(?:推进|推动|实施|打造|构建|打好|抓好|坚持|形成|落实|开展|做好|加快)$")
_STOPS = re.compile(r"[。；：\n]")
_JOINTS = frozenset("、，。；：和与及\n“")
_JOINT = re.compile("[和与及]")
_BEFORE = 160
"""How far before a name its list may begin, in characters."""


def list_before(text: str, at: int, count: int | None) -> Listing | None:
    """The list that ends right before `at`: “A、B”四大…, A、B、C“五大…”, A、B等“六库”."""
    end, open_ended = at, False
    last = text[at - 1 : at]
    if last and last in "的容主":
        for word in ("的", "为内容", "为主要内容", "为主"):
            if text.endswith(word, 0, end):
                end -= len(word)
        last = text[end - 1 : end]
    if last == "等":
        end, open_ended = end - 1, True
        last = text[end - 1 : end]
    elif end != at and last != "”":
        return None
    if last == "”":
        return _quoted_before(text, end, count, open_ended)
    if not _may_end(text, end, count):
        return None
    return _plain_before(text, end, count, open_ended)


def _may_end(text: str, end: int, count: int | None) -> bool:
    """A cheap look: is there a 、 (for two parts also 和) in the clause that ends here?"""
    if text[end - 1 : end] in _JOINTS:
        return False  # the name is itself an item of a list
    low = max(0, end - _BEFORE)
    mark = text.rfind("、", low, end)
    if mark < 0:
        return count == 2 and _JOINT.search(text, max(low, end - 24), end) is not None
    # One clause more is allowed: a list of clauses may have commas inside.
    if _STOPS.search(text, mark, end):
        return False
    comma = text.find("，", mark, end)
    if comma < 0:
        return True
    piece = text[comma + 1 : end]
    return count is not None and count > 2 and 3 <= len(piece) <= 16 and not _VERB_LAST.search(piece)


def _plain_before(text: str, end: int, count: int | None, open_ended: bool) -> Listing | None:
    start = clause_start(text, end)
    for step in range(4):
        found = split_items(text[start:end], None if open_ended else count)
        if found and (open_ended or count is None or len(found[0]) == count):
            items = trim_lead(found[0])
            if not _plausible(items) or (step and (not _alike(items) or _VERB_LAST.search(items[-1]))):
                return None
            return Listing(items, start, end, open_ended and (count is None or len(items) < count))
        # A comma inside a list of clauses (A更好、B更优，C更美四个方面): only where the clauses are alike.
        if count is None or count < 3 or open_ended or start == 0 or text[start - 1] not in "，,":
            return None
        start = clause_start(text, start - 1)
    return None


def _plausible(items: Sequence[str]) -> bool:
    return len(items) >= 2 and all(1 <= len(i) <= 40 for i in items) and len(set(items)) == len(items)


def _alike(items: Sequence[str]) -> bool:
    lengths = [len(i) for i in items]
    return max(lengths) - min(lengths) <= 1


def _quoted_before(text: str, end: int, count: int | None, open_ended: bool) -> Listing | None:
    """A list in quotes: “A、B、C”, “A”“B”“C”, “A”、“B”和“C”."""
    open_at = text.rfind("“", max(0, end - _BEFORE), end)
    if open_at < 0 or "\n" in text[open_at:end]:
        return None
    inner = text[open_at + 1 : end - 1]
    found = split_items(inner, count)
    if found is None and open_ended:
        found = split_items(inner, None)
    if found is not None:
        return Listing(trim_lead(found[0]), open_at, end, open_ended or found[1])
    items, start = [inner], open_at
    while len(items) < 24:
        gap = start
        while gap > 0 and text[gap - 1] in "、和与及，":
            gap -= 1
        earlier = text.rfind("“", max(0, gap - 60), gap) if gap and text[gap - 1] == "”" else -1
        if earlier < 0:
            break
        items.insert(0, text[earlier + 1 : gap - 1])
        start = earlier
    if len(items) >= 2 and (count is None or len(items) == count or (open_ended and len(items) < count)):
        return Listing(tuple(items), start, end, open_ended)
    return None


def list_after(text: str, ends: Sequence[int], count: int | None, reach: int = 700) -> Listing | None:
    """The list that follows a name: ，即A、B、C; ：一是…；二是…; （A、B、C）.

    ends: where the name may end, without and with its type word.
    """
    link = next(filter(None, (_LINK.match(text, end) for end in ends)), None)
    if link is None:
        return None
    start = link.end()
    if start >= len(text):
        return None
    line = text.find("\n", start, start + reach)
    limit = line if line >= 0 else min(len(text), start + reach)
    if link["open"] or link["bracket"]:
        close = _CLOSE.search(text, start, limit)
        found = split_items(text[start : close.start()], count) if close else None
        return Listing(found[0], start, close.start(), found[1]) if found and close else None
    stop = _STOP.search(text, start, limit) if text[start] != "“" else _STOP.search(text, start + 1, limit)
    end = stop.start() if stop else limit
    if count is not None:
        alike = _parallel(text, start, end, count)
        if alike is not None:
            return alike
    semicolon = text.find("；", start, end)
    for stop_at in (end, semicolon, limit):
        found = split_items(text[start:stop_at], count) if stop_at > start else None
        if found is not None and max(map(len, found[0])) <= 60:
            return Listing(trim_lead(found[0]), start, stop_at, found[1])
    return None


def _parallel(text: str, start: int, end: int, count: int) -> Listing | None:
    """The first `count` pieces of a longer sentence, where they are alike in length and the rest is not."""
    parts = pieces(text[start : min(end, start + 60 * count)], EITHER_COMMA)
    if count < 3 or len(parts) <= count:
        return None
    items = trim_lead(parts[:count])
    if not _alike(items) or abs(len(parts[count]) - len(items[0])) <= 1:
        return None
    last = text.find(items[-1], start, end)
    return Listing(items, start, last + len(items[-1]))
