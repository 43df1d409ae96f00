"""What the machine is unsure of: links between threads that it proposes but does not draw by itself.

A report of a city leaves one to three hundred such links, most of which change nothing that anybody
reads. People are asked about the few that do: those that would take back an accusation, then those that
would settle whether a promise was met, then those that go on with a thread, the surest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from parsers.statement import Span
from tracking.candidates import ENOUGH, candidates
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.evidence import evidence
from tracking.links import propose
from tracking.mentions import Mention
from tracking.model import Version
from tracking.objects import UNSURE
from tracking.owners import Owner
from tracking.rulings import Ruling
from tracking.said import Said
from tracking.threads import Id, Thread, threads_of
from tracking.told import Told, told_in

HELD = 0.05
"""How much surer than the least sure a link is where one clause holds every word of the other's object."""
ASKED = -1.5
"""Evidence (`tracking.evidence`) from which on a statement of the next year is proposed for a promise."""
CLOSE = 1.5
"""How much less evidence than the best may speak for another that is proposed beside it."""
PROPOSED = 3
"""Statements of the next year that are proposed for one promise at most."""
LIKELY = 0.15
"""How much surer than the least sure a link is for which all the evidence speaks."""
MOST = 15
"""Items that the newest text of a place may leave a person with, accusations among them."""
TOUCHES, SETTLES, CONTINUES = 1.0, 0.3, 0.2

Words = tuple[str, tuple[Span, ...]]
"""A stretch of a text: hash and spans."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two statements that may be one commitment; why and how surely (0..1) the machine thinks so."""

    owner: Owner
    left: Mention
    right: Mention
    why: str
    confidence: float

    @property
    def later(self) -> int:
        """The plan year of the later of the two texts: that text raised the question."""
        return max(self.left.said, self.right.said)

    def harm(self, accused: Collection[Words]) -> float:
        """What is wrong until somebody answers. accused: words that an accusation nobody reviewed cites."""
        sides = (self.left, self.right)
        touches = any((m.version.sha256, m.spans) in accused for m in sides)
        following = abs(self.left.said - self.right.said) == 1
        figures = all(m.statement.quantities for m in sides)
        settles = following and figures and {m.role for m in sides} == {"promise", "result"}
        return TOUCHES * touches + SETTLES * settles + CONTINUES * following + self.confidence


def most_harmful(
    found: Iterable[Doubt], accused: Collection[Words], taken: Mapping[tuple[Owner, int], int]
) -> Iterator[tuple[float, Doubt]]:
    """The doubts that a person is asked about, each with its harm: no text of a place leaves more
    than `MOST` items.

    taken: items that the text of a place and plan year leaves already. What touches an accusation is always
    among them.
    """
    by_text: dict[tuple[Owner, int], list[tuple[float, Doubt]]] = defaultdict(list)
    for doubt in found:
        by_text[doubt.owner, doubt.later].append((doubt.harm(accused), doubt))
    for text, own in sorted(by_text.items(), key=lambda item: item[0]):
        room = max(0, MOST - taken.get(text, 0))
        ordered = sorted(own, key=lambda one: (-one[0], one[1].left.id, one[1].right.id))
        for place, (harm, doubt) in enumerate(ordered):
            if place < room or harm >= TOUCHES + UNSURE:
                yield harm, doubt


def doubts(versions: Sequence[Version], rulings: Sequence[Ruling] = ()) -> Iterator[Doubt]:
    """The strongest unsure link between any two threads on which nobody has ruled, surest first by place."""
    decided = Decisions({v.sha256: v for v in versions}, rulings)
    for owner, mentions in mentions_told(versions, decided):
        yield from doubts_among(owner, mentions, decided)[1]


def doubts_among(
    owner: Owner, mentions: Sequence[Mention], decided: Decisions
) -> tuple[list[Thread], list[Doubt]]:
    """The threads of one place and level's mentions, and what is doubtful between them."""
    # The unsure links hold the sure ones, and these alone join: without rulings they are proposed once.
    links = list(propose(mentions, UNSURE))
    threads = decided.threads(mentions) if decided.pairs else threads_of(mentions, links)
    home = {m.id: number for number, thread in enumerate(threads) for m in thread.mentions}
    known = {m.id: m for m in mentions}
    ruled = {frozenset((left[0], right[0])) for left, right in decided.pairs.apart}
    weak = [(k.confidence, k.left, k.right, k.why) for k in links if not k.sure]
    told = {name: one for name, one in told_in(mentions, threads).items() if not one.asked}
    weak += _proposed(mentions, threads, home, told)
    settled = {frozenset((home[name], home[one.mention.id])) for name, one in told.items()}
    found: dict[frozenset[int], Doubt] = {}
    for confidence, one, other, why in sorted(weak, key=lambda k: (-k[0], k[1], k[2])):
        both = frozenset((home[one], home[other]))
        if len(both) == 1 or both in found or both in settled:
            continue
        left, right = sorted((known[one], known[other]), key=lambda m: (m.said, m.id))
        # Two promises that one text tells side by side it means as two.
        if left.version is right.version and left.role == right.role:
            continue
        if frozenset((left.key, right.key)) not in ruled:
            found[both] = Doubt(owner, left, right, why, confidence)
    return threads, list(found.values())


def _proposed(
    mentions: Sequence[Mention],
    threads: Sequence[Thread],
    home: Mapping[Id, int],
    told: Mapping[Id, Told],
) -> Iterator[tuple[float, Id, Id, str]]:
    """Of promises that no text of the next year is linked to or tells of, what there speaks most for it."""
    by_year: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.framework is None:
            by_year[mention.said].append(mention)
    linked = [{m.said for m in thread.mentions} for thread in threads]
    for year in sorted(by_year):
        promises = [m for m in by_year[year] if m.role == "promise" and not m.retrospective]
        waiting = [m for m in promises if m.id not in told and year + 1 not in linked[home[m.id]]]
        later = by_year.get(year + 1, [])
        for promise, other, share in candidates(waiting, later):
            confidence = UNSURE + (share - ENOUGH) / (1 - ENOUGH) * HELD
            yield round(confidence, 4), promise.id, other.id, "one holds the words of the other"
        yield from _likely(promises, {m.id for m in waiting}, later)


def _likely(
    promises: Sequence[Mention], waiting: Collection[Id], later: Sequence[Mention]
) -> Iterator[tuple[float, Id, Id, str]]:
    """For each promise that waits the statements for which most speaks."""
    own, others = Said(promises), Said(later)
    for at, promise in enumerate(own.mentions):
        if promise.id not in waiting:
            continue
        found = sorted(evidence(own, at, others, ASKED), key=lambda one: (-one.evidence, one.mention.id))
        for one in found[:PROPOSED]:
            if one.evidence >= found[0].evidence - CLOSE:
                sure = UNSURE + LIKELY / (1 + exp(-one.evidence))
                yield round(sure, 4), promise.id, one.mention.id, f"similar words: {one.mention.terms.head}"
