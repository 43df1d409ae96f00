"""Lists of parts: where they stand beside a name, and what their items are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_KEPT = re.compile(r"“[^“”\n]{0,120}”|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|《[^《》\n]{0,80}》")
_CLAUSE_END = re.compile(r"[，。；！？：\n]|[,;:!?](?!\d)")
_ENUMERATOR = re.compile(
    r"(?:^|(?<=[，。；、：:,;\s]))(?:[一二三四五六七八九十]{1,2}是|[（(]?\d{1,2}[）).．](?!\d)|[①-⑳]|第[一二三四五六七八九十],?)"
)
_SEPARATORS = (
    re.compile("[；;]"),
    re.compile("、"),
    re.compile("[，,]"),
    re.compile("[、，,]"),
    re.compile("[+/·]"),
)
_ENDING = re.compile(
    r"(?:等(?:等|[\d一二三四五六七八九十两]{0,3}(?:大|个|项|类|方面)?[\u4e00-\u9fff]{0,8})?|在内)?[。；;，,：:\s]*$"
)
_AND = re.compile("以及|和|与|及")
_LEAD = re.compile(
    r".*(?:推进|推动|培育|打造|构建|建设|建立|实施|做强|做大|做优|做精|攻坚|壮大|抓好|描绘|实现|形成|落实|开展|"
    r"包括|涵盖|聚焦|聚力|围绕|突出|加快|坚持|完善|发展|通过|依托|按照|确保|提升|强化|优化|加强|着力|统筹|"
    r"瞄准|紧扣|覆盖|健全|推广|推行|深化|启动|培植|发挥|争创|融入|做好|是指|分别是|主要是|成立|组建|设立)了?(?=..)"
)
_PREPOSITION = re.compile(r"^(?:以|从|在|对|把|将|按|即|指|为|抓|用|由|向|的|是)(?=..)")
_STOP = re.compile(r"[。\n]")


@dataclass(frozen=True, slots=True)
class Listing:
    """Items with the span they stand in; open_ended: the list ends in 等."""

    items: tuple[str, ...]
    start: int
    end: int
    open_ended: bool = False


def masked(text: str) -> str:
    """The text with quoted, bracketed and titled stretches blotted out, length kept."""
    return _KEPT.sub(lambda m: "■" * len(m[0]), text)


def clause_start(text: str, at: int, reach: int = 160) -> int:
    """Where the clause that holds `at` begins (marks inside quotes do not count)."""
    low = max(text.rfind("\n", 0, at) + 1, at - reach)
    last = low
    for found in _CLAUSE_END.finditer(masked(text[low:at])):
        last = low + found.end()
    return last


def clause_end(text: str, at: int, reach: int = 120) -> int:
    """Where the clause that holds `at` ends."""
    window = masked(text[at : at + reach])
    found = _CLAUSE_END.search(window)
    return at + (found.start() if found else len(window))


def clean(item: str) -> str:
    """An item without marks, enumerators and quotes around it."""
    item = item.strip(" \t\u3000、，,；;。：:*")
    if len(item) > 2 and item[0] == "“" and item[-1] == "”" and item.count("“") == 1:
        item = item[1:-1]
    return item


def _pieces(body: str, separator: re.Pattern[str]) -> list[str]:
    blot, out, at = masked(body), [], 0
    for found in separator.finditer(blot):
        out.append(body[at : found.start()])
        at = found.end()
    out.append(body[at:])
    return [c for c in map(clean, out) if c]


def _split_last(pieces: list[str], missing: int) -> list[str]:
    """Split joined items (A、B和C) where that gives the count that the name announces."""
    for index in [len(pieces) - 1, *range(len(pieces) - 1)]:
        halves = [h for h in _AND.split(pieces[index]) if h]
        if missing == 1 and len(halves) == 2 and "“" not in pieces[index]:
            return [*pieces[:index], *halves, *pieces[index + 1 :]]
    return pieces


def trim_lead(items: Sequence[str]) -> tuple[str, ...]:
    """Items without the verb that leads the first one: 着力培育A、B、C → A、B、C."""
    first, rest = items[0], items[1:]
    first = _PREPOSITION.sub("", first)
    lengths = {len(i) for i in rest}
    if len(rest) >= 2 and len(lengths) == 1 and len(first) > len(rest[0]):
        first = first[-len(rest[0]) :]
    elif rest and len(first) > max(lengths):
        lead = _LEAD.match(first)
        if lead and len(first) - lead.end() >= min(2, min(lengths)):
            first = first[lead.end() :]
    return (clean(first), *rest)


def split_items(body: str, count: int | None) -> tuple[tuple[str, ...], bool] | None:
    """Items of a list, with whether it ends in 等; None where it does not fit the announced count."""
    marks = list(_ENUMERATOR.finditer(body))
    if len(marks) >= 2 and (count is None or len(marks) == count):
        ends = [m.start() for m in marks[1:]] + [len(body)]
        heads = (
            clean(_CLAUSE_END.split(clean(body[m.end() : e]), maxsplit=1)[0])
            for m, e in zip(marks, ends, strict=True)
        )
        items = tuple(h for h in heads if h)
        return (items, False) if len(items) == len(marks) else None
    ending = _ENDING.search(body)
    tail = ending[0] if ending else ""
    open_ended, body = "等" in tail, body[: len(body) - len(tail)]
    loose: tuple[str, ...] | None = None
    for separator in _SEPARATORS:
        pieces = _pieces(body, separator)
        if count is not None and len(pieces) == count - 1 and len(pieces) >= 1:
            pieces = _split_last(pieces, 1)
        if len(pieces) < 2:
            continue
        if len(pieces) == count:
            return tuple(pieces), False
        if loose is None and max(map(len, pieces)) <= 40:
            loose = tuple(pieces)
    if count is None and loose is not None:
        last = _AND.split(loose[-1])
        if len(last) == 2 and all(len(h) >= 2 for h in last):
            loose = (*loose[:-1], *last)
        return loose, open_ended
    if open_ended and loose is not None and count is not None and len(loose) < count:
        return loose, True
    return None


def list_before(text: str, at: int, count: int | None) -> Listing | None:
    """The list that ends right before `at`: “A、B”四大…, A、B、C“五大…”, A、B等“六库”."""
    end, open_ended = at, False
    for word in ("的", "为内容", "为主要内容", "为主"):
        if text.endswith(word, max(0, end - len(word)), end):
            end -= len(word)
    if text[max(0, end - 1) : end] == "等":
        end, open_ended = end - 1, True
    elif end != at and text[end - 1] != "”":
        return None
    if text[max(0, end - 1) : end] == "”":
        return _quoted_before(text, end, count, open_ended)
    start = clause_start(text, end)
    for _ in range(5):
        body = text[start:end]
        found = split_items(body, None if open_ended else count)
        if found and (open_ended or count is None or len(found[0]) == count):
            items = trim_lead(found[0])
            if open_ended and count is not None and len(items) >= count:
                open_ended = False
            return Listing(items, start, end, open_ended) if _plausible(items) else None
        if count is None or open_ended or start == 0 or text[start - 1] not in "，,；":
            return None
        start = clause_start(text, start - 1)
    return None


def _plausible(items: Sequence[str]) -> bool:
    return len(items) >= 2 and all(1 <= len(i) <= 40 for i in items) and len(set(items)) == len(items)


def _quoted_before(text: str, end: int, count: int | None, open_ended: bool) -> Listing | None:
    """A list in quotes: “A、B、C”, “A”“B”“C”, “A”、“B”和“C”."""
    open_at = text.rfind("“", max(0, end - 160), end)
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
        if gap == 0 or text[gap - 1] != "”":
            break
        earlier = text.rfind("“", max(0, gap - 60), gap)
        if earlier < 0:
            break
        items.insert(0, text[earlier + 1 : gap - 1])
        start = earlier
    if len(items) >= 2 and (count is None or len(items) == count or (open_ended and len(items) < count)):
        return Listing(tuple(items), start, end, open_ended)
    return None


_LINK = re.compile(
    r"(?P<open>[（(])?[，,：:—\-]{0,2}(?:，)?(?:即|就是|是指|指的是|指|包括|分别(?:是|为|指)|主要(?:是|包括|有|指)|"
    r"具体(?:是|为|包括|指)|也就是)[：:，,]?|[：:](?P<colon>)|——|(?P<bracket>[（(])"
)


def list_after(text: str, at: int, count: int | None, reach: int = 700) -> Listing | None:
    """The list that follows a name: ，即A、B、C; ：一是…；二是…; （A、B、C）."""
    link = _LINK.match(text, at)
    if link is None:
        return None
    start = link.end()
    line = text.find("\n", start, start + reach)
    limit = line if line >= 0 else min(len(text), start + reach)
    if link["open"] or link["bracket"]:
        close = re.compile("[）)]").search(text, start, limit)
        if close is None:
            return None
        found = split_items(text[start : close.start()], count)
        return Listing(found[0], start, close.start(), found[1]) if found else None
    stop = _STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    bodies = [end]
    semicolon = text.find("；", start, end)
    if semicolon >= 0:
        bodies.append(semicolon)
    bodies.append(limit)
    for stop_at in bodies:
        found = split_items(text[start:stop_at], count) if stop_at > start else None
        if found is not None and (count is not None or len(found[0]) >= 2) and max(map(len, found[0])) <= 60:
            return Listing(trim_lead(found[0]), start, stop_at, found[1])
    return _parallel(text, start, end, count) if count else None


def _parallel(text: str, start: int, end: int, count: int) -> Listing | None:
    """The first `count` pieces of a longer sentence, where they are alike in length and the rest is not."""
    pieces = _pieces(text[start:end], _SEPARATORS[3])
    if count < 3 or len(pieces) <= count:
        return None
    items = trim_lead(pieces[:count])
    lengths = [len(i) for i in items]
    if max(lengths) - min(lengths) > 1 or abs(len(pieces[count]) - lengths[0]) <= 1:
        return None
    last = text.find(items[-1], start, end)
    return Listing(items, start, last + len(items[-1]))
