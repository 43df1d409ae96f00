"""From all texts that concern a place to its commitments, editions and changes.

A pure function of the texts: the same set in any order gives the same conclusions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from parsers.reading import Reading
from parsers.statement import Statement
from tracking import frameworks
from tracking.changes import outcomes, stated
from tracking.editions import belongs, editions_of, order_of, plan_year
from tracking.keys import commitment_id, statement_keys
from tracking.life import life_of
from tracking.links import propose
from tracking.mentions import Mention, mentions_of, part_mentions
from tracking.model import Change, Commitment, Derived, Member, Version
from tracking.owners import Owner, owner_of
from tracking.stories import Story, story_of
from tracking.threads import Thread, threads_of


def owners(reading: Reading) -> frozenset[Owner]:
    """The places and levels that a document says something of."""
    return frozenset(owner_of(statement, reading) for statement in reading.statements)


def derive(versions: Sequence[Version], rulings: Sequence[Any] = ()) -> list[Derived]:
    """Conclusions for every place and level that the texts speak of, in the order of code, level and name.

    versions: every version of every document that concerns a place (`supersedes` set on edited pages).
    rulings: people's decisions; none change anything yet.
    """
    del rulings
    groups: dict[Owner, list[Mention]] = defaultdict(list)
    undated: dict[Owner, int] = defaultdict(int)
    for version in sorted({v.sha256: v for v in versions}.values(), key=lambda v: v.sha256):
        keys = statement_keys(version.sha256, version.reading.statements)
        for statement, key in zip(version.reading.statements, keys, strict=True):
            owner = owner_of(statement, version.reading)
            found = _mentions(statement, key, version)
            groups[owner] += found
            undated[owner] += not found
    return [_conclude(owner, groups[owner], undated[owner]) for owner in sorted(groups)]


def _mentions(statement: Statement, key: str, version: Version) -> list[Mention]:
    """The mentions of a statement; none where neither it nor its document has a year."""
    reading = version.reading
    if statement.kind == "result":
        year = plan_year(reading)
        if year is None:
            return []
        return mentions_of(statement, key, version, str(year), year, "year", False)
    place = belongs(statement, reading)
    if place is None:
        return []
    return mentions_of(statement, key, version, place.period, place.said, place.horizon, place.retrospective)


def _conclude(owner: Owner, mentions: list[Mention], undated: int) -> Derived:
    mentions = sorted((*mentions, *_parts(mentions)), key=lambda m: m.id)
    stories = []
    for thread in threads_of(mentions, propose(mentions)):
        promises = [m for m in thread.mentions if m.role == "promise"]
        if promises:
            stories.append(story_of(owner, _commitment(owner, thread, promises), thread))
    notes = (f"{undated} statements have no year and wait for one",) if undated else ()
    return Derived(
        commitments=tuple(sorted((s.commitment for s in stories), key=lambda c: c.id)),
        editions=tuple(editions_of(owner, mentions)),
        changes=tuple(sorted(_changes(stories), key=lambda c: c.id)),
        notes=notes,
    )


def _parts(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Parts of overall work systems as promises of their own."""
    texts: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.framework is not None:
            texts[mention.version.sha256, mention.edition].append(mention)
    for own in texts.values():
        for mention in own:
            if mention.framework is not None and frameworks.is_overall(mention.framework, mention.statement):
                yield from part_mentions(mention, own)


def _changes(stories: Sequence[Story]) -> Iterator[Change]:
    for story in stories:
        yield from stated.changes(story)
        yield from outcomes.changes(story)


def _commitment(owner: Owner, thread: Thread, promises: list[Mention]) -> Commitment:
    """The commitment of a thread: named and classed by its latest promise."""
    latest = max(promises, key=lambda m: (m.said, order_of(m), m.id))
    members = sorted(thread.mentions, key=lambda m: (m.said, order_of(m), m.statement.start, m.id))
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
            Member(m.key, m.version.sha256, m.edition, m.role, *thread.joined[m.id]) for m in members
        ),
    )
