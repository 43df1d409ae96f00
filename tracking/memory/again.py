"""Conclusions about a place from its texts and from what is remembered of them.

The same as `tracking.derive` says of these texts: what is remembered is taken only where all that it was made
from is as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tracking.at_hand import let_go
from tracking.changes.suspect import suspect_years
from tracking.decisions import Decisions
from tracking.derive import (
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
from tracking.memory.answered import Answered
from tracking.memory.clusters import Cluster, Reviews, around, groups_of, silences
from tracking.memory.kept import CONCLUDED, SINCE, Level, Memory, Told, since_written, written_whole
from tracking.memory.marks import Mark, brief
from tracking.memory.moved import moved
from tracking.memory.renewed import Renewed, relevant, threads_in
from tracking.memory.texts import Place, Text, Trace, load, states, text_of, token_of, traces_in
from tracking.memory.written import Written, written_out
from tracking.model import Change, Derived, Life, Version
from tracking.owners import Owner
from tracking.reprints import said_in
from tracking.rulings import Ruling
from tracking.shelf import Look, Shelf, filed_twice, shelf_of
from tracking.told import Told as ToldOf


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
        try:
            return _Conclusion(versions, rulings, memory, tokens).again()
        finally:
            let_go()


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
        self.stored = memory.texts()
        self.said: dict[str, tuple[str, ...]] = {}
        self.decided = Decisions({v.sha256: v for v in versions}, rulings, self._said_in)
        self.texts: dict[str, tuple[Version, Text]] = {}
        self.tokens: dict[str, str] = {}
        self.before: dict[str, dict[Owner, list[Mark]]] = {}
        stale = dict(self.stored)
        corrected = {v.sha256: self.decided.corrected(v) for v in self.decided.reprints.versions}
        for version in dated_versions(corrected):
            text = self._text(version)
            self.texts[version.sha256] = version, text
            if not text.changed:
                self.before[version.sha256] = {o: list(told.marks()) for o, told in text.told.items()}
                del stale[version.sha256]
        self.stale = [traces_in(stored) for stored in stale.values()]
        self.shared = filed_twice(versions)
        self.reviews: Reviews = self.decided.reviews()
        self.reviewed = brief(repr(sorted(self.reviews.items())))

    def _said_in(self, version: Version) -> tuple[str, ...]:
        """What a text states: remembered with its reading, whatever rulings say of it."""
        stored = self.stored.get(version.sha256)
        known = stored is not None and token_of(stored).startswith(f"{self.read[version.sha256]} ")
        said = states(stored) if stored is not None and known else said_in(version)
        self.said[version.sha256] = said
        return said

    def _text(self, version: Version) -> Text:
        reading, reprints = version.reading, self.decided.reprints
        facts = (version.document, version.supersedes, reading.published, reading.plan_year, reading.complete)
        told = self.decided.bearing(version.sha256), sorted(reprints.repeated.get(version.sha256, ()))
        token = f"{self.read[version.sha256]} {brief(repr((facts, told)))}"
        self.tokens[version.sha256] = token
        stored = self.stored.get(version.sha256)
        said = self.said.get(version.sha256, ())
        if stored is not None and token_of(stored) == token:
            return load(stored, version, said)
        return text_of(version, token, said, self.decided.wrong)

    def again(self) -> Again:
        """All levels, one after the other."""
        shelves = self._shelves()
        astray = {sha for shelf in shelves.values() for sha in shelf.astray}
        for sha in astray:
            self.texts[sha][1].forget()
        levels = self.memory.levels()
        found = Again([], set(), set(), Written(), {CONCLUDED})
        remembered: dict[Owner, Level] = {}
        for owner in sorted(shelves):
            own = [(v, t) for v, t in self.texts.values() if owner in t.told and v.sha256 not in astray]
            if shelves[owner].aliases or self.decided.pairs.group:
                # Rare, and changes what every text is compared by.
                rows = [row for v, _ in own for o, row in rows_of(v, self.decided.wrong) if o == owner]
                found.derived.append(conclude(owner, rows, shelves[owner], self.decided))
                continue
            level = levels.get(owner) or Level()
            found.derived.append(self._level(owner, own, shelves[owner], level, found))
            remembered[owner] = level
        differing = since_written(remembered, levels)
        if differing is None:
            found.written.add(CONCLUDED, partial(written_out, written_whole(remembered)))
        else:
            found.needed.add(SINCE)
            found.written.add(SINCE, partial(written_out, differing))
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
        marks = [mark for _, text in own for mark in text.told[owner].marks()]
        touched = self._linked(owner, own, marks, level)
        answered = Answered(level.answers, self.tokens)
        shelf = replace(shelf, answers=answered)
        renewed = self._told(owner, marks, touched, level, shelf)
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
        level.names, level.answers = place.names, answered.current()
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

    def _linked(
        self, owner: Owner, own: Sequence[tuple[Version, Text]], marks: Sequence[Mark], level: Level
    ) -> set[str] | None:
        """Bring the links up to date; returns the guises of which a mention or link came or went, None where
        every cluster has to be looked at."""
        first: dict[str, Mark] = {}
        for mark in marks:
            known = first.get(mark.guise)
            if known is None or mark.id < known.id:
                first[mark.guise] = mark
        every = [Trace(mark.guise, mark.face, mark.said) for mark in marks] if level.new else None
        traces = moved(owner, own, self.before, self.stale) if every is None else every
        touched = level.links.update(first, {trace.guise: trace.face for trace in traces})
        told = level.retold.update(marks, {trace.said for trace in traces})
        touched.update(mark.guise for mark in marks if mark.id in told)
        ruled = bool(self.decided.pairs)
        whole = level.new or ruled or level.ruled or level.reviews != self.reviewed
        level.ruled, level.reviews = ruled, self.reviewed
        return None if whole else touched

    def _told(
        self, owner: Owner, marks: Sequence[Mark], touched: set[str] | None, level: Level, shelf: Shelf
    ) -> list[Renewed]:
        """The clusters that are told anew; the level keeps those that lead to what they led to.

        touched: guises of which something came or went; None: all clusters are looked at.
        """
        before, level.clusters = level.clusters, {}
        region: set[str] | None = None
        if touched is not None:
            region = set(touched)
            for told in before.values():
                if not touched.isdisjoint(told.guises) or self._around(told, shelf) != told.around:
                    region.update(told.guises)
            for guises in level.others:
                if not touched.isdisjoint(guises):
                    region.update(guises)
            level.clusters = {name: told for name, told in before.items() if told.guises[0] not in region}
        others = level.others if region is not None else []
        level.others = [guises for guises in others if guises[0] not in (region or ())]
        renewed = []
        for cluster in self._clusters(marks, level, region):
            if not cluster.promises:
                if len(cluster.guises) > 1:
                    level.others.append(cluster.guises)
                continue
            name = cluster.name(self.tokens, self.reviews)
            known = None if cluster.ruled else before.get(name)
            if known is not None and self._around(known, shelf) == known.around:
                level.clusters[name] = known
            else:
                renewed.append(self._renewed(owner, cluster, name, shelf))
        return self._suspected(owner, marks, level, renewed, shelf)

    def _around(self, told: Told, shelf: Shelf) -> str:
        return around(told.silent, shelf, self.tokens) if told.silent else ""

    def _clusters(
        self, marks: Sequence[Mark], level: Level, guises: Collection[str] | None
    ) -> Iterator[Cluster]:
        """The clusters of these guises (of all, for None), which no link leaves."""
        own = marks if guises is None else [mark for mark in marks if mark.guise in guises]
        return groups_of(own, level.links.among(guises), level.retold.by(marks), self.decided.pairs)

    def _suspected(
        self, owner: Owner, marks: Sequence[Mark], level: Level, renewed: list[Renewed], shelf: Shelf
    ) -> list[Renewed]:
        """Together with the clusters whose entries are graded otherwise now: in years that are suspect, or
        are no more."""
        notes = [
            *(note for told in level.clusters.values() for note in told.notes),
            *(note for one in renewed for note in one.notes),
        ]
        lives: dict[str, Life] = {"recurring": "recurring", "one-off": "one-off", "running": "running"}
        suspect = suspect_years(notes, lives, shelf.whole)
        graded = {
            name: told
            for name, told in level.clusters.items()
            if told.suspect or any(note.change == "dropped" for note in told.notes)
        }
        guises = {guise for told in graded.values() for guise in told.guises}
        for cluster in self._clusters(marks, level, guises):
            name = cluster.name(self.tokens, self.reviews)
            if graded[name].suspect != relevant(graded[name].notes, cluster, suspect):
                del level.clusters[name]
                renewed.append(self._renewed(owner, cluster, name, shelf))
        for one in renewed:
            one.suspect = suspect
        return renewed

    def _renewed(self, owner: Owner, cluster: Cluster, name: str, shelf: Shelf) -> Renewed:
        told = {by.promise: ToldOf(mark.mention, by.why, by.confidence) for by, mark in cluster.told}
        stories = stories_in(owner, threads_in(cluster, self.decided.pairs), told, self.decided.pairs)
        return Renewed(cluster, name, opened(stories, shelf))
