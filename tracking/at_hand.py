"""What was worked out for a word or a clause, at hand while one place is concluded and no longer.

The next place has words of its own. Kept on, the answers for all places held 30 MB a process, and each of
them a piece of memory that could else be given back whole.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

T = TypeVar("T")
_HELD: list[_lru_cache_wrapper[object]] = []


def at_hand(maxsize: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Remember the last `maxsize` answers of a function until the place is done."""

    def remembering(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        held = lru_cache(maxsize=maxsize)(function)
        _HELD.append(held)
        return held

    return remembering


def let_go() -> None:
    """Forget the answers: the place is done."""
    for held in _HELD:
        held.cache_clear()
