"""How a clause ends, read backwards.

A search for `(?:word|…)$` tries every character of a text; matching the mirrored words against the
mirrored text looks at its end alone. The patterns made here are for text[::-1].
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.indicators import one_of


def ending(words: Iterable[str], tails: str, between: str = "") -> re.Pattern[str]:
    """A pattern for one of `words` at the end of a text, with what may stand behind it.

    tails: the pattern of what follows, between: of what stands between the two, both already mirrored.

    >>> bool(ending(["园"], mirrored(["建设", "项目"])).match("云湖科技园建设"[::-1]))
    True
    >>> bool(ending(["园"], mirrored(["建设", "项目"])).match("云湖科技园很大"[::-1]))
    False
    """
    return re.compile(tails + between + mirrored(words))


def mirrored(words: Iterable[str]) -> str:
    """A pattern for any of the words, each read backwards."""
    return one_of(word[::-1] for word in words)
