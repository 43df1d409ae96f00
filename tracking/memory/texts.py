"""One text as it is remembered: what it says of each place and level, and what a shelf asks of it.

What a text says depends on other texts in two ways only: a deed may be of a system that another text names,
and a result of a project that another text promises. Both are noted, so that it shows when they change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from parsers.statement import Framework
from tracking.derive import Said, names_promised, promises_in, results_in, rows_of, with_systems
from tracking.memory.marks import Face, Mark, brief, mark_from, mark_of
from tracking.memory.written import BYTES
from tracking.mentions import Mention
from tracking.model import Version
from tracking.naming import NameIndex
from tracking.owners import Owner, owner_of
from tracking.shelf import Look, look_at
from tracking.systems import Known, endings, systems_told


@dataclass(slots=True)
class Result:
    """A statement of what was done. folded: its words as names are looked for in them. named: the promised
    projects among them. marks: one for each, and one for the result itself, or for each thing that it tells
    jointly."""

    folded: str
    named: tuple[str, ...]
    marks: list[Mark]


@dataclass(slots=True)
class Told:
    """What a text tells of one place and level.

    done: it is worked out. waiting: statements that nothing gives a year. offers: systems that it tells by
    name. asks: what may be systems that its deeds are of. systems: hash of those found. names: projects that
    it promises.
    """

    done: bool = False
    waiting: int = 0
    offers: Known = field(default_factory=dict)
    asks: frozenset[str] = frozenset()
    systems: str = ""
    names: frozenset[str] = frozenset()
    promises: list[Mark] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def marks(self) -> Iterator[Mark]:
        """All marks."""
        yield from self.promises
        for result in self.results:
            yield from result.marks


Lines = Sequence[bytes]
"""A remembered text as it was written, line by line (`Text.dump`)."""


class Trace(NamedTuple):
    """That something was said, or is now: by its guise, and the plan year of the text."""

    guise: str
    face: Face
    said: int


@dataclass(slots=True)
class Text:
    """A remembered text. token: names the text and everything that decided how it is read. said: the
    sketch of what it states (`tracking.likeness`). changed: it has to be written down (anew)."""

    token: str
    look: Look
    said: Sequence[str]
    told: dict[Owner, Told]
    changed: bool = False

    def forget(self) -> None:
        """What it tells is no longer brought up to date, so it must be worked out when it is asked for."""
        self.changed |= any(told.done for told in self.told.values())
        self.told = {owner: Told() for owner in self.told}

    def dump(self) -> bytes:
        """A line of JSON for the text itself, for what it states, for what it tells, then for each mark's
        rest."""
        rests: list[bytes] = []
        told = [_lean(o, t, rests) for o, t in self.told.items()]
        lines = [self.token, self.look], self.said, told
        return b"\n".join([*(json.dumps(line, ensure_ascii=False).encode(*BYTES) for line in lines), *rests])


def _lean(owner: Owner, told: Told, rests: list[bytes]) -> list[Any]:
    rests += [mark.rest for mark in told.marks()]
    offers = [
        [core, name, [f.name, f.formula]] for core, (name, f) in told.offers.items()
    ]  # of the system told elsewhere only the name is used
    results = [[r.folded, r.named, [m.lean() for m in r.marks]] for r in told.results]
    promises = [m.lean() for m in told.promises]
    return [
        owner,
        told.done,
        told.waiting,
        offers,
        sorted(told.asks),
        told.systems,
        sorted(told.names),
        promises,
        results,
    ]


def load(stored: Lines, version: Version, said: Sequence[str]) -> Text:
    """Undo `Text.dump`. version: the text as it is read today, if the token says that it is the same. said:
    what it states (`states`)."""
    token, look = json.loads(stored[0])
    told, rests = json.loads(stored[2]), iter(stored[3:])
    found = {}
    for owner, done, waiting, offers, asks, systems, names, promises, results in told:
        known = {core: ((id_[0], id_[1]), Framework(name, formula)) for core, id_, (name, formula) in offers}
        found[Owner(*owner)] = Told(
            done,
            waiting,
            known,
            frozenset(asks),
            systems,
            frozenset(names),
            [mark_from(lean, next(rests), version) for lean in promises],
            [
                Result(folded, tuple(named), [mark_from(lean, next(rests), version) for lean in marks])
                for folded, named, marks in results
            ],
        )
    return Text(token, Look(*look), said, found)


def traces_in(stored: Lines) -> dict[Owner, list[Trace]]:
    """What a text said that is no longer read so, by place and level."""
    found: dict[Owner, list[Trace]] = {}
    for owner, *_, promises, results in json.loads(stored[2]):
        leans = [*promises, *(lean for _, _, marks in results for lean in marks)]
        found[Owner(*owner)] = [Trace(guise, Face(*face), said) for *_, said, _, guise, face, _ in leans]
    return found


def token_of(stored: Lines) -> str:
    """The token of a text as `Text.dump` wrote it, without the rest."""
    token: str = json.loads(stored[0])[0]
    return token


def states(stored: Lines) -> tuple[str, ...]:
    """What the text states (`tracking.reprints.said_in`), without the rest."""
    return tuple(json.loads(stored[1]))


def text_of(version: Version, token: str, said: Sequence[str], wrong: Collection[str]) -> Text:
    """A text that is not remembered: what it tells is still to be worked out (`work_out`)."""
    if wrong:
        own = [owner for owner, _ in rows_of(version, wrong)]
    else:  # their keys, which tell wrong ones apart, take longer than who owns them
        own = [owner_of(statement, version.reading) for statement in version.reading.statements]
    owners = dict.fromkeys(own)
    return Text(token, look_at(version), said, {o: Told() for o in owners}, True)


@dataclass
class Place:
    """The texts of one place and level, brought up to date with each other.

    names: projects promised in them when the results of all were last searched, None where that is unknown.
    wrong: keys of statements that are none.
    """

    owner: Owner
    texts: Sequence[tuple[Version, Text]]
    names: frozenset[str] | None
    wrong: Collection[str]

    def update(self) -> None:
        """Work out what is not remembered, and what other texts now tell otherwise."""
        raw = {v.sha256: self._raw(v) for v, t in self.texts if not t.told[self.owner].done}
        made: dict[str, list[Mention]] = {}
        for version, text in self.texts:
            if version.sha256 in raw:
                promises, waiting = promises_in(raw[version.sha256])
                made[version.sha256] = promises
                asks = {name for m in promises if m.terms.family == "deed" for name in endings(m)}
                text.changed = True
                text.told[self.owner] = Told(True, waiting, systems_told(promises), frozenset(asks))
        known: dict[str, tuple[tuple[str, str], Framework]] = {}
        for _, text in self.texts:
            for core, told_by in text.told[self.owner].offers.items():
                known[core] = min(known.get(core, told_by), told_by, key=lambda one: one[0])
        for version, text in self.texts:
            self._with_systems(version, text, known, made.get(version.sha256))
        before, self.names = self.names, self._names()
        index = NameIndex(self.names)
        moved = None if before is None else [index.folded(name) for name in self.names ^ before]
        for version, text in self.texts:
            if version.sha256 in raw:
                text.told[self.owner].results = list(self._results(raw[version.sha256], index))
            else:
                self._renamed(version, text, index, moved)

    def _names(self) -> frozenset[str]:
        names: frozenset[str] = frozenset()
        return names.union(*(text.told[self.owner].names for _, text in self.texts))

    def _raw(self, version: Version) -> list[Said]:
        return [row for owner, row in rows_of(version, self.wrong) if owner == self.owner]

    def _with_systems(self, version: Version, text: Text, known: Known, made: list[Mention] | None) -> None:
        """The promises with the systems that any text names. made: promises worked out just now."""
        told = text.told[self.owner]
        found = {core: known[core] for core in told.asks if core in known}
        systems = brief(repr(sorted((core, f.name, f.formula) for core, (_, f) in found.items())))
        if made is None and systems == told.systems:
            return
        promises = promises_in(self._raw(version))[0] if made is None else made
        promises = with_systems(promises, found)
        told.systems, told.names = systems, frozenset(names_promised(promises))
        told.promises = [mark_of(m) for m in promises]
        text.changed = True

    def _results(self, said: Sequence[Said], index: NameIndex) -> Iterator[Result]:
        mentions: dict[str, list[Mark]] = defaultdict(list)
        for mention in results_in(said, index):
            mentions[mention.key].append(mark_of(mention))
        for statement, key, _ in said:
            if key in mentions:
                folded = index.folded(statement.text)
                yield Result(folded, tuple(index.named_in(folded)), mentions[key])

    def _renamed(self, version: Version, text: Text, index: NameIndex, moved: Iterable[str] | None) -> None:
        """Look for the names that came or went (any, for None)."""
        results = text.told[self.owner].results
        if moved is not None:
            whole = "\n".join(result.folded for result in results)
            if not any(key in whole for key in moved):
                return
        for result in results:
            named = tuple(index.named_in(result.folded))
            if named != result.named:
                last = result.marks[-1].mention
                said = [(last.statement, last.key, last.version)]
                if last.id[1]:  # one of several things that the statement tells jointly, without the others
                    said = [row for row in self._raw(version) if row[1] == last.key]
                result.named, result.marks = named, [mark_of(m) for m in results_in(said, index)]
                text.changed = True
