"""What a promise may have become where no sure link was found: what holds its words in the next text.

Likeness of whole objects misses what is told within a list, in another order, or as a deed where the promise
gave a figure. Here the object of one side is looked for in the clause of the other, item by item where it is
a list. That is far too weak to join or to accuse: it only proposes, and of each text the best.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat
from math import fsum
from operator import add

from tracking.at_hand import at_hand
from tracking.grams import weights
from tracking.guises import Guise, guise_of
from tracking.mentions import Mention
from tracking.terms import head, normal
from tracking.vetoes import veto

ENOUGH = 0.6
"""Share, by weight, of an object's characters and their pairs that the other clause must hold."""
PARTICULAR = 12.0
"""Weight of the pairs of an object below which holding it says nothing (项目, 企业)."""
BEST = 1
"""Candidates of one text for one promise."""
_ITEMS = re.compile(r"[、，,；;]|(?:以及|和|及|与)(?=[\u4e00-\u9fa5]{3})|等")
OVERLOOKED = frozenset({"kind", "horizon", "stage", "years"})
"""Vetoes that forbid joining but not asking: a deed told by its figure, a year's part of a longer promise,
several years told together."""


def candidates(
    promises: Iterable[Mention], others: Sequence[Mention]
) -> list[tuple[Mention, Mention, float]]:
    """(promise, statement, share) for promises that others of one later text may be about, best first."""
    index: dict[str, set[int]] = defaultdict(set)
    said = [_said(other.statement.text) for other in others]
    for at, held in enumerate(said):
        for pair in held:
            if len(pair) == 2:
                index[pair].add(at)
    guises = [guise_of(other) for other in others]
    found = []
    for promise in promises:
        own = _near(promise, guise_of(promise), others, said, guises, index)
        found += [(promise, others[at], share) for share, at in own[:BEST]]
    return sorted(found, key=lambda one: (-one[2], one[0].id, one[1].id))


def _near(
    promise: Mention,
    guise: Guise,
    others: Sequence[Mention],
    said: Sequence[frozenset[str]],
    guises: Sequence[Guise],
    index: dict[str, set[int]],
) -> list[tuple[float, int]]:
    things = things_of(promise)
    clause = _said(promise.statement.text)
    sharing: set[int] = set()
    for thing in things:
        for pair in _rarest(thing):
            sharing |= index.get(pair, set())
    scored = []
    for at in sorted(sharing):
        if veto(guise, guises[at]) not in {None, *OVERLOOKED}:
            continue
        there = max((share(thing, said[at]) for thing in things), default=0.0)
        back = max((share(thing, clause) for thing in things_of(others[at])), default=0.0)
        best = max(there, back)
        if best >= ENOUGH:
            scored.append((-best - 0.001 * min(there, back), at))
    return [(-score, at) for score, at in sorted(scored)]


@at_hand(4096)
def _parts(text: str) -> tuple[str, ...]:
    items = [head(item) for item in _ITEMS.split(text)]
    return tuple(dict.fromkeys(item for item in (head(text), *items) if _weight(item) >= PARTICULAR))


def things_of(mention: Mention) -> tuple[str, ...]:
    """The object of a mention as a whole and item by item, as far as they are particular."""
    statement = mention.statement
    return _parts(mention.slot or statement.object or statement.subject or statement.text)


@at_hand(8192)
def _said(text: str) -> frozenset[str]:
    return grams(normal(text))


def grams(text: str) -> frozenset[str]:
    """Its characters and pairs of characters."""
    return frozenset((*text, *map(add, text, text[1:])))


@at_hand(8192)
def _weight(thing: str) -> float:
    """Of the pairs of an object all together."""
    table = weights()
    return fsum(map(table.get, {*map(add, thing, thing[1:])}, repeat(table[""])))


def _rarest(thing: str) -> list[str]:
    table = weights()
    pairs = {thing[i : i + 2] for i in range(len(thing) - 1)}
    return sorted(pairs, key=lambda pair: (-table.get(pair, table[""]), pair))[:6]


def share(thing: str, said: frozenset[str]) -> float:
    """How much of a thing, by weight, a clause holds. Sets have no order: only an exact sum is the same in
    every process."""
    own, total = _heft(thing)
    return fsum([own[gram] for gram in own.keys() & said]) / total


@at_hand(2048)
def _heft(thing: str) -> tuple[dict[str, float], float]:
    """The weights of a thing's characters and pairs, and of all together."""
    table = weights()
    rare = table[""]
    own = {gram: table.get(gram, rare) for gram in grams(thing)}
    return own, fsum(own.values())
