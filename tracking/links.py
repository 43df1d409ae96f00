"""Pairwise links between mentions: why two of them speak of the same promised thing, and how surely.

A link is proposed by an identity (indicator, name, formula, equal words) or by similar words; a veto
forbids it whatever the words say. Only sure links join; unsure ones are for a person to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from tracking import frameworks
from tracking.guises import Guise, guise_of
from tracking.mentions import Mention
from tracking.objects import SURE, near_pairs
from tracking.terms import Terms, uncompassed
from tracking.vetoes import trusted

T = TypeVar("T")

EQUAL = 0.95
NAMED_SURE = 0.8
"""Two different proper names must be nearer than two descriptions: parks of one family share most words."""
BUCKET = 40
"""Distinct wordings under one identity that are all paired; beyond it only neighbours in time."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions (by id, smaller first) taken for the same thing. confidence: 0..1; sure from `SURE` on."""

    left: tuple[str, str]
    right: tuple[str, str]
    why: str
    confidence: float

    @property
    def sure(self) -> bool:
        """Whether it joins without a person's word."""
        return self.confidence >= SURE


def propose(mentions: Sequence[Mention], alike: float = SURE) -> Iterator[Link]:
    """Links between distinct guises without vetoed ones; the order of mentions does not matter.

    alike: how sure they must be, and words alike: `SURE` for what joins, `UNSURE` for a review queue.
    """
    found: dict[Guise, Mention] = {}
    for mention in mentions:
        known = found.setdefault(guise_of(mention), mention)
        if mention.id < known.id:
            found[guise_of(mention)] = mention
    # In order of time, so that whatever is picked from them is.
    first = dict(sorted(found.items(), key=lambda item: (item[1].said, item[1].id)))
    proposed: dict[tuple[tuple[str, str], tuple[str, str]], Link] = {}
    for a, b, why, confidence in (*_identical(first), *_alike(first, alike), *systems_alike(first)):
        confidence = trusted(a, b, confidence)
        if confidence < alike:
            continue
        left, right = sorted((first[a].id, first[b].id))
        better = proposed.get((left, right))
        if better is None or (better.confidence, better.why) < (confidence, why):
            proposed[left, right] = Link(left, right, why, confidence)
    return iter(proposed[pair] for pair in sorted(proposed))


def _identical(first: dict[Guise, Mention]) -> Iterator[tuple[Guise, Guise, str, float]]:
    buckets: dict[tuple[str, str], list[Guise]] = defaultdict(list)
    for guise in first:
        buckets[guise.terms.family, guise.identity].append(guise)
        if guise.terms.indicator and guise.terms.head != guise.identity:
            buckets[guise.terms.family, guise.terms.head].append(guise)
    for family, identity in sorted(key for key, guises in buckets.items() if len(guises) > 1):
        why = why_same(family, identity)
        for a, b in compared(buckets[family, identity]):
            yield a, b, why, EQUAL


def why_same(family: str, identity: str) -> str:
    """Why things of one identity are linked."""
    return {
        "framework": f"same system: {identity}",
        "measure": f"same indicator or words: {identity}",
        "deed": f"same project or words: {identity}",
    }[family]


def compared(ordered: Sequence[T]) -> Iterator[tuple[T, T]]:
    """The pairs of wordings under one identity, in order of time, that are looked at."""
    if len(ordered) <= BUCKET:
        return combinations(ordered, 2)
    return ((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 4])


def _alike(first: dict[Guise, Mention], threshold: float) -> Iterator[tuple[Guise, Guise, str, float]]:
    for family in ("measure", "deed"):
        by_head: dict[str, list[Guise]] = defaultdict(list)
        for guise in first:
            if guise.terms.family == family and len(guise.terms.head) > 1:
                by_head[guise.terms.head].append(guise)
        promised = {head for head, guises in by_head.items() if not all(g.result for g in guises)}
        for x, y, score in near_pairs(by_head, promised, threshold):
            why = f"similar words: {x} ~ {y}"
            for a in by_head[x][:BUCKET]:
                for b in by_head[y][:BUCKET]:
                    if a.result and b.result:
                        continue
                    yield a, b, why, likeness(a.terms, b.terms, score)


def likeness(a: Terms, b: Terms, score: float) -> float:
    """A similarity as confidence: names and known indicators need more than descriptions.

    A name with and without its point of the compass (二环南路产业带, 二环路产业带) is taken for one.
    """
    needed = NAMED_SURE if a.name and b.name and uncompassed(a.name) != uncompassed(b.name) else SURE
    if bool(a.indicator) != bool(b.indicator):
        needed = 0.9
    if score >= needed:
        return min(score, EQUAL - 0.01)
    return min(score, SURE - 0.01)


def systems_alike(first: dict[Guise, Mention]) -> Iterator[tuple[Guise, Guise, str, float]]:
    """Systems under other names: the same list of parts, or the same multi-digit formula and like names.

    first: by guise its first mention, in order of time.
    """
    guises = [g for g in first if g.terms.family == "framework"]
    parts = [frameworks.parts_of(first[g].framework) for g in guises]
    formulas = [first[g].framework.formula or "" for g in guises]  # type: ignore[union-attr]
    for i, j in sorted(_candidates(parts, formulas)):
        a, b = guises[i], guises[j]
        if a.identity == b.identity or "overall work system" in (a.identity, b.identity):
            continue
        if frameworks.same_parts(parts[i], parts[j]):
            yield a, b, "same list of parts", 0.9
        if formulas[i] == formulas[j] and len(frameworks.digits(formulas[i])) > 1:
            yield a, b, f"same formula {formulas[i]}", 0.85


def _candidates(parts: Sequence[frameworks.Parts], formulas: Sequence[str]) -> set[tuple[int, int]]:
    """Systems that share a formula or a listed part: no others can be one."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for at, (own, formula) in enumerate(zip(parts, formulas, strict=True)):
        for mark in {*own.all, *([f"formula {formula}"] if formula else [])}:
            sharing[mark].append(at)
    return {pair for group in sharing.values() for pair in combinations(group, 2)}
