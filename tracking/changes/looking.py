"""Looking for a promise in the whole text that is silent on it: what is found, what is near, what is nowhere.

A thing may be told under another name, in sum with its like, or in an abbreviation; an indicator may be set
in words of its own. Whatever may be meant so keeps anybody from concluding silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parsers.indicators import dictionary
from parsers.statement import Statement
from tracking.mentions import Mention
from tracking.model import Version
from tracking.search import FAR, FOUND, NEAR, SHOWN, Passage, particular_pairs, rarest, rarest_pairs
from tracking.shelf import Shelf
from tracking.terms import head, normal
from tracking.terms import words as word_lists

LEAST_NAME = 4
"""Characters a thing's words must have for a text to be searched for them."""
SHORT_KIND = 2
OWN = 6.0
"""Weight from which on two characters say something of a thing (停车 does, 建设 does not)."""
KIND = 3
"""Characters at the end of a thing's words that say what kind of thing it is."""
_BETWEEN = re.compile("([一-龥])[一-龥]{1,5}至([一-龥])[一-龥]{1,5}")
"""A line between two towns, told again by a character of each: 长春至太平川 is 长太."""
_QUOTED = re.compile("[“《]([^“”《》]{3,20})[”》]")
_FIGURE = re.compile(r"\d|百分之")
_BOUNDED = re.compile("控制在|稳定在|保持在|以内|以上|左右|不低于|不超过|确保|力争")
_AIMED = re.compile(
    "高于|低于|持平|快于|不低于|好于|同步|翻番|翻一番|以上|左右|增速|增长|提高|降低|下降|减少|控制|下达|完成[^，]{0,12}(?:任务|目标)"
)
LISTED = 1500
"""Characters before a promise within which the name of its list may stand: such lists are long."""
_LISTED = re.compile("实事|民生工程|民心工程|民生项目")
_LIST_DONE = re.compile(
    "(?:实事|民生工程|民心工程|民生项目).{0,30}(?:完成|兑现|办结|办成|办好|落实|见效)|(?:完成|兑现|办结|办成)了?.{0,20}实事"
)
_COUNTED = "零一二三四五六七八九"
_PARTS = re.compile("[、，；和及与]")

