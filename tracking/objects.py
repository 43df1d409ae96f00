"""How alike two promised things are by their words: IDF-weighted character 1-2-grams, cosine.

Near pairs are found through an index of the rarest grams only: a pair of unit vectors can reach the
threshold only if they share a gram outside the tails whose weight stays below it (prefix filter), so
nothing is missed and common grams are never looked up.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from tracking.grams import Vector, cosine, vector, weights

SURE = 0.7
UNSURE = 0.5


def similarity(left: str, right: str) -> float:
    """Cosine of two normalised heads, 0..1."""
    return 1.0 if left == right else cosine(vector(left), vector(right))


def prefix(own: Vector, threshold: float) -> list[str]:
    """The grams that any vector reaching the threshold must share at least one of, rarest first.

    All vectors are cut in one order: the first gram that two of them share is then in both prefixes, or
    what they share lies in a tail too light to reach the threshold.
    """
    table = weights()
    rare = table[""]
    ordered = sorted(own.items(), key=lambda item: (-table.get(item[0], rare), item[0]))
    rest = 1.0
    kept = []
    for gram, weight in ordered:
        if rest <= 0 or math.sqrt(max(rest, 0.0)) < threshold:
            break
        kept.append(gram)
        rest -= weight * weight
    return kept


def near_pairs(
    heads: Iterable[str], wanted: Collection[str], threshold: float = UNSURE
) -> Iterator[tuple[str, str, float]]:
    """Pairs of different heads with a cosine of at least `threshold`, each once, in sorted order.

    wanted: at least one head of a pair is of these.
    """
    index: dict[str, list[str]] = defaultdict(list)
    for head in sorted(set(heads)):
        own = vector(head)
        tried: set[str] = set()
        needed = head not in wanted
        for gram in prefix(own, threshold):
            for other in index[gram]:
                if other in tried or (needed and other not in wanted):
                    continue
                tried.add(other)
                score = cosine(own, vector(other))
                if score >= threshold:
                    yield other, head, score
            index[gram].append(head)
