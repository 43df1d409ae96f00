"""Conclusions about a place from its texts and from what is remembered of them.

The same as `tracking.derive` says of these texts: what is remembered is taken only where all that it was made
from is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from tracking.changes.suspect import suspect_years
from tracking.decisions import Decisions
from tracking.derive import (
    Opened,
    conclude,
    dated_versions,
    no_collection,
    opened,
    rows_of,
    stories_in,
    texts_of,
    told_with,
)
from tracking.editions import editions_of
from tracking.links import Link
from tracking.memory.answered import Answered, ByTexts
from tracking.memory.clusters import Cluster, Reviews, Silence, around, clusters_of, silences
from tracking.memory.linked import Links, links_from
from tracking.memory.marks import brief
from tracking.memory.retold import Retold, retold_from
from tracking.memory.texts import Place, Text, load, text_of, token_of
from tracking.memory.written import Written
from tracking.model import Change, Derived, Life, Version
from tracking.owners import Owner
from tracking.reprints import said_in
from tracking.ruled_threads import settled
from tracking.rulings import Ruling
from tracking.shelf import Look, Shelf, filed_twice, shelf_of
from tracking.stories import Story
from tracking.threads import threads_of
from tracking.told import Told as ToldOf


class Note(NamedTuple):
    """What the years that are suspect are counted from: an entry of a cluster, before they are known."""

    change: str
    grade: str | None
    why: str
    edition_to: str
    commitment: str
    """Its life."""


class Told(NamedTuple):
    """What a cluster leads to: ids of commitments and of changes. suspect: the years that were suspect then,
    as far as its entries depend on them. silent: where its stories look at whole texts. around: hash of what
    was known of these."""

    commitments: list[str]
    changes: list[str]
    notes: list[Note]
    suspect: list[int]
    silent: list[Silence]
    around: str


@dataclass
class Level:
    """What is remembered of one place and level. names: projects promised in its texts. clusters: what each
    leads to, by its name. answers: what looking into its texts came to. retold: what promises are told of by,
    year by year."""

    names: frozenset[str] | None = None
    links: Links = field(default_factory=Links)
    clusters: dict[str, Told] = field(default_factory=dict)
    answers: ByTexts = field(default_factory=dict)
    retold: Retold = field(default_factory=Retold)


@dataclass
class Memory:
    """What is remembered of the texts filed under a place: parts of text by name, as they were written.

    `concluded` is the one part that is made anew each time, "text HASH" another for each text.
    """

    parts: Mapping[str, str] = field(default_factory=dict)

    def levels(self) -> dict[Owner, Level]:
        """What is remembered by place and level."""
        stored = json.loads(self.parts.get(CONCLUDED, "[]"))
        return {
            Owner(*owner): Level(
                frozenset(names),
                links_from(links),
                {
                    name: Told(
                        made, changes, [Note(*n) for n in notes], suspect, [(y, b) for y, b in silent], told
                    )
                    for name, made, changes, notes, suspect, silent, told in clusters
                },
                answers,
                retold_from(retold),
            )
            for owner, names, links, clusters, answers, retold in stored
        }


CONCLUDED = "concluded"


@dataclass(frozen=True)
class Again:
    """New conclusions; ids of commitments and changes that follow as before; parts of the memory to be
    written, and the names of all that are needed."""

    derived: list[Derived]
    commitments: set[str]
    changes: set[str]
    written: Written
    needed: set[str]


def derive_again(
    versions: Sequence[Version], rulings: Sequence[Ruling], memory: Memory, tokens: Mapping[str, str]
) -> Again:
    """What `derive` says of these versions under these rulings.

    tokens: by hash of a version something that names how it was read; equal ones stand for equal readings.
    """
    with no_collection():
        return _Conclusion(versions, rulings, memory, tokens).again()


class _Conclusion:
    def __init__(
        self,
        versions: Sequence[Version],
        rulings: Sequence[Ruling],
        memory: Memory,
        tokens: Mapping[str, str],
    ) -> None:
        self.memory = memory
        self.read = tokens
        self.stored = {v.sha256: memory.parts.get(f"text {v.sha256}", "") for v in versions}
        self.said: dict[str, tuple[str, ...]] = {}
        self.decided = Decisions({v.sha256: v for v in versions}, rulings, self._said_in)
        self.texts: dict[str, tuple[Version, Text]] = {}
        self.tokens: dict[str, str] = {}
        corrected = {v.sha256: self.decided.corrected(v) for v in self.decided.reprints.versions}
        for version in dated_versions(corrected):
            self.texts[version.sha256] = version, self._text(version)
        self.shared = filed_twice(versions)
        self.reviews: Reviews = self.decided.reviews()

    def _said_in(self, version: Version) -> tuple[str, ...]:
        """What a text states: remembered with its reading, whatever rulings say of it."""
        stored = self.stored[version.sha256]
        if stored.startswith(f'["{self.read[version.sha256]} '):
            said = tuple(json.loads(stored.partition("\n")[0])[2])
        else:
            said = said_in(version)
        self.said[version.sha256] = said
        return said

    def _text(self, version: Version) -> Text:
        reading, reprints = version.reading, self.decided.reprints
        facts = (version.document, version.supersedes, reading.published, reading.plan_year, reading.complete)
        told = self.decided.bearing(version.sha256), sorted(reprints.repeated.get(version.sha256, ()))
        token = f"{self.read[version.sha256]} {brief(repr((facts, told)))}"
        self.tokens[version.sha256] = token
        stored = self.stored[version.sha256]
        if stored and token_of(stored) == token:
            return load(stored, version)
        return text_of(version, token, self.said.get(version.sha256, ()), self.decided.wrong)

    def again(self) -> Again:
        """All levels, one after the other."""
        shelves = self._shelves()
        astray = {sha for shelf in shelves.values() for sha in shelf.astray}
        for sha in astray:
            self.texts[sha][1].forget()
        levels = self.memory.levels()
        found = Again([], set(), set(), Written(), {CONCLUDED})
        remembered: list[Any] = []
        for owner in sorted(shelves):
            own = [(v, t) for v, t in self.texts.values() if owner in t.told and v.sha256 not in astray]
            if shelves[owner].aliases or self.decided.pairs.group:
                # Rare, and changes what every text is compared by.
                rows = [row for v, _ in own for o, row in rows_of(v, self.decided.wrong) if o == owner]
                found.derived.append(conclude(owner, rows, shelves[owner], self.decided))
                continue
            level = levels.get(owner, Level())
            found.derived.append(self._level(owner, own, shelves[owner], level, found))
            told = [[name, *ids] for name, ids in level.clusters.items()]
            kept = level.links.dump(), told, level.answers, level.retold.dump()
            remembered.append([owner, sorted(level.names or ()), *kept])
        found.written.add(
            CONCLUDED, partial(json.dumps, remembered, ensure_ascii=False, separators=(",", ":"))
        )
        for sha, (_, text) in self.texts.items():
            found.needed.add(f"text {sha}")
            if text.changed:
                found.written.add(f"text {sha}", text.dump)
        return found

    def _shelves(self) -> dict[Owner, Shelf]:
        owners: dict[Owner, list[Version]] = {}
        for version, text in self.texts.values():
            for owner in text.told:
                owners.setdefault(owner, []).append(version)
        return {
            owner: shelf_of(
                owner, own, self.shared, self.decided.covers, self.decided.aliases(owner), self._look
            )
            for owner, own in owners.items()
        }

    def _look(self, version: Version) -> Look:
        return self.texts[version.sha256][1].look

    def _level(
        self,
        owner: Owner,
        own: Sequence[tuple[Version, Text]],
        shelf: Shelf,
        level: Level,
        found: Again,
    ) -> Derived:
        place = Place(owner, own, level.names, self.decided.wrong)
        place.update()
        level.names = place.names
        marks = [mark for _, text in own for mark in text.told[owner].marks()]
        links = level.links.update(marks)
        answered = Answered(level.answers, self.tokens)
        shelf = replace(shelf, answers=answered)
        clusters = clusters_of(marks, links, level.retold.update(marks), self.decided.pairs)
        level.clusters, renewed = self._told(owner, clusters, level.clusters, shelf)
        stories = [story for one in renewed for story in one.stories]
        found.commitments.update(one for told in level.clusters.values() for one in told.commitments)
        found.changes.update(one for told in level.clusters.values() for one in told.changes)
        changes: list[Change] = []
        for one in renewed:
            told = self.decided.reviewed(told_with(one.opened, shelf, one.suspect))
            changes += told
            if not one.cluster.ruled:
                silent = silences(one.stories, shelf)
                seen = around(silent, shelf, self.tokens)
                level.clusters[one.name] = one.told(told, silent, seen)
        level.answers = answered.current()
        return Derived(
            commitments=tuple(sorted((s.commitment for s in stories), key=lambda c: c.id)),
            editions=tuple(editions_of(owner, marks, shelf)),
            changes=tuple(sorted(changes, key=lambda c: c.id)),
            texts=texts_of(
                owner,
                [v for v, _ in own],
                sum(text.told[owner].waiting for _, text in own),
                shelf,
                self.decided,
            ),
        )

    def _told(
        self,
        owner: Owner,
        clusters: Iterable[Cluster],
        before: Mapping[str, Told],
        shelf: Shelf,
    ) -> tuple[dict[str, Told], list[_Renewed]]:
        """What clusters lead to as before, and those that are told anew."""
        kept: dict[str, tuple[Cluster, Told]] = {}
        renewed = []
        for cluster in clusters:
            name = cluster.name(self.tokens, self.reviews)
            known = None if cluster.ruled else before.get(name)
            if known is not None and around(known.silent, shelf, self.tokens) == known.around:
                kept[name] = cluster, known
            else:
                renewed.append(self._renewed(owner, cluster, name, shelf))
        notes = [
            *(note for _, told in kept.values() for note in told.notes),
            *(note for one in renewed for note in one.notes),
        ]
        lives: dict[str, Life] = {"recurring": "recurring", "one-off": "one-off", "running": "running"}
        suspect = suspect_years(notes, lives, shelf.whole)
        for name, (cluster, told) in [*kept.items()]:
            if told.suspect != relevant(told.notes, cluster, suspect):
                del kept[name]
                renewed.append(self._renewed(owner, cluster, name, shelf))
        for one in renewed:
            one.suspect = suspect
        return {name: told for name, (_, told) in kept.items()}, renewed

    def _renewed(self, owner: Owner, cluster: Cluster, name: str, shelf: Shelf) -> _Renewed:
        told = {by.promise: ToldOf(mark.mention, by.why, by.confidence) for by, mark in cluster.told}
        stories = stories_in(owner, self._threads(cluster), told, self.decided.pairs)
        return _Renewed(cluster, name, opened(stories, shelf))

    def _threads(self, cluster: Cluster) -> Iterable[Any]:
        mentions = [mark.mention for mark in cluster.marks]
        first: dict[str, tuple[str, str]] = {}
        for mark in cluster.marks:
            first.setdefault(mark.guise, mark.id)
        links = []
        for left, right, confidence, why in cluster.links:
            a, b = sorted((first[left], first[right]))
            links.append(Link(a, b, why, confidence))
        threads = threads_of(mentions, links)
        return settled(threads, mentions, self.decided.pairs) if cluster.ruled else threads


@dataclass
class _Renewed:
    """A cluster that is told anew. suspect: years in which silence proves less."""

    cluster: Cluster
    name: str
    opened: list[Opened]
    suspect: frozenset[int] = frozenset()

    @property
    def stories(self) -> list[Story]:
        return [story for story, _ in self.opened]

    @property
    def notes(self) -> list[Note]:
        return [
            Note(c.change, c.grade, c.why, c.edition_to, story.commitment.life)
            for story, own in self.opened
            for c in own
            if c.edition_to and (c.change == "dropped" or story.commitment.life == "recurring")
            if c.change in ("dropped", "restated", "changed")
        ]

    def told(self, changes: Iterable[Change], silent: list[Silence], seen: str) -> Told:
        suspect = relevant(self.notes, self.cluster, self.suspect)
        made = [story.commitment.id for story in self.stories]
        return Told(made, [change.id for change in changes], self.notes, suspect, silent, seen)


def relevant(notes: Iterable[Note], cluster: Cluster, suspect: frozenset[int]) -> list[int]:
    """The suspect years that a cluster's entries depend on: none where nothing is dropped in one of them."""
    if not any(
        n.change == "dropped" and n.edition_to.isdigit() and int(n.edition_to) in suspect for n in notes
    ):
        return []
    periods = {mark.edition for mark in cluster.marks if mark.role == "promise"}
    return sorted(suspect & {int(period) + 1 for period in periods if period.isdigit()})
