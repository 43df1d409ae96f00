"""unreported: what was due within its year and is told by nothing in the text that reviews it."""

from __future__ import annotations

from collections.abc import Iterator

from tracking.changes.absent import Awaited, among_promises, comparable, held, silence, year_of
from tracking.changes.looking import for_thing
from tracking.changes.owed import of_five_years, owed
from tracking.model import Change, Version
from tracking.shelf import Shelf
from tracking.stories import Story, Telling

LEAST_REVIEWED = 10
"""Results of the year itself that a text must report to count as its review: in the last year of a
government reports look back on five years at once."""


def changes(story: Story, shelf: Shelf) -> Iterator[Change]:
    """What is due and not reported back; what is dropped stands between the editions (`stated`)."""
    found = unreported(story, shelf)
    if found is not None:
        yield found


def unreported(story: Story, shelf: Shelf) -> Change | None:
    """The entry that the text which reviews a promise's year does not mention it, or None."""
    awaited = due_back(story, shelf)
    if awaited is None:
        return None
    search = for_thing(awaited.told.mentions, awaited.text, shelf)
    return None if search.verdict == "found" else silence(story, "unreported", awaited, search, shelf)


def due_back(story: Story, shelf: Shelf) -> Awaited | None:
    """What was due within its year and is told by no statement of the text that reviews it, or None."""
    told = due_once(story, shelf)
    if told is None:
        return None
    year = int(story.chapters[0].period)
    silent = shelf.whole.get(year + 1)
    if silent is None or not comparable(told.main, silent) or not _reviews(silent, year):
        return None
    return Awaited(story.chapters[0], told, silent)


def due_once(story: Story, shelf: Shelf) -> Telling | None:
    """What a report promised within its year, once, and no text told of later; whatever the next one says."""
    if story.commitment.life != "one-off" or len(story.chapters) != 1:
        return None
    year, told = year_of(story.chapters[0].period), held(story.chapters[0])
    if year is None or told is None or told.main.version.reading.type != "report":
        return None
    if _spoken_of(story, year) or not owed(told.main, year) or of_five_years(told.main.version):
        return None
    return told if among_promises(told.main, shelf) else None


def _spoken_of(story: Story, year: int) -> bool:
    """Whether any text after the promise's year is linked to it, or one of that year tells its result: what a
    second report, a communiqué or the news tell is reported back."""
    told = (*story.thread.mentions, *(one.mention for one in story.told))
    return any(m.said > year or (m.said == year and m.role == "result") for m in told)


def _reviews(silent: Version, year: int) -> bool:
    told = (s for s in silent.reading.statements if s.kind == "result" and s.period == str(year))
    return sum(1 for _ in told) >= LEAST_REVIEWED
