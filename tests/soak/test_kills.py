"""Runs killed at random moments, and run again: as if nothing had happened."""

from __future__ import annotations

import time

import pytest

KILLS = 200
A_LEDGER = 4
"""Times that one ledger's runs are killed before one is let through."""


@pytest.mark.soak
def test_a_killed_run_loses_nothing_and_doubles_nothing(new_ledger, texts, said, chance, proof, tell) -> None:
    undisturbed = new_ledger()
    texts.run(undisturbed)  # in this process, so that those forked from it have the word lists at hand
    expected = proof.holds(undisturbed)
    started = time.monotonic()
    assert proof.ended(texts.start(new_ledger())) == 0
    whole = time.monotonic() - started
    killed = let_through = 0
    for _ in range(10 * KILLS):
        if killed >= proof.times(KILLS):
            break
        url = new_ledger()
        for _ in range(A_LEDGER):
            if proof.kill_after(texts.start(url), chance.uniform(0, whole)):
                killed += 1
            else:
                let_through += 1
        assert proof.ended(texts.start(url)) == 0, said.read_text(encoding="utf-8")
        assert proof.holds(url) == expected
    assert killed >= proof.times(KILLS)
    tell(f"{killed} runs killed at random moments, {let_through} had ended before")
