"""How alike two promised things are by their words: IDF-weighted character 1-2-grams, cosine.

Near pairs are found through an index of the rarest grams only: a pair of unit vectors can reach the
threshold only if they share a gram outside the tails whose weight stays below it (prefix filter), so
nothing is missed and common grams are never looked up.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import repeat
from operator import neg

from tracking.grams import Vector, cosine, vector, weights

SURE = 0.7
UNSURE = 0.5
ROUNDING = 1e-9


def similarity(left: str, right: str) -> float:
    """Cosine of two normalised heads, 0..1."""
    return 1.0 if left == right else cosine(vector(left), vector(right))


def prefix(own: Vector, threshold: float) -> list[str]:
    """The grams that any vector reaching the threshold must share at least one of, rarest first.

    All vectors are cut in one order: the first gram that two of them share is then in both prefixes, or
    what they share lies in a tail too light to reach the threshold.
    """
    return [gram for gram, _ in cut(own, threshold)]


Cut = list[tuple[str, float]]


def cut(own: Vector, threshold: float) -> Cut:
    """The prefix, each gram with the square of the length of what begins with it."""
    table = weights()
    rare = table[""]
    ordered = sorted(zip(map(neg, map(table.get, own, repeat(rare))), own, strict=True))
    rest = 1.0
    kept = []
    for _, gram in ordered:
        if rest <= 0 or math.sqrt(rest) < threshold:
            break
        weight = own[gram]
        kept.append((gram, rest))
        rest -= weight * weight
    return kept


def near_pairs(
    heads: Iterable[str],
    wanted: Collection[str],
    threshold: float = UNSURE,
    cutting: Callable[[str, Cut], object] = lambda head, own: None,
) -> Iterator[tuple[str, str, float]]:
    """Pairs of different heads with a cosine of at least `threshold`, each once, the smaller first.

    wanted: at least one head of a pair is of these. cutting: is told the prefix of each.
    """
    index: dict[str, list[tuple[float, str]]] = defaultdict(list)
    least = threshold * threshold - ROUNDING
    for head in sorted(set(heads)):
        own = vector(head)
        tried: set[str] = set()
        needed = head not in wanted
        prefixed = cut(own, threshold)
        cutting(head, prefixed)
        for gram, rest in prefixed:
            for minus, other in index[gram]:
                # What two share begins, on both sides, with the first gram that both have.
                if rest * -minus < least:
                    break
                if other in tried or (needed and other not in wanted):
                    continue
                tried.add(other)
                score = cosine(own, vector(other))
                if score >= threshold:
                    yield other, head, score
            insort(index[gram], (-rest, head))
