"""The dictionary of indicators: one canonical name for what reports call by many.

It is open: what it does not know keeps the words the text prints. Aliases are data (data/indicators.yml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from parsers.statement import Base
from parsers.units import LOADER


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured quantity known by name; base is what a bare figure of it means."""

    name: str
    dimension: str
    base: Base


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Indicators by alias, and one pattern that finds the longest alias at any place."""

    by_alias: dict[str, Indicator]
    pattern: re.Pattern[str]

    def find(self, text: str) -> tuple[Indicator, int, int] | None:
        """The indicator named last in `text`, with its place; None where none is named."""
        named = list(self.pattern.finditer(text))
        if not named:
            return None
        return self.by_alias[named[-1].group()], named[-1].start(), named[-1].end()


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, sharing first characters (fast where words are many)."""
    by_head: dict[str, list[str]] = {}
    for word in words:
        by_head.setdefault(word[0], []).append(word[1:])
    branches = []
    for head, tails in sorted(by_head.items()):
        ordered = sorted(set(tails), key=lambda tail: (-len(tail), tail))
        branches.append(re.escape(head) + "(?:" + "|".join(re.escape(tail) for tail in ordered) + ")")
    return "(?:" + "|".join(branches) + ")"


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The indicator dictionary, read once."""
    raw = yaml.load(
        (resources.files("parsers") / "data" / "indicators.yml").read_text("utf-8"), Loader=LOADER
    )
    by_alias: dict[str, Indicator] = {}
    for name, entry in raw.items():
        indicator = Indicator(name, entry["dimension"], entry["base"])
        for alias in (name, *entry["aliases"]):
            if by_alias.setdefault(alias, indicator) is not indicator:
                raise ValueError(f"indicators.yml: {alias} stands for two indicators")
    return Dictionary(by_alias, re.compile(one_of(by_alias)))
