"""Threads: components of sure links, cut at the weakest link where they would hold a pair that is none.

Links are taken strongest first, of these the nearest in size (ties by key); one that would bring a vetoed
pair into a component is left out, which is the same as cutting the component at its weakest link, and does
not depend on arrival. So is one that would make a doubtful statement the next year's word on a promise: what
joins the two is then a third text, and which of them it speaks of is for a person to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from tracking.evidence import by_words
from tracking.guises import Guise, guise_of
from tracking.links import EQUAL, Link
from tracking.mentions import BY_ID, Mention
from tracking.terms import normal
from tracking.vetoes import apart, doubtful, looked_at, veto

LEAST = 0.25
"""Evidence of the words of two deeds below which the second is hardly the next year's word on the first."""

FIRST = "first statement", 1.0
"""Why the first mention of a thread belongs to it, and how surely."""
Id = tuple[str, str]
"""What a mention goes by: key of the statement, which of the things it lists."""


@dataclass(frozen=True, slots=True)
class Thread:
    """All mentions of one promised thing, in the order of their ids, with why each belongs to it."""

    mentions: tuple[Mention, ...]
    joined: dict[tuple[str, str], tuple[str, float]]


@dataclass(slots=True)
class _Component:
    mentions: list[Mention]
    kinds: dict[tuple[Hashable, ...], Guise] = field(default_factory=dict)
    """One guise of all that a veto cannot tell apart: an indicator is worded anew each year."""
    told: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Which things one text promises for one edition: two that it tells apart stay apart."""
    years: dict[int, list[tuple[Mention, Guise]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, mention: Mention, guise: Guise) -> None:
        self.mentions.append(mention)
        self.kinds.setdefault(looked_at(guise), guise)
        self.years[mention.said].append((mention, guise))
        if not guise.result:
            self.told[mention.version.sha256, mention.edition].add(_thing(mention, guise))

    def clashes(self, other: _Component) -> bool:
        if any(veto(a, b) is not None for a in self.kinds.values() for b in other.kinds.values()):
            return True
        small, large = sorted((self.told, other.told), key=len)
        if any(text in large and len(things | large[text]) > 1 for text, things in small.items()):
            return True
        return self._leaves_doubt(other) or other._leaves_doubt(self)

    def _leaves_doubt(self, later: _Component) -> bool:
        """Whether a statement of the other would follow a promise of the year before and is doubtful."""
        return any(
            _doubtful(promise, other)
            for year, own in self.years.items()
            if year + 1 in later.years
            for promise, other in product(own, later.years[year + 1])
        )

    def absorb(self, other: _Component) -> None:
        self.mentions += other.mentions
        self.kinds |= other.kinds
        for text, things in other.told.items():
            self.told[text] |= things
        for year, own in other.years.items():
            self.years[year] += own


def _doubtful(promise: tuple[Mention, Guise], other: tuple[Mention, Guise]) -> bool:
    (mine, own), (its, there) = promise, other
    if mine.role != "promise" or mine.retrospective or own.terms.family == "framework":
        return False
    if doubtful(own, there):
        return True
    if own.terms.family != "deed" or (own.identity == there.identity and not _names(own, mine, its)):
        return False
    return by_words(mine, its) < LEAST


def _names(guise: Guise, *mentions: Mention) -> bool:
    """Whether the words of mentions of one identity name a project: others are called so by an alias, or are
    equal but for the deed, and need not be alike."""
    name = guise.terms.name
    return bool(name) and all(name in normal(m.statement.text) for m in mentions)


def _thing(mention: Mention, guise: Guise) -> str:
    framework = mention.framework
    if framework is not None and guise.identity == "overall work system":
        return framework.formula or framework.name
    return guise.identity


def threads_of(mentions: Sequence[Mention], links: Iterable[Link]) -> list[Thread]:
    """Every mention in exactly one thread; threads in the order of their smallest mention."""
    if len(mentions) == 1:
        (only,) = mentions
        return [Thread((only,), {only.id: FIRST})]
    by_guise: dict[Guise, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=BY_ID):
        by_guise[guise_of(mention)].append(mention)
    joined: dict[Id, tuple[str, float]] = {}
    for guise, own in by_guise.items():
        joined |= {m.id: (f"same words: {guise.identity}", 1.0) for m in own[1:]}
    # A year's figure is told for the promises of the year first: else one promise for a plan's end would
    # take the results of a whole yearly series.
    later = {m.id for m in mentions if m.role == "promise" and m.terms.horizon == "long"}
    results = {m.id for m in mentions if m.role == "result"}
    guises = {m.id: guise for guise, own in by_guise.items() for m in own}

    def order(link: Link) -> tuple[float, bool, int, Id, Id]:
        ends = {link.left, link.right}
        gap = apart(guises[link.left], guises[link.right])
        return -link.confidence, bool(ends & later and ends & results), gap, link.left, link.right

    sure = sorted((link for link in links if link.sure), key=order)
    linked = {guises[end] for link in sure for end in (link.left, link.right)}
    home: dict[Id, _Component] = {}
    alone = []
    for guise, own in by_guise.items():
        if guise not in linked:
            alone.append(own)
            continue
        component = _Component([])
        for mention in own:
            component.add(mention, guise)
            home[mention.id] = component
    for link in sure:
        left, right = home[link.left], home[link.right]
        if left is right or left.clashes(right):
            continue
        for end in (link.left, link.right):
            if joined.get(end, ("", 0.0))[1] < EQUAL:
                joined[end] = max(joined.get(end, ("", 0.0)), (link.why, link.confidence), key=lambda j: j[1])
        if len(left.mentions) < len(right.mentions):
            left, right = right, left
        for mention in right.mentions:
            home[mention.id] = left
        left.absorb(right)
    unique = {id(c): c for c in home.values()}
    groups = [*alone, *(sorted(c.mentions, key=BY_ID) for c in unique.values())]
    found = [Thread(tuple(own), {m.id: joined.get(m.id, FIRST) for m in own}) for own in groups]
    return sorted(found, key=lambda t: t.mentions[0].id)
