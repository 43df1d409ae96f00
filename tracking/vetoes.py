"""What forbids a link whatever the words say, and what leaves it to a person."""

from __future__ import annotations

from collections.abc import Hashable
from operator import attrgetter

from tracking.at_hand import at_hand
from tracking.guises import Guise, is_vague
from tracking.objects import SURE, similarity
from tracking.terms import Terms

CONTEXT = 0.25
"""How alike clauses must be beside their subject, where both say something there."""
SAYS_SOMETHING = 5
"""Characters beside the subject from which on a clause does."""
APART = 4
"""Powers of √2 from which on two figures are hardly of one scope: a year and five years, new and all."""


_TERMS = attrgetter(*(name for name in Terms._fields if name not in ("name", "head")))


@at_hand(32_768)
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
        if _sum_for_a_year(left, right) or _sum_for_a_year(right, left):
            return "years"
        if a.dimensions and b.dimensions and not _shares_dimension(a.dimensions, b.dimensions):
            return "dimension"
    if (promises or a.family == "measure") and {a.stage, b.stage} == {"开工", "建成"}:
        return "stage"
    if contrasting(a.scopes, b.scopes):
        return "scope"
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return "number in the name"
    return None


def looked_at(guise: Guise) -> tuple[Hashable, ...]:
    """All of a guise that a veto depends on: what forbids one forbids whatever else looks the same."""
    return guise.result, guise.summed, _TERMS(guise.terms)


def _sum_for_a_year(told: Guise, promise: Guise) -> bool:
    """Whether one tells several years together and the other promises for one."""
    return told.summed and not promise.result and promise.terms.horizon == "year"


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
    if a.terms.family == "deed" and (is_vague(a.terms) or is_vague(b.terms) or _other_parts(a, b)):
        return min(confidence, SURE - 0.05)
    narrowed = {row for row, _ in a.terms.scopes ^ b.terms.scopes if row not in ("compass", "counted")}
    if a.terms.family != "framework" and (narrowed or bool(a.terms.numbers) != bool(b.terms.numbers)):
        return min(confidence, SURE - 0.05)
    return confidence


def doubtful(a: Guise, b: Guise) -> bool:
    """Whether the rules would leave it to a person that two guises are one thing, were their words equal."""
    return _discounted(a, b, 1.0) < SURE


def _other_parts(a: Guise, b: Guise) -> bool:
    """Whether two deeds on one project are on other parts of it: a runway, a plan."""
    if not a.terms.name or a.terms.name != b.terms.name:
        return False
    both = min(len(a.context), len(b.context)) >= SAYS_SOMETHING - 2
    return both and similarity(a.context, b.context) < CONTEXT


def over_other_years(a: Guise, b: Guise) -> bool:
    """Whether only one of two amounts is told over several years, and neither is due later than in a year."""
    return a.summed != b.summed and "long" not in (a.terms.horizon, b.terms.horizon)


def far_apart(a: Guise, b: Guise) -> bool:
    """Whether two sides give amounts of one kind, and all of them too far apart to be of one scope."""
    return apart(a, b) >= APART


def apart(a: Guise, b: Guise) -> int:
    """How far apart amounts of one kind are that two sides give, the nearest two; 0 where they give none."""
    gaps = [abs(own - other) for what, own in a.sizes for kind, other in b.sizes if what == kind]
    return min(gaps, default=0)


def shares_of_one(a: str, b: str) -> bool:
    """Whether two shares (…占…比重) may be of one thing: what comes before 占 has to be alike by itself."""
    (one, cut, _), (other, too, _) = a.partition("占"), b.partition("占")
    return not (cut and too and one and other) or similarity(one, other) >= SURE
