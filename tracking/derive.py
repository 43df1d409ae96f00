"""From all texts that concern a place to its commitments, editions and changes.

A pure function of the texts: the same set in any order gives the same conclusions.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from parsers.reading import Reading
from parsers.statement import Statement
from tracking.aliases import Aliases
from tracking.changes import outcomes, stated, unreported
from tracking.changes.suspect import suspect_years
from tracking.dates import plan_year
from tracking.dating import date_across
from tracking.decisions import Decisions
from tracking.editions import belongs, editions_of, order_of
from tracking.keys import commitment_id, notes_id, statement_keys
from tracking.life import life_of
from tracking.mentions import BY_ID, Mention, Role, announces, mentions_of
from tracking.model import Change, Commitment, Derived, Member, PlaceNotes, Version
from tracking.naming import NameIndex
from tracking.owners import Owner, owner_of
from tracking.retrospect import retold
from tracking.ruled_threads import Pairs
from tracking.rulings import Ruling
from tracking.shelf import Shelf, filed_twice, shelf_of
from tracking.stories import Story, story_of
from tracking.succession import succession
from tracking.systems import Known, deeds_on_systems, overall_parts, systems_told, told_as_part
from tracking.threads import Id, Thread
from tracking.told import Told, told_in, with_told


def owners(reading: Reading) -> frozenset[Owner]:
    """The places and levels that a document says something of."""
    return frozenset(owner_of(statement, reading) for statement in reading.statements)


def derive(versions: Sequence[Version], rulings: Sequence[Ruling] = ()) -> list[Derived]:
    """Conclusions for every place and level that the texts speak of, in the order of code, level and name.

    versions: every version of every document that concerns a place (`supersedes` set on edited pages).
    rulings: people's decisions, in any order; those on other texts do no harm.
    """
    decided = Decisions({v.sha256: v for v in versions}, rulings)
    groups = _groups(versions, decided)
    with no_collection():
        return [conclude(owner, *groups[owner], decided) for owner in sorted(groups)]


def mentions_told(versions: Sequence[Version], decided: Decisions) -> Iterator[tuple[Owner, list[Mention]]]:
    """The mentions that each place and level's threads are made of, in the order of places."""
    groups = _groups(versions, decided)
    for owner in sorted(groups):
        yield owner, _mentions(groups[owner][0], decided.aliases(owner))[0]


def stories_told(
    versions: Sequence[Version], rulings: Sequence[Ruling] = ()
) -> Iterator[tuple[Story, Shelf]]:
    """Every commitment told edition by edition, with the shelf of its place's texts: what changes are read
    from."""
    decided = Decisions({v.sha256: v for v in versions}, rulings)
    groups = _groups(versions, decided)
    for owner in sorted(groups):
        said, shelf = groups[owner]
        for story in _stories(owner, _mentions(said, shelf.aliases)[0], decided):
            yield story, shelf


def _groups(versions: Sequence[Version], decided: Decisions) -> dict[Owner, tuple[list[Said], Shelf]]:
    """By owner what is said of it, without texts that do not belong there, and the shelf of its texts."""
    groups: dict[Owner, list[Said]] = defaultdict(list)
    for version in dated_versions({v.sha256: decided.corrected(v) for v in decided.reprints.versions}):
        for owner, row in rows_of(version, decided.wrong):
            groups[owner].append(row)
    shared = filed_twice(versions)
    shelves = {
        owner: shelf_of(owner, (v for _, _, v in said), shared, decided.covers, decided.aliases(owner))
        for owner, said in groups.items()
    }
    astray = {sha for shelf in shelves.values() for sha in shelf.astray}
    return {
        owner: ([row for row in said if row[2].sha256 not in astray], shelves[owner])
        for owner, said in groups.items()
    }


def rows_of(version: Version, wrong: Collection[str]) -> Iterator[tuple[Owner, Said]]:
    """What a text says, each statement with its owner. wrong: keys of statements that are none."""
    statements = version.reading.statements
    for statement, key in zip(statements, statement_keys(version.sha256, statements), strict=True):
        if key not in wrong:
            yield owner_of(statement, version.reading), (statement, key, version)


