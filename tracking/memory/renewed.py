"""A cluster that is told anew, and what is remembered of it then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracking.derive import Opened
from tracking.links import Link
from tracking.memory.clusters import Cluster, Silence
from tracking.memory.kept import Note, Told
from tracking.model import Change
from tracking.ruled_threads import Pairs, settled
from tracking.stories import Story
from tracking.threads import Id, Thread, threads_of


@dataclass
class Renewed:
    """A cluster that is told anew. suspect: years in which silence proves less."""

    cluster: Cluster
    name: str
    opened: list[Opened]
    suspect: frozenset[int] = frozenset()

    @property
    def stories(self) -> list[Story]:
        """Its stories."""
        return [story for story, _ in self.opened]

    @property
    def notes(self) -> list[Note]:
        """What the suspect years are counted from."""
        return [
            Note(c.change, c.grade, c.why, c.edition_to, story.commitment.life)
            for story, own in self.opened
            for c in own
            if c.edition_to and (c.change == "dropped" or story.commitment.life == "recurring")
            if c.change in ("dropped", "restated", "changed")
        ]

    def told(self, changes: Iterable[Change], silent: list[Silence], seen: str) -> Told:
        """What is remembered of it: its entries, where it looks at whole texts, a hash of what is known of
        these."""
        suspect = relevant(self.notes, self.cluster, self.suspect)
        made = [story.commitment.id for story in self.stories]
        ids = [change.id for change in changes]
        return Told(self.cluster.guises, made, ids, self.notes, suspect, silent, seen)


def relevant(notes: Iterable[Note], cluster: Cluster, suspect: frozenset[int]) -> list[int]:
    """The suspect years that a cluster's entries depend on: none where nothing is dropped in one of them."""
    if not any(
        n.change == "dropped" and n.edition_to.isdigit() and int(n.edition_to) in suspect for n in notes
    ):
        return []
    periods = {mark.edition for mark in cluster.marks if mark.role == "promise"}
    return sorted(suspect & {int(period) + 1 for period in periods if period.isdigit()})


def threads_in(cluster: Cluster, pairs: Pairs) -> Iterable[Thread]:
    """The threads of a cluster, as links cut them, or people where they joined or parted some of it."""
    mentions = [mark.mention for mark in cluster.marks]
    first: dict[str, Id] = {}
    for mark in cluster.marks:
        first.setdefault(mark.guise, mark.id)
    links = []
    for left, right, confidence, why in cluster.links:
        a, b = sorted((first[left], first[right]))
        links.append(Link(a, b, why, confidence))
    threads = threads_of(mentions, links)
    return settled(threads, mentions, pairs) if cluster.ruled else threads
