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
from itertools import repeat
from operator import add, mul
from typing import NamedTuple

import yaml

from tracking.at_hand import at_hand
from tracking.candidates import OVERLOOKED, grams, share, things_of
from tracking.grams import weights
from tracking.guises import Guise, guise_of, is_vague
from tracking.mentions import BY_ID, Mention
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
ROUNDING = 1e-3
"""More than a sum of evidence is rounded by."""
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


class _Clause:
    """A statement as it is compared: its words, what is left of them without deeds and fillers, and the
    particular pairs of characters in that."""

    __slots__ = ("_around", "_side", "mention", "telling", "text", "words")

    def __init__(self, mention: Mention) -> None:
        self.mention = mention
        self.words = _words(mention)
        self.text = head(self.words)
        self.telling = _telling(self.text)
        self._side: _Side | None = None
        self._around: tuple[str, str] | None = None

    @property
    def side(self) -> _Side:
        """What the mention is about."""
        if self._side is None:
            self._side = _side(self.mention, self.words)
        return self._side

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and behind it."""
        if self._around is None:
            self._around = _around(self.mention)
        return self._around


class Said:
    """What is said in a year, found by the particular pairs of characters in it."""

    def __init__(self, mentions: Iterable[Mention], seen: Said | None = None) -> None:
        """seen: what some of these were looked at in already, as what tells of the year before."""
        known = seen.known if seen else {}
        speaking = sorted((m for m in mentions if speaks(m)), key=BY_ID)
        self.told = [known.get(m.id) or _Clause(m) for m in speaking]
        self.mentions = speaking

    @cached_property
    def known(self) -> dict[tuple[str, str], _Clause]:
        """By id of a mention what it says."""
        return {one.mention.id: one for one in self.told}

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where a particular pair of characters stands."""
        index: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.told):
            for pair in one.telling:
                index[pair].append(at)
        return index

    @cached_property
    def common(self) -> dict[str, set[str]]:
        """By text the pairs of characters that more than `RARE` of its statements hold."""
        # Of one stretch of text several things may be told; it holds a pair once.
        stretches: dict[tuple[str, int], dict[str, float]] = {}
        for one in self.told:
            place = one.mention.version.sha256, one.mention.spans[0][0]
            known = stretches.get(place)
            stretches[place] = one.telling if known is None else {**known, **one.telling}
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for (sha, _), pairs in stretches.items():
            counted[sha].update(pairs.keys())
        return {sha: {pair for pair, n in own.items() if n > RARE} for sha, own in counted.items()}

    @cached_property
    def sized(self) -> dict[str, float]:
        """By text how far it tells what is rare in it, 0..1."""
        counted = Counter(mention.version.sha256 for mention in self.mentions)
        return {sha: min(1.0, count / FULL) for sha, count in counted.items()}

    def near(self, clause: _Clause) -> list[int]:
        """The statements that share most with a clause, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        index = self.index
        for pair, weight in clause.telling.items():
            for at in index.get(pair, ()):
                shared[at] += weight
        enough = [(-weight, at) for at, weight in shared.items() if weight >= LEAST]
        return [at for _, at in sorted(enough)[:LOOKED_AT]]


def evidence(promises: Said, at: int, others: Said, least: float) -> Iterator[Found]:
    """The statements that tell of a promise with at least that much evidence, in no order."""
    clause = promises.told[at]
    for pieces, other in _likely(promises, clause, others, least):
        total = _total(pieces, clause, other)
        if total >= least:
            yield Found(total, other.mention, sound(clause.side.guise, other.side.guise))


def best(promises: Said, at: int, others: Said, least: float, surest: float) -> Found | None:
    """The sound one of them for which most speaks; of equal ones the first by id.

    surest: evidence from which on it makes no difference how much there is: so much at least is told then.
    """
    clause = promises.told[at]
    base, each = worth()
    most = each.beside * MOST / UNIT
    likely = [
        (base + weighed(pieces) + most, pieces, other)
        for pieces, other in _likely(promises, clause, others, least)
        if sound(clause.side.guise, other.side.guise)
    ]
    found: Found | None = None
    likely.sort(key=lambda one: -one[0])
    # What stands around takes longest to compare: not where it can change nothing.
    sure = likely[0][0] - most if likely else least
    if sure >= max(least, surest) + ROUNDING and all(one[0] < sure - ROUNDING for one in likely[1:2]):
        return Found(sure, likely[0][2].mention, True)
    for bound, pieces, other in likely:
        # Only of what can still be the best.
        if found is not None and bound < found.evidence - ROUNDING:
            break
        total = _total(pieces, clause, other)
        if total < least:
            continue
        if found is None or (-total, other.mention.id) < (-found.evidence, found.mention.id):
            found = Found(total, other.mention, True)
    return found


def _likely(promises: Said, clause: _Clause, others: Said, least: float) -> Iterator[tuple[Pieces, _Clause]]:
    """What may tell of a promise with so much evidence: all pieces but what stands around, and the clause."""
    base, each = worth()
    most = each.beside * MOST / UNIT
    for there in others.near(clause):
        other = others.told[there]
        pieces = _of_words(promises, clause, others, other)
        # What the rest can add at most is known, so that most need not be taken apart.
        if base + weighed(pieces) + each.held + each.amount + most < least:
            continue
        mine, its = clause.side, other.side
        if not mine.things or not its.things or veto(mine.guise, its.guise) not in {None, *OVERLOOKED}:
            continue
        held = max(
            max(share(thing, its.said) for thing in mine.things),
            max(share(thing, mine.said) for thing in its.things),
        )
        pieces = pieces._replace(held=held, amount=float(bool(mine.amounts & its.amounts)))
        if held >= OF_THE_THING and base + weighed(pieces) + most >= least:
            yield pieces, other


def _total(pieces: Pieces, clause: _Clause, other: _Clause) -> float:
    return round(worth()[0] + weighed(pieces._replace(beside=_beside(clause, other))), 4)


def by_words(promise: Mention, other: Mention) -> float:
    """What the words of two statements speak for it; what their texts say beside can only add to that."""
    base, each = worth()
    own, its = _words(promise), _words(other)
    things, told = things_of(promise), things_of(other)
    held = [share(thing, grams(its)) for thing in things] + [share(thing, grams(own)) for thing in told]
    alike = similarity(head(own), head(its))
    result = each.result if other.role == "result" else 0.0
    return base + each.alike * alike + each.held * max(held, default=0.0) + result


def pieces_of(promises: Said, at: int, others: Said, there: int) -> Pieces:
    """All that speaks for a pair, whatever bars it: what the worth of each piece is fitted to."""
    clause, other = promises.told[at], others.told[there]
    mine, its = clause.side, other.side
    held = [share(thing, its.said) for thing in mine.things] + [share(t, mine.said) for t in its.things]
    return _of_words(promises, clause, others, other)._replace(
        held=max(held, default=0.0),
        amount=float(bool(mine.amounts & its.amounts)),
        beside=_beside(clause, other),
    )


def weighed(pieces: Pieces) -> float:
    """The sum of what the pieces are worth."""
    total: float = sum(map(mul, worth()[1], pieces))
    return total


def speaks(mention: Mention) -> bool:
    """A statement that says what is done with a thing; a piece of a sentence does not, nor does a system."""
    statement = mention.statement
    return mention.framework is None and not statement.absent and not _PIECE.match(statement.text)


def clause_of(mention: Mention) -> str:
    """What a mention says, without deeds and fillers."""
    return head(_words(mention))


def _of_words(promises: Said, clause: _Clause, others: Said, other: _Clause) -> Pieces:
    text, later = clause.mention.version.sha256, other.mention.version.sha256
    mine, its, both = promises.common[text], others.common[later], other.telling
    shared = [
        weight
        for pair, weight in clause.telling.items()
        if pair in both and pair not in mine and pair not in its
    ]
    if shared:
        size = min(promises.sized[text], others.sized[later])
        shared = [weight if weight >= ANYWHERE else weight * size for weight in shared]
    alike = similarity(clause.text, other.text)
    result = float(other.mention.role == "result")
    return Pieces(min(sum(shared), MOST) / UNIT, alike, 0.0, 0.0, result, 0.0)


def _beside(clause: _Clause, other: _Clause) -> float:
    """What stands around both, but for what they say themselves."""
    (before, behind), around = clause.around, other.around
    first = _pairs(before)
    both = (first | _pairs(behind)) & {pair for text in around for pair in _pairs(text)}
    table = weights()
    rare = table[""]
    shared = [
        weight
        # In one order for all processes: sums of floats depend on it.
        for pair in (*sorted(both & first), *sorted(both - first))
        if (weight := table.get(pair, rare)) >= PARTICULAR
        if pair not in clause.words and pair not in other.words
    ]
    return min(sum(shared), MOST) / UNIT


def _pairs(text: str) -> set[str]:
    return {*map(add, text, text[1:])}


def _around(mention: Mention) -> tuple[str, str]:
    text = mention.version.reading.source.text
    start, end = mention.spans[0][0], mention.spans[-1][1]
    return normal(text[max(0, start - AROUND) : start]), normal(text[end : end + AROUND])


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
    return _bare(mention.version.reading.place.name)


@at_hand(64)
def _bare(place: str) -> str:
    """The name of a place without its kind, which its texts say all the time."""
    return _OWN.sub("", place)


def _words(mention: Mention) -> str:
    """The words of a mention: all of the statement's, or the one thing of several that it is about."""
    return normal(mention.slot or mention.statement.text).replace(_own(mention), "")


def _telling(text: str) -> dict[str, float]:
    """The telling pairs of characters with their weights, in one order for all processes: sums of floats
    depend on it."""
    table = weights()
    pairs = sorted({*map(add, text, text[1:])})
    found = zip(pairs, map(table.get, pairs, repeat(table[""])), strict=True)
    return {pair: weight for pair, weight in found if weight >= PARTICULAR}
