"""What a promise is told of by in the next year's texts where no link joins the two: a weaker kind of link.

A deed told by its figure, one name of a list, another order of words: such statements are about the promise,
but not surely the same commitment. They are added to it as told of: nothing is computed from their figures,
nothing of theirs is taken for the promise, and they join no threads. What they do is take back an accusation.
Whatever reads less alike stays a question for a person (`tracking.doubts`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf

from tracking.at_hand import at_hand
from tracking.candidates import OVERLOOKED, grams, share, things_of
from tracking.grams import weights
from tracking.guises import Guise, guise_of, is_vague
from tracking.mentions import Mention
from tracking.objects import similarity
from tracking.ruled_threads import Pairs
from tracking.terms import head, measure_of, normal
from tracking.threads import Id, Thread
from tracking.vetoes import far_apart, over_other_years, shares_of_one, veto

HELD, HOLDS, SHARED, ALIKE, FIGURE = 0.25, 0.63, 2.44, 2.36, 0.62
"""What a piece of evidence is worth: the share of the promise's object that the other clause holds, of its
object that the promise's holds, the pairs of characters that both have (by weight, up to MOST), how alike the
clauses are, one amount that both give. Fitted to 260 proposals read by hand, one in two right
(docs/samples/links-proposals.tsv)."""
MOST = 60.0
ENOUGH = 4.9
"""Evidence from which on 63 of 64 were right in samples that had no part in it (docs/links.md)."""
OF_THE_THING = 0.4
"""Share of an object that the other clause must hold at least: 增长10% is as like any other 增长10%."""
PARTICULAR = 3.5
"""Weight from which on a pair of characters is looked for."""
LEAST = 14.0
"""Weight that the particular pairs of two clauses must have together to be looked at."""
LOOKED_AT = 3
"""Statements of a year that a promise is compared with."""
CERTAINTY = 0.6, 0.69
"""Of the least sure and the surest: always below that of a link that joins."""
_PIECE = re.compile("[对在将以把从向按由为]|其中|用于")
_OWN = re.compile(r"(?:\w族)*(?:自治[区州县]|[省市区县州盟旗])$")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that a promise is told of by, why and how surely (0..1, below `SURE`)."""

    mention: Mention
    why: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Side:
    """What a mention is about, what its clause says, and its amounts."""

    guise: Guise
    things: tuple[str, ...]
    said: frozenset[str]
    amounts: frozenset[tuple[str, Decimal]]


class _Year:
    """What is said in a year, found by the particular pairs of characters in it."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = [m for m in sorted(mentions, key=lambda m: m.id) if _speaks(m)]
        self.index: dict[str, list[int]] = defaultdict(list)
        self.clauses = [_clause(mention) for mention in self.mentions]
        for at, clause in enumerate(self.clauses):
            for pair in _particular(clause):
                self.index[pair].append(at)
        self._sides: dict[int, _Side] = {}

    def near(self, clause: str) -> list[int]:
        """The statements that share most with a clause, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        table = weights()
        for pair in _particular(clause):
            if found := self.index.get(pair):
                weight = table.get(pair, table[""])
                for at in found:
                    shared[at] += weight
        enough = [at for at, weight in shared.items() if weight >= LEAST]
        return sorted(enough, key=lambda at: (-shared[at], at))[:LOOKED_AT]

    def side(self, at: int) -> _Side:
        if at not in self._sides:
            self._sides[at] = _side(self.mentions[at])
        return self._sides[at]


def told_of(promises: Iterable[Mention], others: Iterable[Mention]) -> dict[Id, Told]:
    """For promises of a year those statements of the next year that tell of them, by the promise's id.

    Each answer depends on the promise and on the others only, not on the other promises.
    """
    year = _Year(others)
    return {
        promise.id: told
        for promise in promises
        if not promise.retrospective and _speaks(promise)
        if (told := _told(promise, year)) is not None
    }


def _told(promise: Mention, year: _Year) -> Told | None:
    own, clause = None, _clause(promise)
    best: tuple[float, int] = (ENOUGH, -1)
    for at in year.near(clause):
        # What the objects can add at most is known, so that most need not be taken apart.
        alike = _alike(clause, year.clauses[at])
        if alike + HELD + HOLDS + FIGURE < best[0]:
            continue
        own = own or _side(promise)
        other = year.side(at)
        if own.things and other.things and _may_be(own.guise, other.guise):
            evidence = alike + _held(own, other)
            if evidence >= best[0]:
                best = (evidence, at)
    if best[1] < 0:
        return None
    low, high = CERTAINTY
    confidence = round(min(high, low + (best[0] - ENOUGH) / ENOUGH * (high - low)), 4)
    why = f"told of: {_longest(clause, year.clauses[best[1]])}"
    return Told(year.mentions[best[1]], why, confidence)


