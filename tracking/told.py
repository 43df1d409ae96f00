"""What a promise is told of by in the next year's texts where no link joins the two: a weaker kind of link.

A deed told by its figure, one name of a list, another order of words: such statements are about the promise,
but not surely the same commitment. They are added to it as told of: nothing is computed from their figures,
nothing of theirs is taken for the promise, and they join no threads. What they do is take back an accusation.
Where less speaks for it (`tracking.evidence`) it stays a question for a person (`tracking.doubts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tracking.evidence import Said, clause_of, evidence
from tracking.mentions import Mention
from tracking.ruled_threads import Pairs
from tracking.threads import Id, Thread

ENOUGH = 2.5
"""Evidence from which on what is found is told of (docs/links.md says how often that was right)."""
SUREST = 5.0
CERTAINTY = 0.6, 0.69
"""Of the least sure and the surest: always below that of a link that joins."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that a promise is told of by, why and how surely (0..1, below `SURE`)."""

    mention: Mention
    why: str
    confidence: float


def told_of(
    promises: Iterable[Mention], others: Iterable[Mention], asked: Collection[Id] | None = None
) -> dict[Id, Told]:
    """For promises of a year those statements of the next year that tell of them, by the promise's id.

    promises, others: all of the two years; asked: ids of the promises that matter (all, for None). Each
    answer is the same whichever promises are asked about.
    """
    own = Said(m for m in promises if not m.retrospective)
    year = Said(others)
    return {
        promise.id: told
        for at, promise in enumerate(own.mentions)
        if (asked is None or promise.id in asked) and (told := _told(own, at, year)) is not None
    }


def _told(promises: Said, at: int, year: Said) -> Told | None:
    found = [one for one in evidence(promises, at, year, ENOUGH) if one.sound]
    if not found:
        return None
    best = min(found, key=lambda one: (-one.evidence, one.mention.id))
    low, high = CERTAINTY
    confidence = round(min(high, low + (best.evidence - ENOUGH) / (SUREST - ENOUGH) * (high - low)), 4)
    return Told(
        best.mention, f"told of: {_longest(promises.clauses[at], clause_of(best.mention))}", confidence
    )


def told_in(mentions: Iterable[Mention], threads: Iterable[Thread]) -> dict[Id, Told]:
    """What promises are told of by for which no statement of the next year stands in their thread."""
    by_year: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_year[mention.said].append(mention)
    waiting: dict[int, set[Id]] = defaultdict(set)
    for thread in threads:
        years = {m.said for m in thread.mentions}
        for mention in thread.mentions:
            if mention.role == "promise" and mention.said + 1 not in years:
                waiting[mention.said].add(mention.id)
    found: dict[Id, Told] = {}
    for year, asked in waiting.items():
        if year + 1 in by_year:
            promises = (m for m in by_year[year] if m.role == "promise")
            found |= told_of(promises, by_year[year + 1], asked)
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


def _longest(a: str, b: str) -> str:
    """The longest run of characters that two texts share, the first of them."""
    best = ""
    for start in range(len(a)):
        while a[start : start + len(best) + 1] in b and start + len(best) < len(a):
            best = a[start : start + len(best) + 1]
    return best
