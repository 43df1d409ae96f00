"""Several processes that write into one ledger at once."""

from __future__ import annotations

import pytest

ROUNDS = 30


@pytest.mark.soak
def test_overlapping_batches_by_two_processes_give_what_one_would(
    new_ledger, texts, said, chance, proof, tell
) -> None:
    alone = new_ledger()
    texts.run(alone)
    expected = proof.holds(alone)
    for _ in range(proof.times(ROUNDS)):
        url = new_ledger()
        shuffled = chance.sample(texts.inputs, len(texts.inputs))
        third = len(shuffled) // 3
        children = [texts.start(url, some) for some in (shuffled[: 2 * third], shuffled[third:])]
        assert [proof.ended(child) for child in children] == [0, 0], said.read_text(encoding="utf-8")
        assert proof.holds(url) == expected
    tell(f"{proof.times(ROUNDS)} ledgers written by two processes at once")
