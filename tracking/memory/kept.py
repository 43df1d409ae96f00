"""What is remembered of a place: what each text tells, and what the texts of each level lead to together."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tracking.memory.answered import ByTexts
from tracking.memory.clusters import Silence
from tracking.memory.linked import FAMILIES, Links, Near
from tracking.memory.retold import Retold
from tracking.memory.tables import Tables, brought, difference, forms
from tracking.memory.texts import Lines
from tracking.owners import Owner

CONCLUDED = "concluded"
"""The part that holds the levels as they were when they were last written whole."""
SINCE = "since"
"""The part that holds what they differ by since."""


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
    then. ruled: people had joined or parted mentions, and clusters with such are not remembered. written: its
    tables as they were written whole, None where they never were.
    """

    names: frozenset[str] | None = None
    links: Links = field(default_factory=Links)
    clusters: dict[str, Told] = field(default_factory=dict)
    others: list[list[str]] = field(default_factory=list)
    answers: ByTexts = field(default_factory=dict)
    retold: Retold = field(default_factory=Retold)
    reviews: str = ""
    ruled: bool = False
    written: Tables | None = None

    @property
    def new(self) -> bool:
        """Whether nothing is remembered of it."""
        return self.names is None

    def tables(self) -> Tables:
        """All of it but `rest`."""
        near = self.links.near
        return {
            "names": _as_keys(self.names or ()),
            "sources": self.links.sources,
            **{f"grams {family}": near[family].grams for family in FAMILIES},
            **{
                f"promised {family}": dict.fromkeys(sorted(near[family].promised), True)
                for family in FAMILIES
            },
            **{f"pairs {family}": near[family].pairs for family in FAMILIES},
            "clusters": self.clusters,
            "answers": self.answers,
            "years": self.retold.years,
        }

    def rest(self) -> list[Any]:
        """What is written each time."""
        return [self.others, self.reviews, self.ruled]


def _as_keys(names: Iterable[str]) -> dict[str, bool]:
    return dict.fromkeys(sorted(names), True)


def written_whole(levels: Mapping[Owner, Level]) -> list[Any]:
    """Levels as JSON has them."""
    return [
        [owner, {name: _FORMS[name].out(table) for name, table in level.tables().items()}, level.rest()]
        for owner, level in levels.items()
    ]


def since_written(levels: Mapping[Owner, Level], known: Collection[Owner]) -> list[Any] | None:
    """What levels differ by from how they were written, as JSON has it; None where they are better written
    whole. known: the levels that were written."""
    if not known or levels.keys() != set(known):
        return None
    found = []
    for owner, level in levels.items():
        told = None if level.written is None else difference(level.written, level.tables(), _FORMS)
        if told is None:
            return None
        found.append([owner, told, level.rest()])
    return found


def _level(written: Tables, now: Tables, rest: Sequence[Any]) -> Level:
    near = {
        family: Near(now[f"grams {family}"], set(now[f"promised {family}"]), now[f"pairs {family}"])
        for family in FAMILIES
    }
    links, told_of = Links(now["sources"], near), Retold(now["years"])
    others, reviews, ruled = rest
    names, clusters, answers = frozenset(now["names"]), now["clusters"], now["answers"]
    return Level(names, links, clusters, others, answers, told_of, reviews, ruled, written)


def _told(stored: list[Any]) -> Told:
    guises, commitments, changes, notes, suspect, silent, seen = stored
    told = [Note(*note) for note in notes] if notes else notes
    looked = [(year, twice) for year, twice in silent] if silent else silent
    return Told(guises, commitments, changes, told, suspect, looked, seen)


_FORMS = forms(_told)


@dataclass
class Memory:
    """What is remembered of the texts filed under a place: parts of text by name, as they were written.

    `CONCLUDED` and `SINCE` hold the levels, the second alone is made anew each time; "text HASH" is another
    part for each text.
    """

    parts: Mapping[str, bytes] = field(default_factory=dict)

    def levels(self) -> dict[Owner, Level]:
        """What is remembered by place and level."""
        differing = {
            Owner(*owner): (told, rest) for owner, told, rest in json.loads(self.parts.get(SINCE, b"[]"))
        }
        found = {}
        for owner, stored, rest in json.loads(self.parts.get(CONCLUDED, b"[]")):
            written = {name: _FORMS[name].back(table) for name, table in stored.items()}
            told, now = differing.get(Owner(*owner), ({}, rest))
            found[Owner(*owner)] = _level(written, brought(written, told, _FORMS), now)
        return found

    def texts(self) -> dict[str, Lines]:
        """The texts that are remembered, by hash."""
        return {
            name.removeprefix("text "): part.split(b"\n")
            for name, part in self.parts.items()
            if name.startswith("text ")
        }