def told_in(mentions: Iterable[Mention], threads: Iterable[Thread]) -> dict[Id, Told]:
    """What promises are told of by for which no statement of the next year stands in their thread."""
    by_year: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_year[mention.said].append(mention)
    waiting: dict[int, list[Mention]] = defaultdict(list)
    for thread in threads:
        years = {m.said for m in thread.mentions}
        for mention in thread.mentions:
            if mention.role == "promise" and mention.said + 1 not in years:
                waiting[mention.said].append(mention)
    found: dict[Id, Told] = {}
    for year, own in waiting.items():
        if year + 1 in by_year:
            found |= told_of(own, by_year[year + 1])
    return found


def with_told(thread: Thread, told: Mapping[Id, Told], pairs: Pairs) -> tuple[Told, ...]:
    """What the promises of a thread are told of by, in years of which it holds no statement.

    pairs: what people say is one commitment and what is not.
    """
    years = {m.said for m in thread.mentions}
    apart = {frozenset((left[0], right[0])) for left, right in pairs.apart}
    found: dict[Id, Told] = {}
    for mention in thread.mentions:
        one = told.get(mention.id)
        if mention.role != "promise" or one is None or one.mention.said in years:
            continue
        cut_off = any(pairs.group.get(m.id) or pairs.group.get((m.key, "")) for m in (mention, one.mention))
        if cut_off or frozenset((mention.key, one.mention.key)) in apart:
            continue
        known = found.get(one.mention.id)
        if known is None or (known.confidence, known.why) < (one.confidence, one.why):
            found[one.mention.id] = one
    return tuple(found[name] for name in sorted(found))


def _speaks(mention: Mention) -> bool:
    """A statement that says what is done with a thing; a piece of a sentence does not, nor does a system."""
    statement = mention.statement
    return mention.framework is None and not statement.absent and not _PIECE.match(statement.text)


def _may_be(a: Guise, b: Guise) -> bool:
    """Nothing forbids it but that a deed is told by its figure, or a part of what is due later; and nothing
    of what leaves even equal words to a person."""
    if veto(a, b) not in {None, *OVERLOOKED} or is_vague(a.terms) or is_vague(b.terms):
        return False
    if {row for row, _ in a.terms.scopes ^ b.terms.scopes} & {"part", "threshold"}:
        return False
    return not far_apart(a, b) and not over_other_years(a, b) and shares_of_one(a.terms.head, b.terms.head)


def _side(mention: Mention) -> _Side:
    """Things: particular ones only, none where it names none."""
    own = _own(mention)
    things = tuple(t for thing in things_of(mention) if len(t := thing.replace(own, "")) > 1)
    measured = ((q.value, *measure_of(q)) for q in mention.statement.quantities)
    amounts = frozenset((what, value * factor) for value, what, factor in measured)
    return _Side(guise_of(mention), things, grams(_said(mention)), amounts)


def _own(mention: Mention) -> str:
    """The name of the place without its kind, which its texts say all the time."""
    return _OWN.sub("", mention.version.reading.place.name)


def _said(mention: Mention) -> str:
    """The words of a mention: all of the statement's, or the one thing of several that it is about."""
    return normal(mention.slot or mention.statement.text).replace(_own(mention), "")


def _clause(mention: Mention) -> str:
    return head(_said(mention))


@at_hand(8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@at_hand(8192)
def _particular(text: str) -> tuple[str, ...]:
    """The telling pairs of characters, in one order for all processes: sums of floats depend on it."""
    table = weights()
    rare = table[""]
    return tuple(pair for pair in sorted(_pairs(text)) if table.get(pair, rare) >= PARTICULAR)


def _alike(a: str, b: str) -> float:
    """What two clauses have in common, as evidence."""
    table = weights()
    shared = sum(table.get(pair, table[""]) for pair in sorted(_pairs(a) & _pairs(b)))
    return SHARED * min(shared, MOST) / 40 + ALIKE * similarity(a, b)


def _held(promise: _Side, other: _Side) -> float:
    """What the objects and amounts add; below nothing where neither clause holds the other's object."""
    held = max((share(thing, other.said) for thing in promise.things), default=0.0)
    holds = max((share(thing, promise.said) for thing in other.things), default=0.0)
    if max(held, holds) < OF_THE_THING:
        return -inf
    return HELD * held + HOLDS * holds + FIGURE * bool(promise.amounts & other.amounts)


def _longest(a: str, b: str) -> str:
    """The longest run of characters that two texts share, the first of them."""
    best = ""
    for start in range(len(a)):
        while a[start : start + len(best) + 1] in b and start + len(best) < len(a):
            best = a[start : start + len(best) + 1]
    return best
