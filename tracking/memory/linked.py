"""Sure links between guises, from what was linked before: only what changed is compared.

The same sources as `tracking.links`: one identity, similar words, systems with the same parts. Where wordings
came or went, only the pairs with these are looked at; the others are as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracking.grams import Vector, cosine, vector
from tracking.guises import Guise, guise_of
from tracking.links import BUCKET, EQUAL, compared, likeness, systems_alike, why_same
from tracking.memory.marks import Face, Mark
from tracking.objects import ROUNDING, SURE, Cut, near_pairs, prefix
from tracking.vetoes import trusted

Sure = tuple[str, str, float, str]
"""A sure link: two guises by name, confidence, why."""
FAMILIES = ("measure", "deed")
SYSTEMS = "systems"
"""Name of the source that compares lists of parts."""


@dataclass
class Near:
    """Heads of one family that read alike. grams: of each head the ones, as words, that whatever is near must
    share one of (`tracking.objects.prefix`). promised: heads that some promise has. pairs: near ones, the
    smaller first, with their likeness."""

    grams: dict[str, str] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)

    def update(self, touched: Collection[str], heads: Collection[str], promised: Collection[str]) -> None:
        """What `near_pairs` finds now, at least one of each pair promised.

        touched: heads that may have come, gone or changed; of these heads are there and promised.
        """
        come = sorted(h for h in heads if h not in self.grams or (h in promised and h not in self.promised))
        for head in touched:
            if head not in heads:
                self.grams.pop(head, None)
        self.promised -= set(touched)
        self.promised |= set(promised)
        self.pairs = {
            (x, y): score
            for (x, y), score in self.pairs.items()
            if x in self.grams and y in self.grams and (x in self.promised or y in self.promised)
        }
        if not come:
            return
        if not self.grams:
            found = near_pairs(come, self.promised, SURE, self._known)
            self.pairs = {(x, y): score for x, y, score in found}
            return
        own = {head: prefix(vector(head), SURE) for head in come}
        self.grams.update((head, " ".join(grams)) for head, grams in own.items())
        index: dict[str, list[str]] = {gram: [] for grams in own.values() for gram in grams}
        for head, told in self.grams.items():
            for gram in told.split(" "):
                if gram in index:
                    index[gram].append(head)
        waiting = set(come)
        for head in come:
            waiting.discard(head)
            others = {other for gram in own[head] for other in index[gram]} - {head}
            for other in others - waiting:
                if (head in self.promised or other in self.promised) and _may_be_near(vector(head), other):
                    x, y = min(head, other), max(head, other)
                    # In this order, as sums of floats depend on it.
                    score = cosine(vector(y), vector(x))
                    if score >= SURE:
                        self.pairs[x, y] = score

    def _known(self, head: str, own: Cut) -> None:
        self.grams[head] = " ".join([gram for gram, _ in own])


def _may_be_near(own: Vector, other: str) -> bool:
    """False where no unit vector over the grams of `other` comes near enough: a scalar product is at most the
    length of what the two share. Takes a hundredth of what the other's vector takes."""
    shared = sum(weight * weight for gram, weight in own.items() if gram in other)
    return shared >= SURE * SURE - ROUNDING


@dataclass
class Links:
    """What was linked last time. sources: by name of a source its links, where there are any."""

    sources: dict[str, list[Sure]] = field(default_factory=dict)
    near: dict[str, Near] = field(default_factory=lambda: {family: Near() for family in FAMILIES})

    def update(self, first: Mapping[str, Mark], touched: Mapping[str, Face]) -> set[str]:
        """Bring the links up to date; returns the guises of which a mention or a link came or went.

        first: by guise its first mark. touched: guises of marks that are new or are no more.
        """
        found = dict(_Sources(first, touched, self).all())
        moved = set(touched)
        for name, links in found.items():
            for link in {*links} ^ {*self.sources.get(name, ())}:
                moved.update(link[:2])
            if links:
                self.sources[name] = links
            else:
                self.sources.pop(name, None)
        return moved

    def among(self, guises: Collection[str] | None = None) -> dict[tuple[str, str], Sure]:
        """Every sure link by pair, of these guises (of all, for None), the surest of each pair."""
        best: dict[tuple[str, str], Sure] = {}
        for found in self.sources.values():
            for link in found:
                if guises is None or link[0] in guises:
                    pair = min(link[0], link[1]), max(link[0], link[1])
                    known = best.get(pair)
                    if known is None or known[2:] < link[2:]:
                        best[pair] = link
        return best


Key = tuple[str, str]


def _keys(face: Face) -> Iterator[Key]:
    """What things are called that this may be one with."""
    yield face.family, face.identity
    if face.indicator and face.head != face.identity:
        yield face.family, face.head


