"""What the machine is unsure of: links between threads that it proposes but does not draw by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracking.decisions import Decisions
from tracking.derive import mentions_told
from tracking.links import propose
from tracking.mentions import Mention
from tracking.model import Version
from tracking.objects import UNSURE
from tracking.owners import Owner
from tracking.rulings import Ruling


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two statements that may be one commitment; why and how surely (0..1) the machine thinks so."""

    owner: Owner
    left: Mention
    right: Mention
    why: str
    confidence: float


def doubts(versions: Sequence[Version], rulings: Sequence[Ruling] = ()) -> Iterator[Doubt]:
    """The strongest unsure link between any two threads on which nobody has ruled, surest first by place."""
    decided = Decisions({v.sha256: v for v in versions}, rulings)
    for owner, mentions in mentions_told(versions, decided):
        home = {}
        for number, thread in enumerate(decided.threads(mentions)):
            home.update(dict.fromkeys((m.id for m in thread.mentions), number))
        known = {m.id: m for m in mentions}
        ruled = {frozenset((left[0], right[0])) for left, right in decided.pairs.apart}
        seen: set[frozenset[int]] = set()
        for link in sorted(propose(mentions, UNSURE), key=lambda k: (-k.confidence, k.left, k.right)):
            threads = frozenset((home[link.left], home[link.right]))
            if link.sure or len(threads) == 1 or threads in seen:
                continue
            left, right = sorted((known[link.left], known[link.right]), key=lambda m: (m.said, m.id))
            # Two promises that one text tells side by side it means as two.
            if left.version is right.version and left.role == right.role:
                continue
            seen.add(threads)
            if frozenset((left.key, right.key)) not in ruled:
                yield Doubt(owner, left, right, link.why, link.confidence)
