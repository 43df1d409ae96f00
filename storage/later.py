"""Texts and statements that are brought from the store when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import overload

from parsers.statement import Statement
from parsers.text import SourceText


class LaterText(SourceText):
    """A source text whose characters are brought at the first look."""

    def __init__(self, bring: Callable[[], str], encoding: str, decided_by: str, media: str) -> None:
        for name, value in (("encoding", encoding), ("decided_by", decided_by), ("media", media)):
            object.__setattr__(self, name, value)
        self.__dict__["_bring"] = bring

    @cached_property
    def text(self) -> str:
        """The text."""
        found: str = self.__dict__["_bring"]()
        return found


class LaterStatements(Sequence[Statement]):
    """The statements of a reading, brought at the first look; how many they are is known before."""

    def __init__(
        self,
        count: int,
        bring: Callable[[], tuple[Statement, ...]],
        outline: Callable[[], list[tuple[int, str]]],
    ) -> None:
        """outline: brings where the statements begin, and their kinds."""
        self._count, self._bring, self._outline = count, bring, outline

    @cached_property
    def outline(self) -> list[tuple[int, str]]:
        """Where the statements begin, and their kinds."""
        return self._outline()

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return self._bring()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._statements)

    @overload
    def __getitem__(self, at: int) -> Statement: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Statement]: ...
    def __getitem__(self, at: int | slice) -> Statement | Sequence[Statement]:
        return self._statements[at]
