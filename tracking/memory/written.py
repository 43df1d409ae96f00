"""Parts of a memory on their way to where they are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

BYTES = ("utf-8", "surrogatepass")
"""How words are written: a text may hold half a pair."""


def written_out(value: Any) -> bytes:
    """As JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(*BYTES)


class Written(Mapping[str, bytes]):
    """Parts by name, each put into words when it is asked for: all at once their words take more room than
    what they are made from."""

    def __init__(self) -> None:
        self._words: dict[str, Callable[[], bytes]] = {}

    def add(self, name: str, words: Callable[[], bytes]) -> None:
        """A part. words: called each time it is asked for."""
        self._words[name] = words

    def __getitem__(self, name: str) -> bytes:
        return self._words[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
