"""Pairwise links between mentions: why two of them speak of the same promised thing, and how surely.

A link is proposed by an identity (indicator, name, formula, equal words) or by similar words; a veto
forbids it whatever the words say. Only sure links join; unsure ones are for a person to decide.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TypeVar

from tracking import frameworks
from tracking.mentions import Mention
from tracking.objects import SURE, UNSURE, near_pairs, similarity
from tracking.terms import Terms, head, measure_of, uncompassed, words

T = TypeVar("T")

EQUAL = 0.95
CONTEXT = 0.25
"""How alike clauses must be beside their subject, where both say something there."""
SAYS_SOMETHING = 5
"""Characters beside the subject from which on a clause does."""
VAGUE = 3
"""A subject of fewer characters says too little to link by."""
BEFORE = 40
"""Characters before a vague subject that tell what it is about."""
APART = 4
"""Powers of √2 from which on two figures are hardly of one scope: a year and five years, new and all."""
_SUMMED = re.compile(
    r"(?:过去|[这近])?(?<![十\d])(?:[三四五3-5]|[二三四五六]十|[2-6]0)年(?:来|间|累计|共|奋斗|历程|发展)[^。]*累计|"
    r"(?<![十\d])[三四五3-5]年(?:间|累计|共)|(?:[二三四五六]十|[2-6]0)年(?:来|奋斗|历程)"
)
_PLAN = re.compile(r"(?:第?\d+个)?5年(?:计划|规划)|十[一二三四五]五(?:规划|计划)?")
_AMOUNT = re.compile(r"[\d.,%％]+|[一二三四五六七八九十百千万亿]{2,}")
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


@dataclass(frozen=True, slots=True)
class Guise:
    """All that decides whether mentions may be linked; mentions of one guise always belong together."""

    result: bool
    identity: str
    terms: Terms
    context: str = ""
    """The words around an amount that no known indicator names: a vague subject alone links nothing."""
    summed: bool = False
    """A result told over several years (五年累计…) or many (40年): none of a promise for one year."""
    size: tuple[str, int] | None = None
    """What its first amount measures and how large it is, in powers of √2; None for shares and rates."""


def guise_of(mention: Mention) -> Guise:
    """The guise of a mention: its terms and what identifies it."""
    measured = mention.terms.family == "measure" and not mention.statement.absent
    unknown = measured and not mention.terms.indicator
    context = _around(mention) if unknown or (not measured and is_vague(mention.terms)) else ""
    size = _size(mention) if measured else None
    result = mention.role == "result"
    summed = result and measured and bool(_SUMMED.search(_leading(mention) + mention.statement.text))
    return Guise(result, identity_of(mention), mention.terms, context, summed, size)


def _leading(mention: Mention) -> str:
    """What stands before a mention's own words in its sentence, as far as it bears on them."""
    source, start = mention.version.reading.source.text, mention.spans[0][0]
    low = max(source.rfind(mark, 0, start) for mark in "。；\n") + 1
    return source[max(low, start - BEFORE) : start]


def is_vague(terms: Terms) -> bool:
    """A subject that says too little to link by: two characters, a sum of money, a plan's name."""
    if terms.family == "framework" or terms.indicator or (terms.family == "deed" and terms.name):
        return bool(_PLAN.fullmatch(terms.name))
    return len(terms.head) < VAGUE or terms.head in words()["vague"] or bool(_PLAN.fullmatch(terms.head))


def _around(mention: Mention) -> str:
    """What a clause says beside its subject and amounts; of a vague one also what stands before it in its
    sentence (实施水利项目86个，完成投资120亿元)."""
    letters = set(mention.terms.head)
    clause = mention.statement.text
    if is_vague(mention.terms):
        clause = _leading(mention) + clause
    said = head(_AMOUNT.sub("", clause))
    return "".join(letter for letter in said if letter not in letters)


def _size(mention: Mention) -> tuple[str, int] | None:
    """Of the first amount: what it measures, and its size in powers of √2 of one unit for all."""
    amount = next(iter(mention.statement.quantities), None)
    if amount is None or amount.value <= 0:
        return None
    dimension, factor = measure_of(amount)
    if dimension in ("ratio", "rank"):
        return None
    return dimension, round(2 * math.log2(float(amount.value * factor)))


def identity_of(mention: Mention) -> str:
    """What the thing is called: the system's lineage or core name, the indicator, the project, the words."""
    if mention.framework is not None:
        if frameworks.is_overall(mention.framework, mention.statement) and not mention.slot:
            return "overall work system"
        if frameworks.is_theme(mention.framework):
            return "theme of the year"
        return frameworks.core(mention.terms.name)
    terms = mention.terms
    return terms.indicator or terms.name or terms.head


@lru_cache(maxsize=32_768)
def veto(left: Guise, right: Guise) -> str | None:
    """Why two guises can never be one thing, or None. Symmetric."""
    a, b = left.terms, right.terms
    promises = not (left.result or right.result)
    if a.family != b.family:
        return "kind"
    if a.indicator and b.indicator and a.indicator != b.indicator:
        return "indicator"
    if a.family == "measure":
        if promises and a.horizon != b.horizon:
            return "horizon"
        if (a.base == "growth") != (b.base == "growth"):
            return "base"
        if promises and {a.base, b.base} >= {"cumulative", "flow"}:
            return "base"
        if a.dimensions and b.dimensions and not _shares_dimension(a.dimensions, b.dimensions):
            return "dimension"
    if (promises or a.family == "measure") and {a.stage, b.stage} == {"开工", "建成"}:
        return "stage"
    if contrasting(a.scopes, b.scopes):
        return "scope"
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return "number in the name"
    return None


