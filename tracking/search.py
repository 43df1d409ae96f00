"""Looking for a promised thing in a whole later text, before anybody says that the text is silent.

Sentences are compared in normal spelling. A thing is *found* where a sentence holds its words, or most of
them by weight; *near* where it holds half. Both keep anyone from concluding more than that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from parsers.statement import Span
from tracking.grams import weights
from tracking.model import Version
from tracking.terms import normal

FOUND = 0.75
NEAR = 0.5
FAR = 0.3
"""Share below which a sentence has no more in common with a thing than any other."""
RARE = 7.0
"""Weight from which on a single character is particular."""
PARTICULAR = 2
"""Pairs of characters of a thing that are most its own."""
SHOWN = 3
"""Passages that are kept of a search."""
MOST_GRAMS = 40
_APART = "\0"
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the text and how much of what was looked for it holds, 0..1."""

    span: Span
    share: float


class Searchable:
    """A text prepared for searching; the work is done at the first search."""

    def __init__(self, text: str, spelt: Callable[[str], str] = normal.__wrapped__) -> None:
        """spelt: the spelling in which sentences and what is looked for are compared."""
        self.text = text
        self._spelt = spelt
        self._known: dict[str, list[int]] = {}

    @cached_property
    def sentences(self) -> list[tuple[Span, str]]:
        """The sentences with their places, in normal spelling."""
        places = [match.span() for match in _SENTENCE.finditer(self.text)]
        told = [self.text[start:end] for start, end in places]
        if told and self._spelt is normal.__wrapped__ and _APART not in self.text:
            # No spelling reaches over this mark: all of them at once take half as long.
            spelt = self._spelt(_APART.join(told)).split(_APART)
        else:
            spelt = [*map(self._spelt, told)]
        return [(span, words) for span, words in zip(places, spelt, strict=True) if words]

    def nearest(self, terms: Iterable[str]) -> list[Passage]:
        """The sentences that hold most of any of the terms, best first, at most `SHOWN`.

        terms: in normal spelling.
        """
        best: dict[int, float] = {}
        for term in map(self._spelt, terms):
            for sentence, share in self._shares(term).items():
                if share > best.get(sentence, 0.0):
                    best[sentence] = share
        ordered = sorted(best.items(), key=lambda item: (-round(item[1], 4), item[0]))[:SHOWN]
        return [Passage(self.sentences[at][0], round(share, 2)) for at, share in ordered]

    def holding(self, terms: Iterable[str]) -> list[tuple[Span, str]]:
        """The sentences that hold any of the terms word for word, in order."""
        wanted = {self._spelt(term) for term in terms if term}
        if "" in wanted:
            return list(self.sentences)
        found = {sentence for term in wanted for sentence in self._with(term)}
        return [self.sentences[at] for at in sorted(found)]

    def _shares(self, term: str) -> dict[int, float]:
        """By sentence the share, by weight, of the term's character pairs that it holds."""
        table = weights()
        rare = table[""]
        pairs = sorted({term[i : i + 2] for i in range(len(term) - 1)})[:MOST_GRAMS] or [term]
        heft = {pair: table.get(pair, rare) for pair in pairs}
        total = sum(heft.values())
        if not total:
            return {}
        held: dict[int, float] = defaultdict(float)
        for pair, weight in heft.items():
            for sentence in self._with(pair):
                held[sentence] += weight
        return {sentence: weight / total for sentence, weight in held.items()}

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        starts, at = [], 0
        for _, words in self.sentences:
            starts.append(at)
            at += len(words) + 1
        return "\n".join(words for _, words in self.sentences), starts

    def _with(self, pair: str) -> list[int]:
        """The sentences that hold a few characters side by side; a text is searched for few of all pairs, so
        looking each up in the text is cheaper than an index of all (1 ms against 20)."""
        if pair not in self._known:
            whole, starts = self._joined
            found: list[int] = []
            at = whole.find(pair)
            while at >= 0:
                sentence = bisect_right(starts, at) - 1
                found.append(sentence)
                following = starts[sentence + 1] if sentence + 1 < len(starts) else len(whole)
                at = whole.find(pair, following)
            self._known[pair] = found
        return self._known[pair]


def rarest_pairs(thing: str) -> list[str]:
    """The pairs of characters that say most of what a thing is."""
    table = weights()
    pairs = {thing[i : i + 2] for i in range(len(thing) - 1)}
    return sorted(pairs, key=lambda pair: (-table.get(pair, table[""]), pair))[:PARTICULAR]


def particular_pairs(thing: str, least: float) -> list[str]:
    """The pairs of characters of a thing that weigh at least so much, in order."""
    table = weights()
    pairs = (thing[i : i + 2] for i in range(len(thing) - 1))
    return [pair for pair in pairs if table.get(pair, table[""]) >= least]


def rarest(thing: str) -> str:
    """The one character of a thing that is so rare that any mention of it counts (厕, 畈), else ""."""
    table = weights()
    weight, letter = max((table.get(c, table[""]), c) for c in thing)
    return letter if weight >= RARE else ""


def record(version: Version, terms: Iterable[str], nearest: Iterable[Passage]) -> dict[str, Any]:
    """What was looked for in a text and the nearest passages, as it is kept with an entry."""
    return {
        "terms": list(terms),
        "nearest": [{"sha256": version.sha256, "start": p.span[0], "end": p.span[1]} for p in nearest],
    }
