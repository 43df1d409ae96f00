"""From a name's digits and words to the parts that the text lists for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.frameworks.lists import (
    Listing,
    clause_start,
    clean,
    list_after,
    list_before,
    masked,
    split_items,
)
from parsers.frameworks.names import SUFFIX, Form
from parsers.frameworks.numerals import number
from parsers.statement import Component, Span

REACH = 1200
"""How far behind its name, in characters, a list may explain a system."""

_HEAD = re.compile(
    r"(?P<num>[两二三四五六七八九十]{1,2}|(?<![\d.])\d{1,2})(?P<measure>大|个|项|条|类)(?P<noun>[\u4e00-\u9fff]{2,12})"
)
_ABOUT = r"”?(?:[，,]?(?:即|是指|指的是|指|就是|代表|分别是|分别为|是(?!全|我|省|市))|：|:)[：:，,]?"
_GOAL_TAIL = re.compile(r"(?:这一|这个|的)?(?:总体|总|奋斗|发展)?(?:目标|定位|要求|主题|主线)$")
_GOAL = re.compile(
    r"(?:^|[，。；：])(?P<goal>[^，。；：\n]{4,48}?)(?:这一|这个)(?:总体|总|奋斗)?(?:目标|定位)"
)
_STRIVE = re.compile(r"(?:努力|奋力|加快|全力)(?P<goal>(?:建设|打造|建成)[^，。；：\n]{4,40})")
_ONE_OF = re.compile(
    r"一(?:张|套|支|个|本|条|块|份|项|批|部|场|次|册|群|屏|站|院|校|村|所|家|座|台|把|根|名|户|园|片|库|网|库)[^，。；;,\n]+"
)
_ATTRIBUTE = re.compile(r"^(一.)(?:由|包含|包括|涵盖|含有|以)[^\n]*的(?=[^的]{2,16}$)")
_LABELLED = re.compile(
    r"\s*\**(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?\s*(?P<label>[\u4e00-\u9fffA-Za-z]{2,12})\**[：:]"
)
_LEAD_VERB = re.compile(
    r"^(?:大力|全力|深入|着力|扎实|全面|统筹|加快|努力|切实|重点|突出|实施|推进|抓好|做好|开展|坚持)+(?=..)"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Parts by label, the labels left open, where the parts stand, and the rule that read them."""

    components: tuple[Component, ...]
    unlisted: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str

    @property
    def filled(self) -> int:
        """How many parts were found."""
        return sum(len(c.items) for c in self.components)


@dataclass(frozen=True, slots=True)
class Head:
    """A headcount with its list: A、B、C三大…"""

    start: int
    end: int
    count: int
    words: str
    listing: Listing | None


def decode(text: str, form: Form, start: int, end: int) -> Decoded | None:
    """Parts of the system whose name stands at [start, end) of the text, read around it."""
    line = text.find("\n", end, end + REACH)
    limit = line if line >= 0 else min(len(text), end + REACH)
    if form.kind == "compass":
        return _build(form, [Listing((label,), start, end) for label, _ in form.labels], "own-words")
    if form.kind == "plus":
        return Decoded(
            (Component(form.core, tuple(w for w, _ in form.labels)),), (), ((start, end),), "own-words"
        )
    if form.kind == "year":
        return None
    if len(form.labels) == 1:
        label, count = form.labels[0]
        found = _single(text, form, label, count, start, end, limit)
        if found is None:
            return None
        return Decoded(
            (Component(label, found[0].items, found[0].open_ended),),
            (),
            ((found[0].start, found[0].end),),
            found[1],
        )
    return _several(text, form, start, end, limit)


def _single(
    text: str, form: Form, label: str, count: int | None, start: int, end: int, limit: int
) -> tuple[Listing, str] | None:
    listing = list_before(text, start, count)
    if listing is not None and (listing.open_ended or count is None or len(listing.items) == count):
        return _suffixed(form, listing), "list-before"
    listing = list_after(text, end, count)
    if listing is not None:
        return listing, "list-after"
    if count is None:
        return None
    for reader, rule in ((_ones, "one-each"), (_same_verb, "same-verb")):
        listing = reader(text, form, count, end, limit)
        if listing is not None:
            return listing, rule
    listing = _labels(text, form, count, end)
    return None if listing is None else (listing, "paragraph-labels")


