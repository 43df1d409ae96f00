"""Parts of a memory on their way to where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class Written(Mapping[str, str]):
    """Parts by name, each put into words when it is asked for: all at once their words take more room than
    what they are made from."""

    def __init__(self) -> None:
        self._words: dict[str, Callable[[], str]] = {}

    def add(self, name: str, words: Callable[[], str]) -> None:
        """A part. words: called each time it is asked for."""
        self._words[name] = words

    def __getitem__(self, name: str) -> str:
        return self._words[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
