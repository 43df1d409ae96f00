"""What the machine is unsure of: links between threads that it proposes but does not draw by itself.

A report of a city leaves one to three hundred such links, most of which change nothing that anybody
reads. People are asked about the few that do: those that would take back an accusation, then those that
would settle whether a promise was met, then those that go on with a thread, the surest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.statement import Span
from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.links import propose
from tracking.mentions import Mention
from tracking.model import Version
from tracking.objects import UNSURE
from tracking.owners import Owner
from tracking.rulings import Ruling
from tracking.threads import threads_of

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
        home = {}
        # The unsure links hold the sure ones, and these alone join: without rulings they are proposed once.
        links = list(propose(mentions, UNSURE))
        threads = decided.threads(mentions) if decided.pairs else threads_of(mentions, links)
        for number, thread in enumerate(threads):
            home.update(dict.fromkeys((m.id for m in thread.mentions), number))
        known = {m.id: m for m in mentions}
        ruled = {frozenset((left[0], right[0])) for left, right in decided.pairs.apart}
        seen: set[frozenset[int]] = set()
        for link in sorted(links, key=lambda k: (-k.confidence, k.left, k.right)):
            both = frozenset((home[link.left], home[link.right]))
            if link.sure or len(both) == 1 or both in seen:
                continue
            left, right = sorted((known[link.left], known[link.right]), key=lambda m: (m.said, m.id))
            # Two promises that one text tells side by side it means as two.
            if left.version is right.version and left.role == right.role:
                continue
            seen.add(both)
            if frozenset((left.key, right.key)) not in ruled:
                yield Doubt(owner, left, right, link.why, link.confidence)
