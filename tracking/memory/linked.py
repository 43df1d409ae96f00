"""Sure links between guises, from what was linked before: only what changed is compared.

The same sources as `tracking.links`: one identity, similar words, systems with the same parts. Each source is
remembered with all that it was computed from, and computed again where that differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tracking.grams import cosine, vector
from tracking.guises import Guise, guise_of
from tracking.links import BUCKET, EQUAL, compared, likeness, systems_alike, why_same
from tracking.memory.marks import Mark, brief
from tracking.objects import SURE, prefix
from tracking.vetoes import trusted

Sure = tuple[str, str, float, str]
"""A sure link: two guises by name, confidence, why."""
FAMILIES = ("measure", "deed")


@dataclass
class Near:
    """Heads of one family that read alike. grams: of each head the ones that whatever is near must share one
    of (`tracking.objects.prefix`). promised: heads that some promise has. pairs: near ones, the smaller
    first, with their likeness."""

    grams: dict[str, list[str]] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)

    def update(self, heads: Collection[str], promised: Collection[str]) -> None:
        """What `near_pairs` finds among these heads, at least one of each pair promised."""
        come = sorted({*(heads - self.grams.keys()), *(set(promised) - self.promised)})
        self.grams = {head: own for head, own in self.grams.items() if head in heads}
        self.promised = set(promised)
        self.pairs = {
            (x, y): score
            for (x, y), score in self.pairs.items()
            if x in self.grams and y in self.grams and (x in self.promised or y in self.promised)
        }
        if not come:
            return
        index: dict[str, list[str]] = defaultdict(list)
        for head in come:
            self.grams[head] = prefix(vector(head), SURE)
        for head, grams in self.grams.items():
            for gram in grams:
                index[gram].append(head)
        waiting = set(come)
        for head in come:
            waiting.discard(head)
            others = {other for gram in self.grams[head] for other in index[gram]} - {head}
            for other in others - waiting:
                if head in self.promised or other in self.promised:
                    x, y = min(head, other), max(head, other)
                    # In this order, as sums of floats depend on it.
                    score = cosine(vector(y), vector(x))
                    if score >= SURE:
                        self.pairs[x, y] = score


@dataclass
class Links:
    """What was linked last time. sources: by hash of what a source was computed from its links."""

    sources: dict[str, list[Sure]] = field(default_factory=dict)
    near: dict[str, Near] = field(default_factory=lambda: {family: Near() for family in FAMILIES})

    def update(self, marks: Iterable[Mark]) -> dict[tuple[str, str], Sure]:
        """Every sure link between the guises of these marks, by pair."""
        first: dict[str, Mark] = {}
        for mark in marks:
            known = first.get(mark.guise)
            if known is None or mark.id < known.id:
                first[mark.guise] = mark
        sources = dict(_Sources(first, self.near).all())
        self.sources = {
            name: found
            for name, compute in sources.items()
            for found in (self.sources[name] if name in self.sources else list(compute()),)
        }
        best: dict[tuple[str, str], Sure] = {}
        for found in self.sources.values():
            for link in found:
                pair = min(link[0], link[1]), max(link[0], link[1])
                known_link = best.get(pair)
                if known_link is None or known_link[2:] < link[2:]:
                    best[pair] = link
        return best

    def dump(self) -> Any:
        """As JSON has it."""
        near = {
            family: [
                {head: " ".join(grams) for head, grams in one.grams.items()},
                sorted(one.promised),
                [[x, y, score] for (x, y), score in one.pairs.items()],
            ]
            for family, one in self.near.items()
        }
        return [self.sources, near]


def links_from(stored: Any) -> Links:
    """Undo `Links.dump`."""
    sources, near = stored
    return Links(
        {name: [(a, b, sure, why) for a, b, sure, why in found] for name, found in sources.items()},
        {
            family: Near(
                {head: grams.split(" ") if grams else [] for head, grams in heads.items()},
                set(promised),
                {(x, y): score for x, y, score in pairs},
            )
            for family, (heads, promised, pairs) in near.items()
        },
    )


Compute = Callable[[], Iterator[Sure]]


class _Sources:
    def __init__(self, first: Mapping[str, Mark], near: Mapping[str, Near]) -> None:
        self.first = first
        self.near = near
        self._guises: dict[str, Guise] = {}

    def all(self) -> Iterator[tuple[str, Compute]]:
        yield from self._identical()
        for family in FAMILIES:
            yield from self._alike(family)
        yield from self._systems()

    def _ordered(self, names: Iterable[str]) -> list[str]:
        first = self.first
        return sorted(names, key=lambda g: (first[g].said, first[g].id))

    def _guise(self, name: str) -> Guise:
        if name not in self._guises:
            self._guises[name] = guise_of(self.first[name].mention)
        return self._guises[name]

    def _identical(self) -> Iterator[tuple[str, Compute]]:
        buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, mark in self.first.items():
            face = mark.face
            buckets[face.family, face.identity].append(name)
            if face.indicator and face.head != face.identity:
                buckets[face.family, face.head].append(name)
        for (family, identity), names in buckets.items():
            if len(names) > 1:
                ordered = self._ordered(names)
                why = why_same(family, identity)
                yield brief(f"{why} {ordered}"), partial(self._pairs, ordered, why)

    def _pairs(self, ordered: Sequence[str], why: str) -> Iterator[Sure]:
        for a, b in compared(ordered):
            yield from self._sure(a, b, EQUAL, why)

    def _sure(self, a: str, b: str, confidence: float, why: str) -> Iterator[Sure]:
        confidence = trusted(self._guise(a), self._guise(b), confidence)
        if confidence >= SURE:
            yield a, b, confidence, why

    def _alike(self, family: str) -> Iterator[tuple[str, Compute]]:
        by_head: dict[str, list[str]] = defaultdict(list)
        for name, mark in self.first.items():
            if mark.face.family == family and len(mark.face.head) > 1:
                by_head[mark.face.head].append(name)
        promised = {h for h, names in by_head.items() if not all(self.first[n].face.result for n in names)}
        self.near[family].update(by_head.keys(), promised)
        for (x, y), score in self.near[family].pairs.items():
            left, right = (self._ordered(by_head[head])[:BUCKET] for head in (x, y))
            yield brief(f"{x} ~ {y} {score!r} {left} {right}"), partial(self._near, left, right, x, y, score)

    def _near(
        self, left: Sequence[str], right: Sequence[str], x: str, y: str, score: float
    ) -> Iterator[Sure]:
        for a in left:
            for b in right:
                one, other = self._guise(a), self._guise(b)
                if not (one.result and other.result):
                    confidence = likeness(one.terms, other.terms, score)
                    yield from self._sure(a, b, confidence, f"similar words: {x} ~ {y}")

    def _systems(self) -> Iterator[tuple[str, Compute]]:
        names = self._ordered(n for n, mark in self.first.items() if mark.face.family == "framework")
        if names:
            told = [(name, self.first[name].digest) for name in names]
            yield brief(f"systems {told}"), partial(self._alike_systems, names)

    def _alike_systems(self, names: Sequence[str]) -> Iterator[Sure]:
        back = {self._guise(name): name for name in names}
        mentions = {self._guise(name): self.first[name].mention for name in names}
        for a, b, why, confidence in systems_alike(mentions):
            yield from self._sure(back[a], back[b], confidence, why)
