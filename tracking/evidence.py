"""How much speaks for it that a statement tells of a promise of the year before: a few pieces, weighed.

The pieces are what a reader goes by: words that stand nowhere else in the two texts, how alike the clauses
are, whether one holds the other's object, what stands beside them, one amount. What each is worth is fitted
to pairs read by hand (data/evidence.yml); the sum is a log-odds. Some things are no evidence but a bar: what
forbids a link, a sum without a thing, a part against the whole, figures far apart.

What is said of one pair depends on the two texts that it stands in and on no other: not on which promises are
linked, nor on what further documents say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

import yaml

from tracking.at_hand import at_hand
from tracking.candidates import OVERLOOKED, grams, share, things_of
from tracking.grams import weights
from tracking.guises import Guise, guise_of, is_vague
from tracking.mentions import Mention
from tracking.objects import similarity
from tracking.terms import head, measure_of, normal
from tracking.vetoes import far_apart, over_other_years, shares_of_one, veto

PARTICULAR = 3.5
"""Weight from which on a pair of characters is looked for."""
RARE = 2
"""Statements of a text that may hold a pair of characters which still points at one thing."""
FULL = 60
"""Statements of a text from which on it tells what is rare in it: in a short one most words are, and only
what is rare anywhere counts in full."""
ANYWHERE = 8.0
"""Weight from which on a pair of characters is rare in any text."""
MOST = 60.0
"""Weight of shared pairs from which on more says no more, and the weight that counts as `UNIT`."""
UNIT = 40.0
AROUND = 40
"""Characters before and behind a statement that are compared."""
LEAST = 12.0
"""Weight that the particular pairs of two clauses must have in common to be looked at."""
LOOKED_AT = 4
"""Statements of a year that a promise is compared with."""
OF_THE_THING = 0.4
"""Share of an object that the other clause must hold at least: 增长10% is as like any other 增长10%."""
_PIECE = re.compile("[对在将以把从向按由为]|其中|用于")
_OWN = re.compile(r"(?:\w族)*(?:自治[区州县]|[省市区县州盟旗])$")


class Pieces(NamedTuple):
    """What speaks for a pair, each piece from 0 on.

    rare: weight of what both clauses have and at most `RARE` statements of each text. alike: cosine of the
    clauses. held: the larger share of one's object that the other clause holds. beside: weight of what stands
    around both. result, amount: 1 for a result, for an equal amount.
    """

    rare: float
    alike: float
    held: float
    beside: float
    result: float
    amount: float


@cache
def worth() -> tuple[float, Pieces]:
    """What is to be made up for, and what one of each piece is worth."""
    loaded = yaml.safe_load(files("tracking").joinpath("data/evidence.yml").read_text(encoding="utf-8"))
    return loaded["base"], Pieces(**{name: loaded[name] for name in Pieces._fields})


class Found(NamedTuple):
    """A statement found for a promise. evidence: log-odds that it tells of it. sound: nothing bars it from
    being taken for that; what is not sound is a question at most."""

    evidence: float
    mention: Mention
    sound: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """What a mention is about, what its clause says, and its amounts."""

    guise: Guise
    things: tuple[str, ...]
    said: frozenset[str]
    amounts: frozenset[tuple[str, Decimal]]


class Said:
    """What is said in a year, found by the particular pairs of characters in it."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = [m for m in sorted(mentions, key=lambda m: m.id) if speaks(m)]
        self.words = [_words(mention) for mention in self.mentions]
        self.clauses = list(map(head, self.words))
        self._sides: dict[int, _Side] = {}
        self._around: dict[int, dict[str, float]] = {}

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where a particular pair of characters stands."""
        index: dict[str, list[int]] = defaultdict(list)
        for at, clause in enumerate(self.clauses):
            for pair in _telling(clause):
                index[pair].append(at)
        return index

    @cached_property
    def common(self) -> dict[str, set[str]]:
        """By text the pairs of characters that more than `RARE` of its statements hold."""
        found: dict[str, set[str]] = defaultdict(set)
        for pair, places in self.index.items():
            if len(places) > RARE:
                stretches: dict[str, set[int]] = defaultdict(set)
                for mention in map(self.mentions.__getitem__, places):
                    stretches[mention.version.sha256].add(mention.spans[0][0])
                for sha, starts in stretches.items():
                    if len(starts) > RARE:
                        found[sha].add(pair)
        return found

    @cached_property
    def sized(self) -> dict[str, float]:
        """By text how far it tells what is rare in it, 0..1."""
        counted = Counter(mention.version.sha256 for mention in self.mentions)
        return {sha: min(1.0, count / FULL) for sha, count in counted.items()}

    def near(self, clause: str) -> list[int]:
        """The statements that share most with a clause, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        for pair, weight in _telling(clause).items():
            for at in self.index.get(pair, ()):
                shared[at] += weight
        enough = [at for at, weight in shared.items() if weight >= LEAST]
        return sorted(enough, key=lambda at: (-shared[at], at))[:LOOKED_AT]

    def side(self, at: int) -> _Side:
        """What the mention there is about."""
        if at not in self._sides:
            self._sides[at] = _side(self.mentions[at], self.words[at])
        return self._sides[at]

    def around(self, at: int) -> dict[str, float]:
        """The particular pairs of what stands around it, with their weights."""
        if at not in self._around:
            self._around[at] = _around(self.mentions[at])
        return self._around[at]


