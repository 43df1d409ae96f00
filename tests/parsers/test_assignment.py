"""Heads and tails that compete are given out with the greatest total, each once, never in a circle."""

from __future__ import annotations

import time
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from parsers.assignment import assign

SCORES = st.dictionaries(
    st.integers(0, 5),
    st.dictionaries(st.integers(6, 11), st.floats(1.5, 9, allow_nan=False), min_size=1),
    max_size=5,
)


def test_the_total_counts_and_not_the_first_best_pair() -> None:
    assert assign({0: {10: 5.0, 11: 4.8}, 1: {10: 4.9}}) == {0: 11, 1: 10}


def test_a_tail_is_given_once() -> None:
    assert assign({0: {9: 3.0}, 1: {9: 4.0}}) == {1: 9}


def test_fragments_never_continue_each_other_in_a_circle() -> None:
    assert assign({0: {1: 3.0}, 1: {0: 3.0}}) == {}


def test_many_heads_are_served_in_turn() -> None:
    crowd = {head: {100: float(head), 100 + head: 1.5} for head in range(1, 30)}
    chosen = assign(crowd)
    assert chosen[29] == 100 and chosen[1] == 101


@given(SCORES)
def test_no_other_choice_is_better(scored: dict[int, dict[int, float]]) -> None:
    chosen = assign(scored)
    assert len(set(chosen.values())) == len(chosen)
    total = sum(scored[h][t] for h, t in chosen.items())
    for order in permutations(scored):
        used: set[int] = set()
        greedy = 0.0
        for head in order:
            free = [(s, t) for t, s in scored[head].items() if t not in used]
            if free:
                score, tail = max(free)
                used.add(tail)
                greedy += score
        assert total >= greedy - 1e-9


def test_many_heads_that_compete_for_many_tails_are_dealt_with_at_once() -> None:
    scored = {head: {tail: 1.0 + (head * 7 + tail * 3) % 5 for tail in range(100, 111)} for head in range(11)}
    begins = time.thread_time()
    chosen = assign(scored)
    assert time.thread_time() - begins < 0.2
    assert len(set(chosen.values())) == len(chosen) == 11