def _suffixed(form: Form, listing: Listing) -> Listing:
    """“人才、产业”两大强区: the shared word belongs to each item (人才强区)."""
    shared = re.search(r"强[区市省县国镇村]", form.core)
    if shared is None or any(shared[0] in i or len(i) > 4 for i in listing.items):
        return listing
    return Listing(
        tuple(i + shared[0] for i in listing.items), listing.start, listing.end, listing.open_ended
    )


def _ones(text: str, form: Form, count: int, at: int, limit: int) -> Listing | None:
    """“五个一”: 一张…，一套…，一支…"""
    if not form.core.endswith(("个一", "个一批")):
        return None
    limit = min(limit, at + 700)
    found = list(_ONE_OF.finditer(masked_brackets(text[at:limit])))
    if len(found) < count:
        return None
    found = found[:count]
    items = tuple(_ATTRIBUTE.sub(r"\1", text[at + m.start() : at + m.end()]) for m in found)
    return Listing(items, at + found[0].start(), at + found[-1].end())


def masked_brackets(text: str) -> str:
    """Brackets blotted out and 、 kept as part of an item."""
    return masked(text)


def _same_verb(text: str, form: Form, count: int, at: int, limit: int) -> Listing | None:
    """“四个坚持”: 坚持…，坚持…; “六有”: 有…、有…"""
    noun = re.sub(r"^.*?[两二三四五六七八九十\d]+[个大]?", "", form.core)
    if not 1 <= len(noun) <= 4:
        return None
    verb = re.compile(rf"(?:^|[，、；。：:“”,;])({re.escape(noun)}[^，、；。：“”,;\n]{{2,30}})")
    found = list(verb.finditer(text[at : min(limit, at + 500)]))
    if len(found) != count:
        return None
    return Listing(tuple(m[1] for m in found), at + found[0].start(1), at + found[-1].end(1))


def _labels(text: str, form: Form, count: int, at: int) -> Listing | None:
    """The leading labels of the paragraphs that follow: 新思路：…, 新理念：…"""
    mark = re.compile(r"”?[\u4e00-\u9fff]{0,4}[：:。]?\s*\n").match(text, at)
    if mark is None:
        return None
    noun = re.sub(r"^.*?[两二三四五六七八九十\d]+[个大]?", "", form.core)
    labels: list[tuple[str, int]] = []
    line, seen = mark.end(), 0
    while line < len(text) and seen < 3 * count + 6:
        found = _LABELLED.match(text, line)
        if found:
            labels.append((found["label"], found.start("label")))
        following = text.find("\n", line)
        if following < 0:
            break
        line, seen = following + 1, seen + 1
    alike = [pair for pair in labels if pair[0][0] == noun[:1]]
    chosen = (alike if 2 * len(alike) >= count else labels)[:count]
    if len(chosen) != count:
        return None
    return Listing(tuple(w for w, _ in chosen), chosen[0][1], chosen[0][1] + len(chosen[0][0]))


def _several(text: str, form: Form, start: int, end: int, limit: int) -> Decoded | None:
    for reader in (_defined, _pairs, _numbered_before, _summed_before, _beams, _run):
        listings = reader(text, form, start, end, limit)
        if listings is not None and any(listings):
            return _build(form, listings, reader.__name__.strip("_").replace("_", "-"))
    return None


def _build(form: Form, listings: Sequence[Listing | None], rule: str) -> Decoded:
    components, unlisted, spans = [], [], []
    for (label, _), listing in zip(form.labels, listings, strict=True):
        components.append(
            Component(label, listing.items if listing else (), bool(listing and listing.open_ended))
        )
        if listing is None:
            unlisted.append(label)
        elif (listing.start, listing.end) not in spans:
            spans.append((listing.start, listing.end))
    return Decoded(tuple(components), tuple(unlisted), tuple(spans), rule)


