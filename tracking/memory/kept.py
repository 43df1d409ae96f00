"""What is remembered of a place: what each text tells, and what the texts of each level lead to together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tracking.memory.answered import ByTexts
from tracking.memory.clusters import Silence
from tracking.memory.linked import Links, links_from
from tracking.memory.retold import Retold, retold_from
from tracking.memory.texts import Lines
from tracking.owners import Owner

CONCLUDED = "concluded"
"""The part that holds the levels."""


class Note(NamedTuple):
    """What the years that are suspect are counted from: an entry of a cluster, before they are known."""

    change: str
    grade: str | None
    why: str
    edition_to: str
    commitment: str
    """Its life."""


class Told(NamedTuple):
    """What a cluster leads to: ids of commitments and of changes. guises: of its mentions. suspect: the years
    that were suspect then, as far as its entries depend on them. silent: where its stories look at whole
    texts. around: hash of what was known of these."""

    guises: list[str]
    commitments: list[str]
    changes: list[str]
    notes: list[Note]
    suspect: list[int]
    silent: list[Silence]
    around: str


@dataclass
class Level:
    """What is remembered of one place and level.

    names: projects promised in its texts. clusters: what each leads to, by its name. others: guises held
    together of which none promises. answers: what looking into its texts came to. retold: what promises
    are told of by, year by year. reviews: hash of those
    then. ruled: people had joined or parted mentions, and clusters with such are not remembered.
    """

    names: frozenset[str] | None = None
    links: Links = field(default_factory=Links)
    clusters: dict[str, Told] = field(default_factory=dict)
    others: list[list[str]] = field(default_factory=list)
    answers: ByTexts = field(default_factory=dict)
    retold: Retold = field(default_factory=Retold)
    reviews: str = ""
    ruled: bool = False

    @property
    def new(self) -> bool:
        """Whether nothing is remembered of it."""
        return self.names is None

    def dump(self) -> list[Any]:
        """As JSON has it."""
        clusters = [[name, *told] for name, told in self.clusters.items()]
        return [
            sorted(self.names or ()), self.links.dump(), clusters, self.others, self.answers,
            self.retold.dump(), self.reviews, self.ruled,
        ]  # fmt: skip


def level_from(stored: Any) -> Level:
    """Undo `Level.dump`."""
    names, links, clusters, others, answers, retold, reviews, ruled = stored
    found = {name: _told(*told) for name, *told in clusters}
    told_of = retold_from(retold)
    return Level(frozenset(names), links_from(links), found, others, answers, told_of, reviews, ruled)


def _told(
    guises: list[str],
    commitments: list[str],
    changes: list[str],
    notes: list[Any],
    suspect: list[int],
    silent: list[Any],
    seen: str,
) -> Told:
    told = [Note(*note) for note in notes] if notes else notes
    looked = [(year, twice) for year, twice in silent] if silent else silent
    return Told(guises, commitments, changes, told, suspect, looked, seen)


@dataclass
class Memory:
    """What is remembered of the texts filed under a place: parts of text by name, as they were written.

    `concluded` is the one part that is made anew each time, "text HASH" another for each text.
    """

    parts: Mapping[str, bytes] = field(default_factory=dict)

    def levels(self) -> dict[Owner, Level]:
        """What is remembered by place and level."""
        stored = json.loads(self.parts.get(CONCLUDED, b"[]"))
        return {Owner(*owner): level_from(level) for owner, level in stored}

    def texts(self) -> dict[str, Lines]:
        """The texts that are remembered, by hash."""
        return {
            name.removeprefix("text "): part.split(b"\n")
            for name, part in self.parts.items()
            if name.startswith("text ")
        }
