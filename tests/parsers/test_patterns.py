"""No pattern of the reader backtracks badly: its own words, repeated, cost time by their number."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

import pytest

import parsers

REPEATED = (6, 10, 14, 18, 22)
"""Exponential work shows at ten or twenty words; the steps are small so that it is stopped in time."""
TOO_LONG = 0.02
"""Seconds: a hundred times what any pattern takes for so few words."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern for text that a module of the reader compiles when it is loaded."""
    for module in sorted(m.name for m in pkgutil.walk_packages(parsers.__path__, "parsers.")):
        for name, value in sorted(vars(importlib.import_module(module)).items()):
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module}.{name}", value


def words(pattern: re.Pattern[str]) -> set[str]:
    """What a pattern can eat: its literal runs, one member of each set, and both ends of each alternative."""
    found: set[str] = set()

    def walk(items: Any) -> None:
        run = ""
        for kind, value in items:
            if str(kind) == "LITERAL":
                run += chr(value)
                continue
            found.add(run)
            run = ""
            if str(kind) == "IN":
                found.update(chr(v) for k, v in value[:2] if str(k) == "LITERAL")
                found.update(chr(v[0]) for k, v in value[:2] if str(k) == "RANGE")
            for part in value if isinstance(value, tuple | list) else (value,):
                if isinstance(part, grammar.SubPattern):
                    walk(part)
                elif isinstance(part, list):
                    for branch in part:
                        if isinstance(branch, grammar.SubPattern):
                            walk(branch)
        found.add(run)

    walk(grammar.parse(pattern.pattern, pattern.flags))
    return {word for word in found if word}


def explodes(pattern: re.Pattern[str], word: str) -> bool:
    """Whether time runs away with the number of repeated words behind which nothing fits."""
    for count in REPEATED:
        text = word * count + "\x01"
        times = []
        for _ in range(3):  # a slow moment of the machine is measured again
            begins = time.thread_time()
            pattern.search(text)
            times.append(time.thread_time() - begins)
            if times[-1] < TOO_LONG:
                break
        if min(times) >= TOO_LONG:
            return True
    return False


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*found, id=found[0]) for found in patterns()])
def test_repeated_words_do_not_run_away(name: str, pattern: re.Pattern[str]) -> None:
    found = sorted(words(pattern))
    pumped = [*found, *(a + b for a, b in pairwise(found))]
    assert not [word for word in pumped if explodes(pattern, word)]


def test_a_pattern_that_runs_away_is_noticed() -> None:
    assert explodes(re.compile("(?:超过|超|过)+$"), "超过")
    assert not explodes(re.compile("(?:超过|超|过)++$"), "超过")