def evidence(promises: Said, at: int, others: Said, least: float) -> Iterator[Found]:
    """The statements that tell of a promise with at least that much evidence, in no order."""
    base, each = worth()
    clause = promises.clauses[at]
    for there in others.near(clause):
        pieces = _of_words(promises, at, others, there)
        # What the rest can add at most is known, so that most need not be taken apart.
        rest = each.held + each.amount + each.beside * MOST / UNIT
        if base + weighed(pieces) + rest < least:
            continue
        mine, its = promises.side(at), others.side(there)
        if not mine.things or not its.things or veto(mine.guise, its.guise) not in {None, *OVERLOOKED}:
            continue
        held = max(
            max(share(thing, its.said) for thing in mine.things),
            max(share(thing, mine.said) for thing in its.things),
        )
        pieces = pieces._replace(held=held, amount=float(bool(mine.amounts & its.amounts)))
        if held < OF_THE_THING or base + weighed(pieces) + each.beside * MOST / UNIT < least:
            continue
        pieces = pieces._replace(beside=_beside(promises, at, others, there))
        total = round(base + weighed(pieces), 4)
        if total >= least:
            yield Found(total, others.mentions[there], sound(mine.guise, its.guise))


def pieces_of(promises: Said, at: int, others: Said, there: int) -> Pieces:
    """All that speaks for a pair, whatever bars it: what the worth of each piece is fitted to."""
    mine, its = promises.side(at), others.side(there)
    held = [share(thing, its.said) for thing in mine.things] + [share(t, mine.said) for t in its.things]
    return _of_words(promises, at, others, there)._replace(
        held=max(held, default=0.0),
        amount=float(bool(mine.amounts & its.amounts)),
        beside=_beside(promises, at, others, there),
    )


def weighed(pieces: Pieces) -> float:
    """The sum of what the pieces are worth."""
    return sum(one * value for one, value in zip(worth()[1], pieces, strict=True))


def speaks(mention: Mention) -> bool:
    """A statement that says what is done with a thing; a piece of a sentence does not, nor does a system."""
    statement = mention.statement
    return mention.framework is None and not statement.absent and not _PIECE.match(statement.text)


def clause_of(mention: Mention) -> str:
    """What a mention says, without deeds and fillers."""
    return head(_words(mention))


def _of_words(promises: Said, at: int, others: Said, there: int) -> Pieces:
    own, other = promises.clauses[at], others.clauses[there]
    text, later = promises.mentions[at].version.sha256, others.mentions[there].version.sha256
    mine, its = promises.common[text], others.common[later]
    both = _telling(other)
    size = min(promises.sized[text], others.sized[later])
    rare = sum(
        [
            weight if weight >= ANYWHERE else weight * size
            for pair, weight in _telling(own).items()
            if pair in both and pair not in mine and pair not in its
        ]
    )
    result = float(others.mentions[there].role == "result")
    return Pieces(min(rare, MOST) / UNIT, similarity(own, other), 0.0, 0.0, result, 0.0)


def _beside(promises: Said, at: int, others: Said, there: int) -> float:
    """What stands around both, but for what they say themselves."""
    mine, its = promises.around(at), others.around(there)
    both = [pair for pair in mine if pair in its]
    if not both:
        return 0.0
    said = _telling(promises.words[at]).keys() | _telling(others.words[there]).keys()
    return min(sum([mine[pair] for pair in both if pair not in said]), MOST) / UNIT


def _around(mention: Mention) -> dict[str, float]:
    text = mention.version.reading.source.text
    start, end = mention.spans[0][0], mention.spans[-1][1]
    before, behind = normal(text[max(0, start - AROUND) : start]), normal(text[end : end + AROUND])
    return {**_telling(before), **_telling(behind)}


def sound(a: Guise, b: Guise) -> bool:
    """Nothing stands against it of what leaves even equal words to a person."""
    if is_vague(a.terms) or is_vague(b.terms) or veto(a, b) in {"horizon", "years"}:
        return False
    if {row for row, _ in a.terms.scopes ^ b.terms.scopes} & {"part", "threshold"}:
        return False
    return not far_apart(a, b) and not over_other_years(a, b) and shares_of_one(a.terms.head, b.terms.head)


def _side(mention: Mention, words: str) -> _Side:
    """Things: particular ones only, none where it names none."""
    own = _own(mention)
    things = tuple(t for thing in things_of(mention) if len(t := thing.replace(own, "")) > 1)
    measured = ((q.value, *measure_of(q)) for q in mention.statement.quantities)
    amounts = frozenset((what, value * factor) for value, what, factor in measured)
    return _Side(guise_of(mention), things, grams(words), amounts)


def _own(mention: Mention) -> str:
    """The name of the place without its kind, which its texts say all the time."""
    return _OWN.sub("", mention.version.reading.place.name)


def _words(mention: Mention) -> str:
    """The words of a mention: all of the statement's, or the one thing of several that it is about."""
    return normal(mention.slot or mention.statement.text).replace(_own(mention), "")


@at_hand(4096)
def _telling(text: str) -> dict[str, float]:
    """The telling pairs of characters with their weights, in one order for all processes: sums of floats
    depend on it."""
    table = weights()
    rare = table[""]
    found = {}
    for pair in sorted({text[i : i + 2] for i in range(len(text) - 1)}):
        weight = table.get(pair, rare)
        if weight >= PARTICULAR:
            found[pair] = weight
    return found