def contrasting(a: frozenset[tuple[str, str]], b: frozenset[tuple[str, str]]) -> bool:
    """Whether two subjects narrow one thing by words of which they share none (城镇 and 农村).

    A subject may name several words of one contrast (中小学和幼儿园): one in common is enough.
    """
    rows = {row for row, _ in a} & {row for row, _ in b}
    shared = {row for row, _ in a & b}
    return bool(rows - shared)


def _shares_dimension(a: frozenset[str], b: frozenset[str]) -> bool:
    """个 stands for any counter of things (18个学校, 18所学校); people, money and areas stay apart."""
    if a & b:
        return True
    counts_a, counts_b = ({d for d in dims if d.startswith("count")} for dims in (a, b))
    return ("count:个" in counts_a and bool(counts_b)) or ("count:个" in counts_b and bool(counts_a))


def propose(mentions: Sequence[Mention], alike: float = SURE) -> Iterator[Link]:
    """Links between distinct guises without vetoed ones; the order of mentions does not matter.

    alike: how alike words must be to be proposed: `SURE` for what joins, `UNSURE` for a review queue.
    """
    first: dict[Guise, Mention] = {}
    for mention in mentions:
        guise = guise_of(mention)
        if guise not in first or mention.id < first[guise].id:
            first[guise] = mention
    proposed: dict[tuple[tuple[str, str], tuple[str, str]], Link] = {}
    for a, b, why, confidence in (*_identical(first), *_alike(first, alike), *systems_alike(first)):
        confidence = trusted(a, b, confidence)
        if confidence < UNSURE:
            continue
        left, right = sorted((first[a].id, first[b].id))
        known = proposed.get((left, right))
        if known is None or (known.confidence, known.why) < (confidence, why):
            proposed[left, right] = Link(left, right, why, confidence)
    return iter(proposed[pair] for pair in sorted(proposed))


def trusted(a: Guise, b: Guise, confidence: float) -> float:
    """How surely two guises are one thing, given how alike they are; 0 where they never can be."""
    return 0.0 if veto(a, b) is not None else _discounted(a, b, confidence)


def _discounted(a: Guise, b: Guise, confidence: float) -> float:
    """What only one side says (a scope, a phase) leaves the link to a person, and so do figures too far
    apart or told over other years, shares of other things, and subjects that say too little."""
    if far_apart(a, b) or over_other_years(a, b) or not shares_of_one(a.terms.head, b.terms.head):
        return min(confidence, SURE - 0.05)
    if a.terms.indicator and a.terms.indicator == b.terms.indicator and a.terms.head == b.terms.head:
        return confidence
    if a.terms.family == "measure" and not (a.terms.indicator or b.terms.indicator):
        vague = is_vague(a.terms) or is_vague(b.terms)
        both = min(len(a.context), len(b.context)) >= SAYS_SOMETHING
        if vague or (both and similarity(a.context, b.context) < CONTEXT):
            return min(confidence, SURE - 0.05)
    if a.terms.family == "deed" and (is_vague(a.terms) or is_vague(b.terms)):
        return min(confidence, SURE - 0.05)
    narrowed = {row for row, _ in a.terms.scopes ^ b.terms.scopes if row not in ("compass", "counted")}
    if a.terms.family != "framework" and (narrowed or bool(a.terms.numbers) != bool(b.terms.numbers)):
        return min(confidence, SURE - 0.05)
    return confidence


def over_other_years(a: Guise, b: Guise) -> bool:
    """Whether only one of two amounts is told over several years, and neither is due later than in a year."""
    return a.summed != b.summed and "long" not in (a.terms.horizon, b.terms.horizon)


def far_apart(a: Guise, b: Guise) -> bool:
    """Whether two amounts of one kind are too far apart to be of one scope."""
    if a.size is None or b.size is None or a.size[0] != b.size[0]:
        return False
    return abs(a.size[1] - b.size[1]) >= APART


def shares_of_one(a: str, b: str) -> bool:
    """Whether two shares (…占…比重) may be of one thing: what comes before 占 has to be alike by itself."""
    (one, cut, _), (other, too, _) = a.partition("占"), b.partition("占")
    return not (cut and too and one and other) or similarity(one, other) >= SURE


def _ordered(guises: Sequence[Guise], first: dict[Guise, Mention]) -> list[Guise]:
    return sorted(guises, key=lambda g: (first[g].said, first[g].id))


def _identical(first: dict[Guise, Mention]) -> Iterator[tuple[Guise, Guise, str, float]]:
    buckets: dict[tuple[str, str], list[Guise]] = defaultdict(list)
    for guise in first:
        buckets[guise.terms.family, guise.identity].append(guise)
        if guise.terms.indicator and guise.terms.head != guise.identity:
            buckets[guise.terms.family, guise.terms.head].append(guise)
    for (family, identity), guises in sorted(buckets.items()):
        ordered = _ordered(guises, first)
        for a, b in compared(ordered):
            yield a, b, why_same(family, identity), EQUAL


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
            for a in _ordered(by_head[x], first)[:BUCKET]:
                for b in _ordered(by_head[y], first)[:BUCKET]:
                    if a.result and b.result:
                        continue
                    yield a, b, f"similar words: {x} ~ {y}", likeness(a.terms, b.terms, score)


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
    """Systems under other names: the same list of parts, or the same multi-digit formula and like names."""
    guises = _ordered([g for g in first if g.terms.family == "framework"], first)
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
