"""Threads as people want them: statements ruled one commitment are joined, others kept apart.

Without rulings the threads are those of `tracking.threads`. A split cuts statements off before any link is
looked at; a pair that is not the same cuts its thread at the weakest link; what is ruled the same joins
whole threads in the end, whatever the words say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from tracking.guises import guise_of
from tracking.links import propose
from tracking.mentions import Mention
from tracking.rulings import Ruling
from tracking.threads import Thread, threads_of

Id = tuple[str, str]
Named = frozenset[Id]
"""(statement key, slot) as a ruling names them; an empty slot: all that the statement lists."""


class Pairs:
    """Which statements belong together and which do not, as the rulings so far have it."""

    def __init__(self) -> None:
        self.same: dict[tuple[Id, Id], Ruling] = {}
        self.apart: set[tuple[Id, Id]] = set()
        self.group: dict[Id, str] = {}
        """Split that a statement belongs to."""

    def __bool__(self) -> bool:
        return bool(self.same or self.apart or self.group)

    def join(self, found: Sequence[Named], ruling: Ruling) -> None:
        """One commitment from now on."""
        for left, right in pairwise(sorted(min(names) for names in found if names)):
            if left != right:
                self.apart.discard((left, right))
                self.same.pop((left, right), None)
                self.same[left, right] = ruling

    def part(self, found: Sequence[Named]) -> None:
        """Different commitments from now on, each from each."""
        for left, right in combinations(sorted(min(names) for names in found if names), 2):
            if left != right:
                self.same.pop((left, right), None)
                self.apart.add((left, right))

    def split(self, found: Sequence[Named], ruling: Ruling) -> None:
        """A commitment of their own from now on: nothing else belongs to it unless a later ruling says so."""
        out = {name for names in found for name in names}
        for pair in [p for p in self.same if (p[0] in out) != (p[1] in out)]:
            del self.same[pair]
        for name in out:
            self.group[name] = ruling.id
        self.join(found, ruling)


def threads_with(mentions: Sequence[Mention], pairs: Pairs) -> list[Thread]:
    """Every mention in exactly one thread; threads in the order of their smallest mention."""
    if not pairs:
        return threads_of(mentions, propose(mentions))
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[pairs.group.get(mention.id) or pairs.group.get((mention.key, "")) or ""].append(mention)
    threads = [t for name in sorted(groups) for t in threads_of(groups[name], propose(groups[name]))]
    return settled(threads, mentions, pairs)


def settled(threads: Iterable[Thread], mentions: Sequence[Mention], pairs: Pairs) -> list[Thread]:
    """Threads cut and joined as rulings on pairs have it, in the order of their smallest mention."""
    apart = _mention_pairs(mentions, pairs.apart)
    found = [piece for thread in threads for piece in _cut(thread, apart)]
    return sorted(_merged(found, mentions, pairs, apart), key=lambda t: t.mentions[0].id)


def _mention_pairs(mentions: Iterable[Mention], named: Iterable[tuple[Id, Id]]) -> set[tuple[Id, Id]]:
    """Pairs of mention ids for pairs of names."""
    by_name: dict[Id, list[Id]] = defaultdict(list)
    for mention in mentions:
        for name in {mention.id, (mention.key, "")}:
            by_name[name].append(mention.id)
    return {
        (min(a, b), max(a, b))
        for left, right in named
        for a in by_name.get(left, ())
        for b in by_name.get(right, ())
        if a != b
    }


def _cut(thread: Thread, apart: set[tuple[Id, Id]]) -> list[Thread]:
    """The thread, in pieces where it holds a pair that must be apart.

    Links are taken strongest first and between neighbours in time, so that what stands between the two
    goes with the nearer one.
    """
    ids = {m.id for m in thread.mentions}
    barred = [pair for pair in apart if pair[0] in ids and pair[1] in ids]
    if not barred:
        return [thread]
    guises = {m.id: guise_of(m) for m in thread.mentions}
    first = {guises[m.id]: m.id for m in reversed(thread.mentions)}
    links = {(k.left, k.right): k.confidence for k in propose(thread.mentions) if k.sure}
    edges = []
    for a, b in combinations(thread.mentions, 2):
        ends = tuple(sorted((first[guises[a.id]], first[guises[b.id]])))
        confidence = 1.0 if ends[0] == ends[1] else links.get((ends[0], ends[1]), 0.0)
        if confidence:
            edges.append((-confidence, abs(a.said - b.said), a.id, b.id))
    home = {m.id: {m.id} for m in thread.mentions}
    for _, _, left, right in sorted(edges):
        _unite(home, left, right, barred)
    return _pieces([thread], home)


def _unite(home: dict[Id, set[Id]], left: Id, right: Id, barred: Iterable[tuple[Id, Id]]) -> bool:
    """Put two sets together unless that would bring a barred pair into one; whether they are one now."""
    a, b = home[left], home[right]
    if a is b:
        return True
    if any((x in a and y in b) or (x in b and y in a) for x, y in barred):
        return False
    a |= b
    for one in b:
        home[one] = a
    return True


def _merged(
    threads: Sequence[Thread], mentions: Sequence[Mention], pairs: Pairs, apart: set[tuple[Id, Id]]
) -> list[Thread]:
    """Threads joined where people say so, the latest ruling first."""
    home: dict[Id, set[Id]] = {}
    for thread in threads:
        whole = {m.id for m in thread.mentions}
        home.update(dict.fromkeys(whole, whole))
    told: dict[Id, str] = {}
    for (left, right), ruling in sorted(pairs.same.items(), key=lambda one: one[1].order, reverse=True):
        ends = _one_each(_mention_pairs(mentions, [(left, right)]))
        if ends is not None and _unite(home, *ends, apart):
            told |= dict.fromkeys(ends, f"ruled the same by {ruling.author}")
    found = _pieces(threads, home)
    for thread in found:
        for mention in thread.mentions:
            if mention.id in told:
                thread.joined[mention.id] = (told[mention.id], 1.0)
    return found


def _one_each(candidates: set[tuple[Id, Id]]) -> tuple[Id, Id] | None:
    """Of statements that list several things those two that are called alike, else the first of each."""
    alike = sorted(pair for pair in candidates if pair[0][1] == pair[1][1])
    return next(iter(alike or sorted(candidates)), None)


def _pieces(threads: Sequence[Thread], home: dict[Id, set[Id]]) -> list[Thread]:
    """Threads anew from the sets that mentions ended up in."""
    every = {m.id: m for t in threads for m in t.mentions}
    joined = {name: why for t in threads for name, why in t.joined.items()}
    unique = {id(ids): ids for ids in home.values()}
    return [
        Thread(tuple(every[one] for one in sorted(ids)), {one: joined[one] for one in sorted(ids)})
        for ids in unique.values()
    ]