@contextmanager
def no_collection() -> Iterator[None]:
    """Without cyclic garbage collection: many small records live on and none form cycles, so that
    collecting again and again would take half of the time (measured on 33 editions)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def dated_versions(versions: Mapping[str, Version]) -> Iterator[Version]:
    """The versions in the order of their hashes, undated ones with the date that another text gives them."""
    clues = date_across(list(versions.values()))
    for sha, version in sorted(versions.items()):
        if sha not in clues:
            yield version
            continue
        published, plan = clues[sha]
        reading = version.reading
        dated = replace(
            reading, published=reading.published or published, plan_year=reading.plan_year or plan
        )
        yield replace(version, reading=dated)


NAMED: Role = "named"
"""As what a statement stands among the members of a commitment that it only tells of."""

Said = tuple[Statement, str, Version]
"""A statement, its key and its text."""


def promises_in(said: Sequence[Said]) -> tuple[list[Mention], int]:
    """Mentions of promises and systems, and how many statements wait because nothing gives them a year."""
    found, waiting = [], 0
    for statement, key, version in said:
        if statement.kind == "result" and not announces(statement):
            continue
        if statement.authority == "third_party":
            continue  # a company's or a resident's own plan is no government's promise
        place = belongs(statement, version.reading, announced=statement.kind == "result")
        if place is None:
            waiting += 1
            continue
        found += mentions_of(
            statement, key, version, place.period, place.said, place.horizon, place.retrospective
        )
    return found, waiting


def results_in(said: Sequence[Said], known: NameIndex) -> list[Mention]:
    """Mentions of results, in the edition of the text that tells them."""
    found = []
    for statement, key, version in said:
        year = plan_year(version.reading)
        if statement.kind == "result" and year is not None and not announces(statement):
            found += mentions_of(statement, key, version, str(year), year, "year", False, known)
    return found


def names_promised(promises: Sequence[Mention]) -> set[str]:
    """The projects that promises name: results are looked for them."""
    return {m.slot or m.terms.name for m in promises if m.terms.family == "deed" and m.terms.name}


def _mentions(said: Sequence[Said], aliases: Aliases) -> tuple[list[Mention], int]:
    """All mentions in the order of their ids, and how many statements wait for a year."""
    promises, waiting = promises_in(said)
    promises = with_systems(promises, systems_told(promises))
    names = names_promised(promises)
    known = NameIndex(names, aliases.spelt) if aliases else NameIndex(names)
    found: Iterable[Mention] = (*promises, *results_in(said, known))
    if aliases:
        found = map(aliases.called, found)
    return sorted(found, key=BY_ID), waiting


def conclude(owner: Owner, said: Sequence[Said], shelf: Shelf, decided: Decisions) -> Derived:
    """The conclusions about one place and level from all that is said of it."""
    mentions, waiting = _mentions(said, shelf.aliases)
    stories = list(_stories(owner, mentions, decided))
    return Derived(
        commitments=tuple(sorted((s.commitment for s in stories), key=lambda c: c.id)),
        editions=tuple(editions_of(owner, mentions, shelf)),
        changes=tuple(sorted(decided.reviewed(changes_in(stories, shelf)), key=lambda c: c.id)),
        texts=texts_of(owner, {v.sha256: v for _, _, v in said}.values(), waiting, shelf, decided),
    )


def texts_of(
    owner: Owner, versions: Collection[Version], waiting: int, shelf: Shelf, decided: Decisions
) -> PlaceNotes | None:
    """What is to be known of the texts of a place and level; None where nothing is."""
    unplaced = (f"{waiting} promises have no year, or one already past when told",) if waiting else ()
    own = [v.reading for v in versions if v.reading.place.code == owner.code]
    told = {version.sha256 for version in versions}
    differing = sorted((sha, copy) for sha, copy in decided.reprints.differing.items() if sha in told)
    notes = (*unplaced, *shelf.notes(), *(copy.note(sha) for sha, copy in differing), *succession(owner, own))
    reprints = tuple(sorted(pair for pair in decided.reprints.home.items() if pair[1] in told))
    if not notes and not reprints:
        return None
    level = f"{owner.level} {owner.name}"
    return PlaceNotes(notes_id(owner.code, level), owner.code, owner.name, owner.level, notes, reprints)


def _stories(owner: Owner, mentions: Sequence[Mention], decided: Decisions) -> Iterator[Story]:
    threads = decided.threads(mentions)
    return stories_in(owner, threads, told_in(mentions, threads), decided.pairs)


def stories_in(
    owner: Owner, threads: Iterable[Thread], told: Mapping[Id, Told], pairs: Pairs
) -> Iterator[Story]:
    """The stories of the threads that promise something. told: what promises are told of by, beside them."""
    for thread in threads:
        promises = [m for m in thread.mentions if m.role == "promise"]
        if promises:
            beside = with_told(thread, told, pairs)
            yield story_of(owner, commitment_of(owner, thread, promises, beside), thread, beside)


def with_systems(promises: Sequence[Mention], known: Known) -> list[Mention]:
    """Promises with systems put in their years and places: retrospect, parts, deeds on named systems."""
    promises = deeds_on_systems(promises, known)
    texts: dict[str, list[Mention]] = defaultdict(list)
    for mention in promises:
        texts[mention.version.sha256].append(mention)
    found: list[Mention] = []
    for own in texts.values():
        own = retold(own)
        parts = overall_parts(own)
        found += [m for m in own if not told_as_part(m, parts)] + parts
    return found


Opened = tuple[Story, tuple[Change, ...]]
"""A story with what its editions tell, as far as that depends on no other story."""


def opened(stories: Iterable[Story], shelf: Shelf) -> list[Opened]:
    """The stories with what their editions tell before it is known which years are suspect."""
    return [(story, tuple(stated.changes(story, shelf))) for story in stories]


def changes_in(stories: Sequence[Story], shelf: Shelf) -> Iterator[Change]:
    """What the stories of one place and level tell."""
    told = opened(stories, shelf)
    lives = {story.commitment.id: story.commitment.life for story in stories}
    suspect = suspect_years((c for _, own in told for c in own), lives, shelf.whole)
    return told_with(told, shelf, suspect)


def told_with(told: Iterable[Opened], shelf: Shelf, suspect: frozenset[int]) -> Iterator[Change]:
    """All that the stories tell, given the years in which silence proves less."""
    for story, own in told:
        again = any(c.change == "dropped" and int(c.edition_to or 0) in suspect for c in own)
        yield from stated.changes(story, shelf, suspect) if again else own
        yield from outcomes.changes(story, shelf)
        yield from unreported.changes(story, shelf)


def commitment_of(
    owner: Owner, thread: Thread, promises: list[Mention], told: Sequence[Told] = ()
) -> Commitment:
    """The commitment of a thread: named and classed by its latest promise.

    told: statements that it is told of by, which are named among its members and no more.
    """
    latest = max(promises, key=lambda m: (m.said, order_of(m), m.id))
    members = sorted(
        [
            *((m, m.role, *thread.joined[m.id]) for m in thread.mentions),
            *((one.mention, NAMED, one.why, one.confidence) for one in told if not one.asked),
        ],
        key=lambda one: (one[0].said, order_of(one[0]), one[0].statement.start, one[0].id),
    )
    statement = latest.statement
    framework = latest.framework
    title = framework.name if framework else (latest.slot or statement.subject or statement.text)
    return Commitment(
        id=commitment_id(owner.code, f"{owner.level} {owner.name}", (m.id for m in thread.mentions)),
        place_code=owner.code,
        district=owner.name,
        level=owner.level,
        kind="framework" if framework else "target" if statement.kind == "target" else "action",
        title=title,
        subject=title if framework or latest.slot else statement.subject,
        life=life_of(promises),
        members=tuple(
            Member(m.key, m.version.sha256, m.edition, role, why, sure) for m, role, why, sure in members
        ),
    )