Verdict = Literal["found", "near", "none"]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search of a whole text came to. nearest: none where the thing is found by a word of its own."""

    verdict: Verdict
    terms: tuple[str, ...]
    nearest: tuple[Passage, ...]

    def plain(self) -> tuple[Verdict, list[str], list[list[float]]]:
        """As JSON has it."""
        return self.verdict, [*self.terms], [[*p.span, p.share] for p in self.nearest]

    @classmethod
    def of(cls, verdict: Verdict, terms: Iterable[str], nearest: Iterable[Sequence[Any]]) -> Search:
        """Undo `plain`."""
        passages = (Passage((start, end), share) for start, end, share in nearest)
        return cls(verdict, tuple(terms), tuple(passages))


def for_thing(mentions: Sequence[Mention], silent: Version, shelf: Shelf) -> Search:
    """Search for the object, the projects and the names in quotes.

    found: a sentence holds most of the words; or some of them, or what the thing is in the end (文化站,
    幼儿园), or its very figure, stand where results are told. near: its most particular words occur at all.
    """
    text = shelf.search(silent)
    things = dict.fromkeys(t for m in mentions for t in (m.terms.name, m.terms.head) if len(t) >= LEAST_NAME)
    names = [normal(name) for m in mentions for name in _QUOTED.findall(m.statement.text)]
    terms = [*things, *(name for name in dict.fromkeys(names) if name not in things)]
    kinds = [thing[-KIND:] for thing in things]
    if not things or text.holding((*kinds, *_figures(mentions))):
        return Search("found", tuple(terms), ())
    nearest = text.nearest(terms)
    best = max((p.share for p in nearest), default=0.0)
    if best >= NEAR:
        return Search("found", tuple(terms), tuple(nearest))
    particular = [pair for thing in things for pair in rarest_pairs(thing)]
    short = ["".join(ends) for thing in things for ends in _BETWEEN.findall(thing)]
    telling = [*particular, *short, *filter(None, map(rarest, things))]
    kin, abbreviated = _kin(mentions), _abbreviated(mentions)
    start = shelf.programme(silent)
    near = (
        best >= FAR
        or bool(text.holding(telling))
        or any(span[0] < start for span, _ in text.holding((*_short_kinds(mentions, things), *_own(things))))
        or _kin_told(kin, silent, shelf)
        or _list_told(mentions, silent, shelf)
        or bool(text.holding(abbreviated))
        or not all(map(_as_printed, mentions))
    )
    looked_for = dict.fromkeys((*terms, *kinds, *particular, *short, *abbreviated, *kin))
    return Search("near" if near else "none", tuple(looked_for), tuple(nearest))


def _own(things: Iterable[str]) -> list[str]:
    """All pairs of characters that are more than general words: in a review any of them may tell of the thing
    by another name or in sum."""
    return [pair for thing in things for pair in particular_pairs(thing, OWN)]


def _short_kinds(mentions: Sequence[Mention], things: Iterable[str]) -> set[str]:
    """What the things are in the end, in two characters, and what each part of a list is: 管网 and 线路 for
    供水、污水管网和供电线路."""
    printed = (m.statement.object or m.statement.subject for m in mentions)
    parts = (head(part) for words in printed for part in _PARTS.split(words))
    return {words[-SHORT_KIND:] for words in (*things, *parts) if len(words) > SHORT_KIND}


def _abbreviated(mentions: Sequence[Mention]) -> list[str]:
    """A list whose parts end alike as it is told in short: 三馆 for 图书馆、文化馆和美术馆."""
    found = []
    for mention in mentions:
        printed = mention.statement.object or mention.statement.subject
        parts = [part for part in _PARTS.split(printed) if part]
        if 1 < len(parts) < len(_COUNTED) and len({part[-1] for part in parts}) == 1:
            found += [f"{count}{parts[0][-1]}" for count in (_COUNTED[len(parts)], len(parts))]
    return found


def _kin(mentions: Sequence[Mention]) -> list[str]:
    """The words of the fields that the thing is of: 道路 for 公路, 保障性住房 for 经济适用房."""
    told = "".join(normal(m.quote) for m in mentions)
    return [word for field in word_lists()["kin"] if any(w in told for w in field) for word in field]


def _kin_told(words: Iterable[str], silent: Version, shelf: Shelf) -> bool:
    """Whether the review tells figures of a field: a thing of it may be told in sum, or by another word."""
    start = shelf.programme(silent)
    text = shelf.search(silent)
    return any(span[0] < start and _FIGURE.search(said) for span, said in text.holding(words))


def _list_told(mentions: Sequence[Mention], silent: Version, shelf: Shelf) -> bool:
    """Whether it stands behind the name of a list that the review tells as done in sum: 民生实事全部完成."""
    listed = any(
        _LISTED.search(m.version.reading.source.text, max(0, m.spans[0][0] - LISTED), m.spans[0][0])
        for m in mentions
    )
    start = shelf.programme(silent)
    return listed and any(
        span[0] < start and _LIST_DONE.search(said)
        for span, said in shelf.search(silent).holding(("实事", "民生工程", "民心工程", "民生项目"))
    )


def _as_printed(mention: Mention) -> bool:
    """Whether the thing is searched for in the words that the text prints, not in words put together."""
    said = normal(mention.quote)
    return mention.terms.head in said or (mention.terms.name != "" and mention.terms.name in said)


def _figures(mentions: Sequence[Mention]) -> list[str]:
    """The amounts as printed, where they are particular enough to be looked for: 4.6万平方米, not 3个."""
    found = []
    for mention in mentions:
        for quantity in mention.statement.quantities:
            printed = normal(mention.version.reading.source.text[quantity.start : quantity.end])
            if sum(c.isdigit() for c in printed) >= 2:
                found.append(printed)
    return found


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """What each indicator is called, in normal spelling."""
    found: dict[str, list[str]] = {}
    for alias, indicator in dictionary().by_alias.items():
        found.setdefault(indicator.name, []).append(normal(alias))
    return {name: tuple(dict.fromkeys(aliases)) for name, aliases in found.items()}


@cache
def _wider(indicator: str) -> tuple[str, ...]:
    """Words that an indicator may be set in without its name: 物价 for 居民消费价格.

    >>> "物价" in _wider("居民消费价格"), _wider("城镇登记失业率")
    (True, ())
    """
    groups = (group for group in word_lists()["wider"] if any(part in indicator for part in group["of"]))
    return tuple(normal(said) for group in groups for said in group["said"])


def for_indicator(promise: Mention, silent: Version, shelf: Shelf) -> Search:
    """Search for the indicator under all its names: with a figure outside what is told of the past, or with
    words that set an aim, it may be the target itself."""
    indicator = promise.statement.indicator or ""
    terms = dict.fromkeys((*_called().get(indicator, ()), promise.terms.head))
    text = shelf.search(silent)
    # A result told with a bound (控制在4%以内) may be a target that was read as one.
    past = [
        s.spans
        for s in silent.reading.statements
        if s.kind == "result" and not _BOUNDED.search(s.text) and _speaks_of(s, indicator, terms)
    ]
    start = shelf.programme(silent)
    hits: list[Passage] = []
    near = False
    for span, words in text.holding(_wider(indicator)):
        if span[0] >= start and (_FIGURE.search(words) or _AIMED.search(words)):
            near = True
            hits.append(Passage(span, NEAR))
    for span, words in text.holding(terms):
        told = any(a < span[1] and span[0] < b for spans in past for a, b in spans)
        aimed = _FIGURE.search(words) or (span[0] >= start and _AIMED.search(words))
        if aimed and (not told or span[0] >= start):
            near = True
            hits.insert(0, Passage(span, 1.0))
        else:
            hits.append(Passage(span, 1.0))
    if not near:
        for passage in text.nearest([promise.terms.head]):
            words = normal(silent.reading.source.text[slice(*passage.span)])
            if passage.span[0] >= start and passage.share >= FOUND and _AIMED.search(words):
                near = True
                hits.insert(0, passage)
    return Search("near" if near else "none", tuple(terms), tuple(hits[:SHOWN]))


def _speaks_of(statement: Statement, indicator: str, terms: Iterable[str]) -> bool:
    words = normal(statement.text)
    return statement.indicator == indicator or any(term in words for term in terms)


def instead(indicator: str, silent: Version) -> bool:
    """Whether the text sets another series in the indicator's place (调查失业率 for 登记失业率)."""
    others = {pair["said"] for pair in word_lists()["instead"] if pair["of"] == indicator}
    return any(s.kind == "target" and s.indicator in others for s in silent.reading.statements)


@cache
def jointly(indicator: str) -> tuple[str, ...]:
    """Words that set an indicator together with its like."""
    groups = (group for group in word_lists()["joint"] if indicator in group["of"])
    return tuple(normal(said) for group in groups for said in group["said"])
