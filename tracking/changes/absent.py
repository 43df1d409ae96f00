"""What a whole later text should speak of and does not: what every accusation from silence needs.

Absence is the weakest evidence there is, so each step asks for more: the later text is whole, of the same
body, of the very next year; nothing in it is linked to the promise; and a search of all of it for the thing,
its other names and its figures finds nothing. What is merely near leaves the entry `apparent`; what is found
leaves none. Which promises are asked about: `dropped`, `unreported`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracking.changes.entry import entry
from tracking.changes.looking import Search
from tracking.changes.suspect import SWITCHED
from tracking.mentions import Mention
from tracking.model import Change, Grade, Version
from tracking.search import record
from tracking.shelf import Shelf
from tracking.stories import Chapter, Story, Telling


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a later whole text should speak of, though none of its statements is linked to it."""

    chapter: Chapter
    told: Telling
    text: Version
    ruled: bool = False
    """The text is not whole: a person says that it treats the area."""


def silence(
    story: Story,
    kind: Literal["dropped", "unreported"],
    awaited: Awaited,
    search: Search,
    shelf: Shelf,
    *,
    many: bool = False,
    replaced: bool = False,
) -> Change:
    """The entry, as sure as the search allows. many: too much would be dropped at once; replaced: the text
    sets the series that took the place of this one."""
    grade: Grade = "inferred" if search.verdict == "none" and not (awaited.ruled or many) else "apparent"
    why = (
        "nothing is found of it, but too many targets of the year seem gone at once"
        if many and search.verdict == "none" and not awaited.ruled
        else SWITCHED
        if replaced and grade == "inferred"
        else "nothing is found of it in a text that treats its area, as a person ruled"
        if awaited.ruled and search.verdict == "none"
        else "in the whole text of the next year nothing is found of it"
        if grade == "inferred"
        else "in the text of the next year only similar passages are found"
        if awaited.ruled
        else "in the whole text of the next year only similar passages are found"
    )
    terms = (*search.terms, *shelf.aliases.others(search.terms))
    return entry(
        story,
        kind,
        about=awaited.told.main,
        edition_from=awaited.chapter.period,
        edition_to=str(int(awaited.chapter.period) + 1),
        old=awaited.told.mentions,
        grade=grade,
        silent=awaited.text,
        searched=record(awaited.text, terms, search.nearest),
        why=why,
    )


def year_of(period: str) -> int | None:
    """The year of a yearly edition."""
    return int(period) if period.isdigit() else None


def held(chapter: Chapter) -> Telling | None:
    """The last telling that promises, unless doubtful or told in retrospect."""
    told = [t for t in chapter.tellings if not t.absent]
    if not told or told[-1].main.retrospective or told[-1].main.statement.doubtful:
        return None
    return told[-1]


def comparable(promise: Mention, silent: Version, *, ruled: bool = False) -> bool:
    """Both are whole-programme texts of one body; what news or other bodies said is no measure of silence.

    ruled: a person vouches for the later text, which then need be of the same body only.
    """
    own = promise.version.reading
    return (
        (ruled or own.type == "report")
        and own.level == silent.reading.level
        and own.issuer == silent.reading.issuer
        and promise.version.sha256 != silent.sha256
    )


def among_promises(promise: Mention, shelf: Shelf) -> bool:
    """Whether it stands where its text promises: a review is now and then read as what is to come."""
    return promise.spans[0][0] >= shelf.programme(promise.version)
