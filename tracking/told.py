"""What a promise is told of by in the next year's texts where no link joins the two: a weaker kind of link.

A deed told by its figure, one name of a list, another order of words: such statements are about the promise,
but not surely the same commitment. They are added to it as told of: nothing is computed from their figures,
nothing of theirs is taken for the promise, and they join no threads. What they do is take back an accusation.
Where less speaks for it (`tracking.evidence`) it stays a question for a person (`tracking.doubts`); where it
is likely all the same, nobody is accused of silence until that is answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracking.evidence import best
from tracking.mentions import Mention
from tracking.ruled_threads import Pairs
from tracking.said import Said, clause_of
from tracking.threads import Id, Thread

ENOUGH = 3.0
"""Evidence from which on what is found is told of (docs/links.md says how often that was right)."""
LIKELY = 2.5
"""Evidence from which on what is found holds back an accusation."""
SUREST = 5.0
CERTAINTY = 0.6, 0.69
"""Of the least sure and the surest: always below that of a link that joins."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that a promise is told of by, why and how surely (0..1, below `SURE`)."""

    mention: Mention
    why: str
    confidence: float

    @property
    def asked(self) -> bool:
        """Whether it is no more than a question: told of by it is for a person to say."""
        return self.confidence < CERTAINTY[0]


def told_of(
    promises: Iterable[Mention], others: Iterable[Mention], asked: Collection[Id] | None = None
) -> dict[Id, Told]:
    """For promises of a year those statements of the next year that tell of them, by the promise's id.

    promises, others: all of the two years; asked: ids of the promises that matter (all, for None). Each
    answer is the same whichever promises are asked about.
    """
    return told_from(Said(m for m in promises if not m.retrospective), Said(others), asked)


class Spoken(Protocol):
    """What says whether a mention may be asked about."""

    @property
    def role(self) -> str:
        """As what it is told."""
        ...

    @property
    def retrospective(self) -> bool:
        """Whether it is told of an earlier year."""
        ...


S = TypeVar("S", bound=Spoken)


def told_year_by_year(
    by_year: Mapping[int, Collection[S]],
    asked: Mapping[int, Collection[Id] | None],
    mention: Callable[[S], Mention],
) -> Iterator[tuple[int, dict[Id, Told]]]:
    """The same of several years: each with what its promises are told of by in the next.

    by_year: all that is said. asked: by year ids of the promises that matter (all, for None). mention: brings
    one of these; those that nothing is looked for in are not brought.
    """
    year: Said | None = None
    last = 0
    for number in sorted(asked):
        if number not in by_year or number + 1 not in by_year:
            continue
        # What tells of one year's promises promises for the next: it is taken apart once.
        seen = year if last == number else None
        promises = [one for one in by_year[number] if one.role == "promise" and not one.retrospective]
        if not promises:
            continue
        own = Said(map(mention, promises), seen)
        year, last = Said(map(mention, by_year[number + 1])), number + 1
        yield number, told_from(own, year, asked[number])


def told_from(own: Said, year: Said, asked: Collection[Id] | None) -> dict[Id, Told]:
    """The same of what is taken apart already."""
    return {
        promise.id: told
        for at, promise in enumerate(own.mentions)
        if (asked is None or promise.id in asked) and (told := _told(own, at, year)) is not None
    }


def _told(promises: Said, at: int, year: Said) -> Told | None:
    found = best(promises, at, year, LIKELY, SUREST)
    if found is None:
        return None
    low, high = CERTAINTY
    confidence = round(min(high, low + (found.evidence - ENOUGH) / (SUREST - ENOUGH) * (high - low)), 4)
    shared = _longest(promises.told[at].text, clause_of(found.mention))
    return Told(found.mention, f"told of: {shared}", confidence)


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
    for _, told in told_year_by_year(by_year, waiting, lambda one: one):
        found |= told
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
