"""What looking into whole texts came to, remembered by the two texts it was about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from tracking.answers import Answers
from tracking.mentions import Mention
from tracking.model import Version

T = TypeVar("T")
ByTexts = dict[str, dict[str, Any]]
"""Tokens of two texts, then questions, each with its answer."""


class Answered(Answers):
    """Answers that are remembered. tokens: of texts by hash, with all that decides how they are read."""

    def __init__(self, known: ByTexts, tokens: Mapping[str, str]) -> None:
        self.known = known
        self.tokens = tokens
        self._own: set[str] = set()

    def once(self, question: str, mention: Mention, text: Version, ask: Callable[[], T], of: str = "") -> T:
        """As of `Answers`: asked where nothing is remembered."""
        pair = f"{self.tokens[mention.version.sha256]}|{self.tokens[text.sha256]}"
        about = self.known.get(pair, {})
        name = f"{question} {mention.id[0][:24]}#{mention.id[1]} {of}"
        if name not in about:
            if pair not in self._own:  # what was remembered stays as it is (`tracking.memory.tables`)
                self._own.add(pair)
                about = self.known[pair] = dict(about)
            about[name] = ask()
        answer: T = about[name]
        return answer

    def current(self) -> ByTexts:
        """Those of which both texts are still as they were."""
        tokens = {*self.tokens.values()}
        return {pair: about for pair, about in self.known.items() if tokens.issuperset(pair.split("|"))}