def _defined(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """“1”即…；“2”即…; “一带”，即…；“一城”，即…"""
    hits: list[re.Match[str] | None] = []
    at = end
    for label, _ in form.labels:
        quoted = re.compile(
            rf"(?:“{re.escape(label)}(?:个[\u4e00-\u9fff]{{1,4}})?|(?:^|(?<=[，。；、：:\s]))[“]?{re.escape(label)}){_ABOUT}"
        )
        found = quoted.search(text, at, limit)
        hits.append(found)
        if found:
            at = found.end()
    if sum(h is not None for h in hits) < min(2, len(form.labels)):
        return None
    stops = [h.start() for h in hits if h] + [limit]
    out: list[Listing | None] = []
    for (_, count), hit in zip(form.labels, hits, strict=True):
        if hit is None:
            out.append(None)
            continue
        stop = min(s for s in stops if s > hit.start())
        full = re.compile("[。\n]").search(text, hit.end(), stop)
        out.append(explained(text, hit.end(), full.start() if full else stop, count))
    return out


def explained(text: str, start: int, end: int, count: int | None) -> Listing | None:
    """The parts in an explanation [start, end) of one digit or word."""
    body = text[start:end].rstrip("；;，,、。 ")
    end = start + len(body)
    if not body:
        return None
    blot = masked(body)
    if count == 1:
        stop = re.search("[，,]", blot)
        item = clean(_GOAL_TAIL.sub("", body[: stop.start()] if stop else body))
        # An attribute with figures (总占地…公顷的X) is no part of the name.
        item = re.sub(r"^[^“”]*\d[^“”]*的(?=[^的]{2,20}$)", "", item)
        return Listing((item,), start, end) if item else None
    for found in split_clauses(body, blot):
        if not _HEAD.search(found[0]):
            items = split_items(found[0], count)
            if items and not items[1] and count is not None:
                return Listing(trim(items[0]), start + found[1], start + found[1] + len(found[0]))
    for head in _HEAD.finditer(body):
        if count is None or number(head["num"]) == count:
            listing = list_before(body, head.start(), count)
            if listing:
                return Listing(listing.items, start + listing.start, start + listing.end, listing.open_ended)
    items = split_items(body, count)
    if items:
        return Listing(trim(items[0]), start, end, items[1])
    return Listing((clean(body),), start, end) if count is None and len(body) <= 40 else None


def trim(items: Sequence[str]) -> tuple[str, ...]:
    """Items without a shared leading adverb or verb before the first."""
    first = _LEAD_VERB.sub("", items[0]) if len(items[0]) > max(len(i) for i in items[1:]) else items[0]
    return (first, *items[1:])


def split_clauses(body: str, blot: str) -> list[tuple[str, int]]:
    """Clauses between commas with their offsets, the last first: an elaboration follows its summary."""
    out, at = [], 0
    for found in re.finditer("[，,；;]", blot):
        out.append((body[at : found.start()], at))
        at = found.end()
    out.append((body[at:], at))
    return out[::-1]


def _pairs(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """五破五立: 破A，立B；破C，立D."""
    words = [label.lstrip("一二三四五六七八九十两") for label, _ in form.labels]
    if len(words) != 2 or any(len(w) != 1 for w in words):
        return None
    pair = re.compile(rf"{words[0]}([^，,；;。、\n]{{2,20}})[，,、]{words[1]}([^，,；;。、\n]{{2,20}})")
    found = list(pair.finditer(text, end, limit))
    if len(found) < 2:
        return None
    return [Listing(tuple(m[g] for m in found), found[0].start(), found[-1].end()) for g in (1, 2)]


def _numbered_before(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """“三级平台、四级网格、五级管理”的“345”: each item opens with its own digit."""
    listing = list_before(text, start, len(form.labels))
    if listing is None or form.kind != "formula":
        listing = list_after(text, end, len(form.labels)) if form.kind == "formula" else None
    if listing is None or len(listing.items) != len(form.labels):
        return None
    counts = [number(re.match(r"十?[一二三四五六七八九十两]?|\d*", item)[0] or "x") for item in listing.items]  # type: ignore[index]
    if counts != [count for _, count in form.labels]:
        return None
    return [Listing((item,), listing.start, listing.end) for item in listing.items]


def _summed_before(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """A、B、C、D和E“4+1”: one list, dealt out in order."""
    counts = [count for _, count in form.labels]
    if any(c is None for c in counts) or sum(c or 0 for c in counts) > 30:
        return None
    listing = list_before(text, start, sum(c or 0 for c in counts))
    if listing is None or listing.open_ended:
        listing = list_after(text, end, sum(c or 0 for c in counts))
    if listing is None or listing.open_ended:
        return None
    out: list[Listing | None] = []
    at = 0
    for c in counts:
        out.append(Listing(listing.items[at : at + (c or 0)], listing.start, listing.end))
        at += c or 0
    return out


def _beams(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """四梁八柱: 以“…”四大…为“梁”，以“…”八大…为“柱”."""
    if form.kind == "formula":
        return None
    low = max(text.rfind("\n", 0, start) + 1, start - 400)
    out: list[Listing | None] = []
    for label, count in form.labels:
        word = label.lstrip("一二三四五六七八九十两")
        found = re.compile(rf"为“?{re.escape(word)}”?").search(text, low, min(limit, end + 300))
        head = None
        if found:
            for candidate in _HEAD.finditer(text, max(low, found.start() - 24), found.start()):
                if number(candidate["num"]) == count:
                    head = candidate
        if head:
            out.append(list_before(text, head.start(), count))
        else:
            out.append(list_before(text, found.start(), count) if found else None)
    return out


def _run(text: str, form: Form, start: int, end: int, limit: int) -> list[Listing | None] | None:
    """1+446: the headcounts that follow in the paragraph, matched to the digits in order."""
    if form.kind != "formula":
        return None
    available = heads(text, end, limit)
    out: list[Listing | None] = []
    matched, at = 0, 0
    for _, count in form.labels:
        hit = None
        if count is not None and count > 1:
            hit = next((i for i in range(at, len(available)) if available[i].count == count), None)
        if hit is None:
            out.append(None)
            continue
        at = hit + 1
        head = available[hit]
        matched += 1
        listing = head.listing
        if listing is None:
            listing = Listing((head.words,), head.start, head.end) if head.start - end < 60 else None
        out.append(listing)
    wanted = sum(c is not None and c > 1 for _, c in form.labels)
    if not matched or matched < min(2, wanted) or matched * 2 < wanted:
        return None
    if form.labels[0][1] == 1 and out[0] is None:
        out[0] = _goal(text, end, limit)
    return out


def _goal(text: str, start: int, limit: int) -> Listing | None:
    blot = masked(text[start:limit])
    for pattern in (_GOAL, _STRIVE):
        found = pattern.search(blot)
        if found:
            low, high = start + found.start("goal"), start + found.end("goal")
            return Listing((_LEAD_VERB.sub("", clean(text[low:high])),), low, high)
    return None


def heads(text: str, start: int, limit: int) -> list[Head]:
    """Headcounts in [start, limit) with the lists before them, quoted ones (“五大动力”) included."""
    out = []
    for found in _HEAD.finditer(text, start, limit):
        count = number(found["num"])
        if count is None or count < 2:
            continue
        low = found.start() - 1 if text[found.start() - 1] == "“" else found.start()
        noun = SUFFIX.match(found["noun"])
        words = found["num"] + found["measure"] + (noun[0] if noun else found["noun"])
        listing = list_before(text, low, count)
        if listing and listing.start < start and clause_start(text, low) < start:
            listing = None
        if (
            listing
            and re.search(r"强[区市省县国镇村]", found["noun"])
            and all(len(i) <= 4 and "强" not in i for i in listing.items)
        ):
            shared = re.search(r"强[区市省县国镇村]", found["noun"])
            tail = shared[0] if shared else ""
            listing = Listing(
                tuple(i + tail for i in listing.items), listing.start, listing.end, listing.open_ended
            )
        out.append(Head(low, found.start() + len(words), count, words, listing))
    return out
