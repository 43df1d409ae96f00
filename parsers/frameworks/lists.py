"""Lists of parts as text: separators, items, what leads the first and joins the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_KEPT = re.compile(r"“[^“”\n]{0,120}”|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|《[^《》\n]{0,80}》")
_CLAUSE_END = re.compile(r"[，。；！？：\n]|[,;:!?](?!\d)")
_OPENED = re.compile("[“（(《]")
_HALF_WIDTH = re.compile(r"[,;:!?](?!\d)")
_ENUMERATOR = re.compile(
    r"(?:^|(?<=[，。；、：:,;\s]))(?:[一二三四五六七八九十]{1,2}是|[（(]?\d{1,2}[）).．](?!\d)|[①-⑳])"
)
_SEPARATORS = tuple(re.compile(s) for s in ("[；;]", "、", "[，,]", "[、，,]", "[+/·]"))
EITHER_COMMA = _SEPARATORS[3]
_ENDING = re.compile(
    r"等(?:等|[\d一二三四五六七八九十两]{0,3}(?:大|个|项|类|方面)?[\u4e00-\u9fff]{0,8})?[。；;，,：:\s]*$"
)
_AND = re.compile("以及|和|与|及")
_LEAD = re.compile(
    r".*(?:推进|推动|培育|打造|构建|建设|建立|实施|做强|做大|做优|做精|攻坚|壮大|抓好|描绘|实现|形成|落实|开展|"
    r"包括|涵盖|聚焦|聚力|围绕|突出|加快|坚持|完善|发展|通过|依托|按照|确保|提升|强化|优化|加强|着力|统筹|"
    r"瞄准|紧扣|覆盖|健全|推广|推行|深化|启动|培植|发挥|争创|融入|做好|是指|分别是|主要是|成立|组建|设立|打好|编制|结合|配置|就是)"
    r"了?(?=[^了])"
)
_VERB_FIRST = re.compile(
    r"(?:实施|实行|推进|推动|围绕|开展|打造|构建|建立|培育|落实|抓好|坚持|聚焦|完善|健全|强化|加强|突出|做好|"
    r"加快|深化|按照|根据|通过|出台|制定|印发)了?(?=[^了].?)"
)
_PREPOSITION = re.compile(r"^(?:以|从|在|对|把|将|按|即|指|为|抓(?!好|实|牢)|用|由|向|的|是)(?=..)")
_DIGIT_FIRST = re.compile(r"^“\d{1,2}”(?:即|就是|是指|是|指|代表)[：:，,]?(?=..)")
"""“6”即A、B: what the digit stands for opens the list."""
_ADVERB_VERB = re.compile(
    r"^(?:全面|深入|着力|大力|全力|加快|扎实|切实|积极|持续|统筹|高标准|高质量)"
    r"(?:启动|推进|推动|实施|打造|建设|培育|开展|构建|发展|做好|抓好)(?=..)"
)
_COPULA = re.compile(r"(?<=..)(?:已|正|将|逐渐|逐步)*(?:成为|作为|构成|组成|形成)[^、]*$")


@dataclass(slots=True)
class Listing:
    """Items with the span they stand in; open_ended: the list ends in 等."""

    items: tuple[str, ...]
    start: int
    end: int
    open_ended: bool = False


def masked(text: str) -> str:
    """The text with quoted, bracketed and titled stretches blotted out, length kept."""
    if "”" in text or "）" in text or ")" in text or "》" in text:
        return _KEPT.sub(lambda m: "■" * len(m[0]), text)
    return text


def clause_start(text: str, at: int, reach: int = 160) -> int:
    """Where the clause that holds `at` begins (marks inside quotes do not count)."""
    low = max(0, at - reach)
    window = masked(text[low:at])
    last = max(map(window.rfind, "，。；：！？\n"))
    if "," in window or ":" in window or ";" in window:
        for found in _HALF_WIDTH.finditer(window, last + 1):
            last = found.start()
    return low + last + 1


def clause_end(text: str, at: int, reach: int = 120) -> int:
    """Where the clause that holds `at` ends."""
    found = _CLAUSE_END.search(text, at, at + reach)
    end = found.start() if found else min(len(text), at + reach)
    if _OPENED.search(text, at, end):
        window = masked(text[at : at + reach])
        found = _CLAUSE_END.search(window)
        end = at + (found.start() if found else len(window))
    return end


def clean(item: str) -> str:
    """An item without marks and quotes around it."""
    item = item.strip(" \t\u3000、，,；;。：:*")
    if len(item) > 2 and item[0] == "“" and item[-1] == "”" and item.count("“") == 1:
        item = item[1:-1]
    return item


def pieces(body: str, separator: re.Pattern[str]) -> list[str]:
    """Items between separators; what quotes and brackets hold stays together."""
    blot = masked(body)
    if blot is body:
        return [c for c in map(clean, separator.split(body)) if c]
    out, at = [], 0
    for found in separator.finditer(blot):
        out.append(body[at : found.start()])
        at = found.end()
    out.append(body[at:])
    return [c for c in map(clean, out) if c]


def _split_joined(items: list[str]) -> list[str]:
    """One item more: A、B和C → A、B、C, the last joint first."""
    for index in [len(items) - 1, *range(len(items) - 1)]:
        halves = [h for h in _AND.split(items[index]) if h]
        if len(halves) == 2 and "“" not in items[index]:
            return [*items[:index], *halves, *items[index + 1 :]]
    return items


def trim_lead(items: Sequence[str]) -> tuple[str, ...]:
    """Items without what leads the first and closes the last: 着力培育A、B和C已成为 → A、B、C."""
    first, rest = items[0], [*items[1:]]
    if not rest:
        return (first,)
    rest[-1] = _COPULA.sub("", rest[-1])
    first = _PREPOSITION.sub("", _ADVERB_VERB.sub("", _DIGIT_FIRST.sub("", first)))
    if not any(map(_VERB_FIRST.match, rest)):
        # Where only the first item opens with a verb, the verb governs them all.
        verb = _VERB_FIRST.match(first)
        first = first[verb.end() :] if verb else first
    lengths = {len(i) for i in rest}
    if len(rest) >= 2 and len(lengths) == 1 and len(first) > len(rest[0]):
        first = first[-len(rest[0]) :].lstrip("了的")
    elif len(first) > max(lengths):
        lead = _LEAD.match(first)
        if lead and lead.end() < len(first):
            first = first[lead.end() :]
    return (clean(first), *rest)


def split_items(body: str, count: int | None) -> tuple[tuple[str, ...], bool] | None:
    """Items of a list, with whether it ends in 等; None where it does not fit the announced count."""
    marks = list(_ENUMERATOR.finditer(body)) if "是" in body or "1" in body or "①" in body else []
    if len(marks) >= 2 and (count is None or len(marks) == count):
        return _enumerated(body, marks)
    ending = _ENDING.search(body, max(0, len(body) - 24)) if "等" in body[-24:] else None
    open_ended, body = ending is not None, body[: ending.start()] if ending else body
    loose: tuple[str, ...] | None = None
    for separator in _SEPARATORS:
        if separator.search(body) is None and count != 2:
            continue
        items = pieces(body, separator)
        if count is not None and len(items) == count - 1:
            items = _split_joined(items)
        if len(items) < 2:
            continue
        if len(items) == count:
            return tuple(items), False
        if loose is None and max(map(len, items)) <= 40:
            loose = tuple(items)
    if loose is None:
        return None
    if count is None:
        halves = _AND.split(loose[-1])
        if len(halves) == 2 and all(len(h) >= 2 for h in halves):
            loose = (*loose[:-1], *halves)
        return loose, open_ended
    return (loose, True) if open_ended and len(loose) < count else None


def _enumerated(body: str, marks: list[re.Match[str]]) -> tuple[tuple[str, ...], bool] | None:
    ends = [m.start() for m in marks[1:]] + [len(body)]
    heads = (
        clean(_CLAUSE_END.split(clean(body[m.end() : e]), maxsplit=1)[0])
        for m, e in zip(marks, ends, strict=True)
    )
    items = tuple(h for h in heads if h)
    return (items, False) if len(items) == len(marks) else None
