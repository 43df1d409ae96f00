"""Threads: components of sure links, cut at the weakest link where they would hold a vetoed pair.

Links are taken strongest first (ties by key); one that would bring a vetoed pair into a component is left
out, which is the same as cutting the component at its weakest link, and does not depend on arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from tracking.guises import Guise, guise_of
from tracking.links import EQUAL, Link
from tracking.mentions import Mention
from tracking.vetoes import looked_at, veto

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

    def add(self, mention: Mention, guise: Guise) -> None:
        self.mentions.append(mention)
        self.kinds.setdefault(looked_at(guise), guise)
        if not guise.result:
            self.told[mention.version.sha256, mention.edition].add(_thing(mention, guise))

    def clashes(self, other: _Component) -> bool:
        if any(veto(a, b) is not None for a in self.kinds.values() for b in other.kinds.values()):
            return True
        small, large = sorted((self.told, other.told), key=len)
        return any(text in large and len(things | large[text]) > 1 for text, things in small.items())

    def absorb(self, other: _Component) -> None:
        self.mentions += other.mentions
        self.kinds |= other.kinds
        for text, things in other.told.items():
            self.told[text] |= things


def _thing(mention: Mention, guise: Guise) -> str:
    framework = mention.framework
    if framework is not None and guise.identity == "overall work system":
        return framework.formula or framework.name
    return guise.identity


def threads_of(mentions: Sequence[Mention], links: Iterable[Link]) -> list[Thread]:
    """Every mention in exactly one thread; threads in the order of their smallest mention."""
    by_guise: dict[Guise, _Component] = {}
    home: dict[tuple[str, str], _Component] = {}
    joined: dict[tuple[str, str], tuple[str, float]] = {}
    for mention in sorted(mentions, key=lambda m: m.id):
        guise = guise_of(mention)
        component = by_guise.setdefault(guise, _Component([]))
        if component.mentions:
            joined[mention.id] = (f"same words: {guise.identity}", 1.0)
        component.add(mention, guise)
        home[mention.id] = component
    # A year's figure is told for the promises of the year first: else one promise for a plan's end would
    # take the results of a whole yearly series.
    later = {m.id for m in mentions if m.role == "promise" and m.terms.horizon == "long"}
    results = {m.id for m in mentions if m.role == "result"}

    def order(link: Link) -> tuple[float, bool, Id, Id]:
        ends = {link.left, link.right}
        return -link.confidence, bool(ends & later and ends & results), link.left, link.right

    for link in sorted(links, key=order):
        if not link.sure:
            break
        left, right = home[link.left], home[link.right]
        for end in (link.left, link.right):
            if joined.get(end, ("", 0.0))[1] < EQUAL and left is not right and not left.clashes(right):
                joined[end] = max(joined.get(end, ("", 0.0)), (link.why, link.confidence), key=lambda j: j[1])
        if left is right or left.clashes(right):
            continue
        if len(left.mentions) < len(right.mentions):
            left, right = right, left
        for mention in right.mentions:
            home[mention.id] = left
        left.absorb(right)
    unique = {id(c): c for c in home.values()}
    found = []
    for component in unique.values():
        members = tuple(sorted(component.mentions, key=lambda m: m.id))
        found.append(Thread(members, {m.id: joined.get(m.id, ("first statement", 1.0)) for m in members}))
    return sorted(found, key=lambda t: t.mentions[0].id)
