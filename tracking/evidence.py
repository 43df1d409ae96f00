"""How much speaks for it that a statement tells of a promise of the year before: a few pieces, weighed.

The pieces are what a reader goes by: words that stand nowhere else in the two texts, how alike the clauses
are, whether one holds the other's object, what stands beside them, one amount. What each is worth is fitted
to pairs read by hand (data/evidence.yml); the sum is a log-odds. Some things are no evidence but a bar: what
forbids a link, a sum without a thing, a part against the whole, figures far apart.

What is said of one pair depends on the two texts that it stands in and on no other: not on which promises are
linked, nor on what further documents say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from operator import add, mul
from typing import NamedTuple

import yaml

from tracking.candidates import OVERLOOKED, grams, share, things_of
from tracking.grams import weights
from tracking.guises import Guise, is_vague
from tracking.mentions import Mention
from tracking.objects import similarity
from tracking.said import PARTICULAR, Clause, Said, words_of
from tracking.terms import head
from tracking.vetoes import far_apart, over_other_years, shares_of_one, veto

ANYWHERE = 8.0
"""Weight from which on a pair of characters is rare in any text."""
MOST = 60.0
"""Weight of shared pairs from which on more says no more, and the weight that counts as `UNIT`."""
UNIT = 40.0
ROUNDING = 1e-3
"""More than a sum of evidence is rounded by."""
OF_THE_THING = 0.4
"""Share of an object that the other clause must hold at least: 增长10% is as like any other 增长10%."""


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


def _likely(promises: Said, clause: Clause, others: Said, least: float) -> Iterator[tuple[Pieces, Clause]]:
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


def _total(pieces: Pieces, clause: Clause, other: Clause) -> float:
    return round(worth()[0] + weighed(pieces._replace(beside=_beside(clause, other))), 4)


def by_words(promise: Mention, other: Mention) -> float:
    """What the words of two statements speak for it; what their texts say beside can only add to that."""
    base, each = worth()
    own, its = words_of(promise), words_of(other)
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


def _of_words(promises: Said, clause: Clause, others: Said, other: Clause) -> Pieces:
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


def _beside(clause: Clause, other: Clause) -> float:
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


def sound(a: Guise, b: Guise) -> bool:
    """Nothing stands against it of what leaves even equal words to a person."""
    if is_vague(a.terms) or is_vague(b.terms) or veto(a, b) in {"horizon", "years"}:
        return False
    if {row for row, _ in a.terms.scopes ^ b.terms.scopes} & {"part", "threshold"}:
        return False
    return not far_apart(a, b) and not over_other_years(a, b) and shares_of_one(a.terms.head, b.terms.head)