class _Sources:
    """The sources that touched guises belong to, computed anew as far as these go."""

    def __init__(self, first: Mapping[str, Mark], touched: Mapping[str, Face], before: Links) -> None:
        self.first = first
        self.touched = touched
        self.before = before
        self.called: dict[str, list[str]] = defaultdict(list)
        """Guises by head and by identity."""
        for name, mark in first.items():
            face = mark.face
            self.called[face.head].append(name)
            if face.identity != face.head:
                self.called[face.identity].append(name)
        self._guises: dict[str, Guise] = {}

    def all(self) -> Iterator[tuple[str, list[Sure]]]:
        yield from self._identical()
        for family in FAMILIES:
            yield from self._alike(family)
        if any(face.family == "framework" for face in self.touched.values()):
            yield SYSTEMS, list(self._systems())

    def _ordered(self, names: Iterable[str]) -> list[str]:
        first = self.first
        return sorted(names, key=lambda g: (first[g].said, first[g].id))

    def _guise(self, name: str) -> Guise:
        if name not in self._guises:
            self._guises[name] = guise_of(self.first[name].mention)
        return self._guises[name]

    def _left(self, key: Callable[[Face], Iterable[Any]]) -> dict[Any, int]:
        """How many guises that are no more belonged to each key."""
        counts: dict[Any, int] = defaultdict(int)
        for name, face in self.touched.items():
            if name not in self.first:
                for one in key(face):
                    counts[one] += 1
        return counts

    def _known(self, source: str) -> list[Sure]:
        """Links of a source between guises that nothing touched."""
        links = self.before.sources.get(source, ())
        return [link for link in links if not (link[0] in self.touched or link[1] in self.touched)]

    def _identical(self) -> Iterator[tuple[str, list[Sure]]]:
        buckets: dict[Key, list[str]] = {key: [] for face in self.touched.values() for key in _keys(face)}
        for key, names in buckets.items():
            names += (n for n in self.called[key[1]] if key in _keys(self.first[n].face))
        left = self._left(_keys)
        for key, names in buckets.items():
            source, why, ordered = f"{key[0]} {key[1]}", why_same(*key), self._ordered(names)
            if len(names) + left[key] > BUCKET:
                pairs, known = list(compared(ordered)), []
            else:
                pairs, known = self._touching(ordered), self._known(source)
            yield source, known + [link for a, b in pairs for link in self._sure(a, b, EQUAL, why)]

    def _touching(self, ordered: Sequence[str]) -> list[tuple[str, str]]:
        """All pairs with a touched guise, in order."""
        at = [i for i, name in enumerate(ordered) if name in self.touched]
        pairs = {(min(i, j), max(i, j)) for i in at for j in range(len(ordered)) if i != j}
        return [(ordered[i], ordered[j]) for i, j in sorted(pairs)]

    def _sure(self, a: str, b: str, confidence: float, why: str) -> Iterator[Sure]:
        confidence = trusted(self._guise(a), self._guise(b), confidence)
        if confidence >= SURE:
            yield a, b, confidence, why

    def _alike(self, family: str) -> Iterator[tuple[str, list[Sure]]]:
        def heads(face: Face) -> Iterator[str]:
            if face.family == family and len(face.head) > 1:
                yield face.head

        touched = {head for face in self.touched.values() for head in heads(face)}
        near = self.before.near[family]
        before = {pair for pair in near.pairs if pair[0] in touched or pair[1] in touched}
        by_head = self._by_head(family, touched)
        promised = {h for h, names in by_head.items() if not all(self.first[n].face.result for n in names)}
        near.update(touched, by_head.keys(), promised)
        now = {pair for pair in near.pairs if pair[0] in touched or pair[1] in touched}
        by_head.update(self._by_head(family, {head for pair in now for head in pair} - by_head.keys()))
        left = self._left(heads)
        for x, y in before - now:
            yield _source(family, x, y), []
        for x, y in now:
            whole = (x, y) not in before or any(len(by_head[h]) + left[h] > BUCKET for h in (x, y))
            source, score = _source(family, x, y), near.pairs[x, y]
            known = [] if whole else self._known(source)
            yield source, known + list(self._near(by_head, x, y, score, whole=whole))

    def _by_head(self, family: str, wanted: Collection[str]) -> dict[str, list[str]]:
        def own(face: Face, head: str) -> bool:
            return face.head == head and face.family == family

        found = ((head, [n for n in self.called[head] if own(self.first[n].face, head)]) for head in wanted)
        return {head: names for head, names in found if names}

    def _near(
        self, by_head: Mapping[str, Sequence[str]], x: str, y: str, score: float, *, whole: bool
    ) -> Iterator[Sure]:
        left, right = (self._ordered(by_head[head])[:BUCKET] for head in (x, y))
        why = f"similar words: {x} ~ {y}"
        for a in left:
            for b in right:
                if not (whole or a in self.touched or b in self.touched):
                    continue
                if not (self.first[a].face.result and self.first[b].face.result):
                    confidence = likeness(self._guise(a).terms, self._guise(b).terms, score)
                    yield from self._sure(a, b, confidence, why)

    def _systems(self) -> Iterator[Sure]:
        names = self._ordered(n for n, mark in self.first.items() if mark.face.family == "framework")
        back = {self._guise(name): name for name in names}
        mentions = {self._guise(name): self.first[name].mention for name in names}
        for a, b, why, confidence in systems_alike(mentions):
            yield from self._sure(back[a], back[b], confidence, why)


def _source(family: str, x: str, y: str) -> str:
    return f"{family} {x} ~ {y}"
