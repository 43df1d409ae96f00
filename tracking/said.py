"""What is said in a year, clause by clause, as it is compared with what was promised the year before.

Of each clause: its words without deeds and fillers, the particular pairs of characters in them, the things
and amounts that it names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import repeat
from operator import add

from tracking.at_hand import at_hand
from tracking.candidates import grams, things_of
from tracking.grams import weights
from tracking.guises import Guise, guise_of
from tracking.mentions import BY_ID, Mention
from tracking.terms import head, measure_of, normal

PARTICULAR = 3.5
"""Weight from which on a pair of characters is looked for."""
RARE = 2
"""Statements of a text that may hold a pair of characters which still points at one thing."""
FULL = 60
"""Statements of a text from which on it tells what is rare in it: in a short one most words are, and only
what is rare anywhere counts in full."""
AROUND = 40
"""Characters before and behind a statement that are compared."""
LEAST = 12.0
"""Weight that the particular pairs of two clauses must have in common to be looked at."""
LOOKED_AT = 4
"""Statements of a year that a promise is compared with."""
_PIECE = re.compile("[对在将以把从向按由为]|其中|用于")
_OWN = re.compile(r"(?:\w族)*(?:自治[区州县]|[省市区县州盟旗])$")


@dataclass(frozen=True, slots=True)
class Side:
    """What a mention is about, what its clause says, and its amounts."""

    guise: Guise
    things: tuple[str, ...]
    said: frozenset[str]
    amounts: frozenset[tuple[str, Decimal]]


class Clause:
    """A statement as it is compared: its words, what is left of them without deeds and fillers, and the
    particular pairs of characters in that."""

    __slots__ = ("_around", "_side", "mention", "telling", "text", "words")

    def __init__(self, mention: Mention) -> None:
        self.mention = mention
        self.words = words_of(mention)
        self.text = head(self.words)
        self.telling = _telling(self.text)
        self._side: Side | None = None
        self._around: tuple[str, str] | None = None

    @property
    def side(self) -> Side:
        """What the mention is about."""
        if self._side is None:
            self._side = _side(self.mention, self.words)
        return self._side

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and behind it."""
        if self._around is None:
            self._around = _around(self.mention)
        return self._around


class Said:
    """What is said in a year, found by the particular pairs of characters in it."""

    def __init__(self, mentions: Iterable[Mention], seen: Said | None = None) -> None:
        """seen: what some of these were looked at in already, as what tells of the year before."""
        known = seen.known if seen else {}
        speaking = sorted((m for m in mentions if speaks(m)), key=BY_ID)
        self.told = [known.get(m.id) or Clause(m) for m in speaking]
        self.mentions = speaking

    @cached_property
    def known(self) -> dict[tuple[str, str], Clause]:
        """By id of a mention what it says."""
        return {one.mention.id: one for one in self.told}

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where a particular pair of characters stands."""
        index: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.told):
            for pair in one.telling:
                index[pair].append(at)
        return index

    @cached_property
    def common(self) -> dict[str, set[str]]:
        """By text the pairs of characters that more than `RARE` of its statements hold."""
        # Of one stretch of text several things may be told; it holds a pair once.
        stretches: dict[tuple[str, int], dict[str, float]] = {}
        for one in self.told:
            place = one.mention.version.sha256, one.mention.spans[0][0]
            known = stretches.get(place)
            stretches[place] = one.telling if known is None else {**known, **one.telling}
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for (sha, _), pairs in stretches.items():
            counted[sha].update(pairs.keys())
        return {sha: {pair for pair, n in own.items() if n > RARE} for sha, own in counted.items()}

    @cached_property
    def sized(self) -> dict[str, float]:
        """By text how far it tells what is rare in it, 0..1."""
        counted = Counter(mention.version.sha256 for mention in self.mentions)
        return {sha: min(1.0, count / FULL) for sha, count in counted.items()}

    def near(self, clause: Clause) -> list[int]:
        """The statements that share most with a clause, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        index = self.index
        for pair, weight in clause.telling.items():
            for at in index.get(pair, ()):
                shared[at] += weight
        enough = [(-weight, at) for at, weight in shared.items() if weight >= LEAST]
        return [at for _, at in sorted(enough)[:LOOKED_AT]]


def speaks(mention: Mention) -> bool:
    """A statement that says what is done with a thing; a piece of a sentence does not, nor does a system."""
    statement = mention.statement
    return mention.framework is None and not statement.absent and not _PIECE.match(statement.text)


def clause_of(mention: Mention) -> str:
    """What a mention says, without deeds and fillers."""
    return head(words_of(mention))


def _around(mention: Mention) -> tuple[str, str]:
    text = mention.version.reading.source.text
    start, end = mention.spans[0][0], mention.spans[-1][1]
    return normal(text[max(0, start - AROUND) : start]), normal(text[end : end + AROUND])


def _side(mention: Mention, words: str) -> Side:
    """Things: particular ones only, none where it names none."""
    own = _own(mention)
    things = tuple(t for thing in things_of(mention) if len(t := thing.replace(own, "")) > 1)
    measured = ((q.value, *measure_of(q)) for q in mention.statement.quantities)
    amounts = frozenset((what, value * factor) for value, what, factor in measured)
    return Side(guise_of(mention), things, grams(words), amounts)


def _own(mention: Mention) -> str:
    return _bare(mention.version.reading.place.name)


@at_hand(64)
def _bare(place: str) -> str:
    """The name of a place without its kind, which its texts say all the time."""
    return _OWN.sub("", place)


def words_of(mention: Mention) -> str:
    """The words of a mention: all of the statement's, or the one thing of several that it is about."""
    return normal(mention.slot or mention.statement.text).replace(_own(mention), "")


def _telling(text: str) -> dict[str, float]:
    """The telling pairs of characters with their weights, in one order for all processes: sums of floats
    depend on it."""
    table = weights()
    pairs = sorted({*map(add, text, text[1:])})
    found = zip(pairs, map(table.get, pairs, repeat(table[""])), strict=True)
    return {pair: weight for pair, weight in found if weight >= PARTICULAR}
