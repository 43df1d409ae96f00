"""Which heads take which tails when they compete: the choice with the greatest total score."""

from __future__ import annotations

from functools import cache
from math import prod

MANY = 500
"""From so many states of the search on, the best pairs are taken in turn; a real page has a few dozen."""


def assign(scored: dict[int, dict[int, float]]) -> dict[int, int]:
    """Head to tail with the greatest total score within each group that competes."""
    chosen: dict[int, int] = {}
    for group in _groups(scored):
        competing = {h: scored[h] for h in group}
        chosen |= _best(competing) if _states(competing) < MANY else _in_turn(competing)
    return _without_circles(chosen)


def _states(scored: dict[int, dict[int, float]]) -> int:
    """How many states the search for the best choice has at most."""
    tails = {tail for candidates in scored.values() for tail in candidates}
    return min(prod(len(candidates) + 1 for candidates in scored.values()), len(scored) << len(tails))


def _groups(scored: dict[int, dict[int, float]]) -> list[list[int]]:
    """Heads that share candidates, directly or through others."""
    owner: dict[int, int] = {}
    parent = {h: h for h in scored}

    def root(head: int) -> int:
        while parent[head] != head:
            parent[head] = parent[parent[head]]
            head = parent[head]
        return head

    for head, tails in scored.items():
        for tail in tails:
            parent[root(head)] = root(owner.setdefault(tail, head))
    groups: dict[int, list[int]] = {}
    for head in scored:
        groups.setdefault(root(head), []).append(head)
    return list(groups.values())


def _best(scored: dict[int, dict[int, float]]) -> dict[int, int]:
    order = sorted(scored)

    @cache
    def best(at: int, used: frozenset[int]) -> tuple[float, tuple[tuple[int, int], ...]]:
        if at == len(order):
            return 0.0, ()
        total, pairs = best(at + 1, used)
        for tail, score in sorted(scored[order[at]].items()):
            if tail not in used:
                rest, more = best(at + 1, used | {tail})
                if score + rest > total:
                    total, pairs = score + rest, ((order[at], tail), *more)
        return total, pairs

    return dict(best(0, frozenset())[1])


def _in_turn(scored: dict[int, dict[int, float]]) -> dict[int, int]:
    pairs = sorted((-score, abs(t - h), h, t) for h, tails in scored.items() for t, score in tails.items())
    chosen: dict[int, int] = {}
    used: set[int] = set()
    for _, _, head, tail in pairs:
        if head not in chosen and tail not in used:
            chosen[head] = tail
            used.add(tail)
    return chosen


def _without_circles(chosen: dict[int, int]) -> dict[int, int]:
    """Only what is reached from a head that continues nothing: every paragraph has one place."""
    tails = set(chosen.values())
    kept: dict[int, int] = {}
    for head in sorted(set(chosen) - tails):
        while head in chosen:
            kept[head] = chosen[head]
            head = chosen[head]
    return kept
