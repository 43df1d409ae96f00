"""dropped: a target set year after year that the next whole text does not set."""

from __future__ import annotations

import re
from functools import partial

from parsers.statement import Statement
from tracking.changes.absent import Awaited, among_promises, comparable, held, silence, year_of
from tracking.changes.looking import Search, for_indicator, instead, jointly
from tracking.fulfilment import judge_statements, lower_is_better
from tracking.mentions import Mention
from tracking.model import Change, Version
from tracking.sections import sketches_years
from tracking.shelf import Shelf, programme_from
from tracking.stories import Story, Telling
from tracking.terms import normal, words

_SHARED_END = re.compile("(.{2,})(增加值|总产值|收入|投资)$")
"""What a list of indicators tells once, at its end: 农业、规模以上工业、服务业增加值."""
HEADING = 30
"""Characters that a line above a promise may have to be its heading."""


def dropped(story: Story, at: int, shelf: Shelf, suspect: frozenset[int] = frozenset()) -> Change | None:
    """The entry that a promise set year after year is not in the next whole text, or None.

    at: the last chapter before the silence. suspect: years in which too much would be dropped at once.
    """
    awaited = set_again(story, at, shelf) or set_again(story, at, shelf, ruled=True)
    if awaited is None:
        return None
    promise, text = awaited.told.main, awaited.text
    asked = partial(shelf.answers.once, mention=promise, text=text)
    if asked("otherwise", ask=lambda: _promised_otherwise(promise.statement, text)):
        return None
    search = Search.of(*asked("indicator", ask=lambda: for_indicator(promise, text, shelf).plain()))
    replaced = asked("instead", ask=lambda: instead(promise.statement.indicator or "", text))
    many = int(awaited.chapter.period) + 1 in suspect and not replaced
    return (
        None
        if search.verdict == "found"
        else silence(story, "dropped", awaited, search, shelf, many=many, replaced=replaced)
    )


def set_again(story: Story, at: int, shelf: Shelf, *, ruled: bool = False) -> Awaited | None:
    """What was set two years running and is told by no statement of the next whole text, or None.

    ruled: where no whole text of the next year is known, of one that a person says treats the promise's area.
    """
    last = set_twice(story, at)
    if last is None:
        return None
    chapter = story.chapters[at]
    year = int(chapter.period)
    silent = shelf.whole.get(year + 1)
    if ruled:
        silent = _treating(last, shelf, year + 1) if silent is None else None
    elif not {year - 1, year} <= set(shelf.whole):
        return None
    if silent is None:
        return None
    if not comparable(last.main, silent, ruled=ruled) or _set_in(story, silent):
        return None
    if not _sets_a_year(last.main, shelf) or _reached(story, last.main, silent, shelf):
        return None
    return Awaited(chapter, last, silent, ruled)


def set_twice(story: Story, at: int) -> Telling | None:
    """The last telling of an indicator's target that is set in two years running, and in no edition of the
    third; whatever the text of that one says."""
    year = year_of(story.chapters[at].period)
    if year is None or at == 0 or year_of(story.chapters[at - 1].period) != year - 1:
        return None
    if at + 1 < len(story.chapters) and year_of(story.chapters[at + 1].period) == year + 1:
        return None
    last = held(story.chapters[at])
    if last is None or held(story.chapters[at - 1]) is None or last.main.terms.indicator is None:
        return None
    return last


def _treating(promise: Telling, shelf: Shelf, year: int) -> Version | None:
    """A text of a year that people say treats an area of this promise."""
    for version, areas in shelf.covering.get(year, ()):
        if any(_in_area(mention, area) for mention in promise.mentions for area in areas):
            return version
    return None


def _in_area(mention: Mention, area: str) -> bool:
    """Whether a promise is of an area: the text says so of it, or in the heading it stands under."""
    statement, text = mention.statement, mention.version.reading.source.text
    lines = text[: mention.spans[0][0]].split("\n")
    heading = next((line for line in reversed(lines[:-1]) if 0 < len(line.strip()) <= HEADING), "")
    told = (statement.area, statement.subject, statement.indicator, statement.text, heading)
    return any(normal(area) in normal(words) for words in told if words)


def _sets_a_year(promise: Mention, shelf: Shelf) -> bool:
    """Whether it stands among promises, and where the text comes to a year and sketches none ahead."""
    return shelf.answers.once(
        "a year's",
        promise,
        promise.version,
        lambda: not sketches_years(promise) and among_promises(promise, shelf),
    )


def _set_in(story: Story, silent: Version) -> bool:
    """Whether a statement of the later text sets it again. That its result is told there is no new target."""
    told = (*story.thread.mentions, *(one.mention for one in story.told))
    return any(m.version.sha256 == silent.sha256 and m.role != "result" for m in told)


def _reached(story: Story, promise: Mention, silent: Version, shelf: Shelf) -> bool:
    """Whether the later text tells that a level to be reached was reached: nothing is owed any more.

    Growth, yearly amounts and limits are due anew each year, so meeting them ends nothing.
    """
    statement = promise.statement
    limit = any(q.op in ("<", "<=") for q in statement.quantities) or lower_is_better(statement.subject)
    if promise.terms.base in ("growth", "flow") or limit:
        return False
    linked = (m.statement for m in story.results if m.version.sha256 == silent.sha256)
    if any(judge_statements(statement, told) == "fulfilled" for told in linked):
        return True
    return shelf.answers.once("reached", promise, silent, lambda: _reached_in(statement, silent))


def _reached_in(statement: Statement, silent: Version) -> bool:
    """Whether any result of the same indicator in the later text, linked or not, reaches it."""
    told = silent.reading.statements
    alike = (s for s in told if s.kind == "result" and s.indicator == statement.indicator)
    return any(judge_statements(statement, result) == "fulfilled" for result in alike)


def _promised_otherwise(statement: Statement, silent: Version) -> bool:
    """The same indicator promised on another base, for other years, or jointly with its like (城乡居民收入):
    another promise, but no silence."""
    together = jointly(statement.indicator or "")
    return _in_a_list(statement.indicator or "", silent) or any(
        s.kind == "target"
        and (
            s.indicator == statement.indicator
            or (s.indicator in (None, *together) and any(said in normal(s.text) for said in together))
        )
        for s in silent.reading.statements
    )


def _in_a_list(indicator: str, silent: Version) -> bool:
    """Whether the later text promises it in a list that names its kind once, at the end, for all."""
    parts = _SHARED_END.match(indicator)
    if parts is None:
        return False
    names = "|".join(map(re.escape, words()["listed"].get(parts[1], [parts[1]])))
    listed = re.compile(f"(?:{names})(?:[、和及与][^，。；、和及与]{{1,10}})+?{parts[2]}")
    return listed.search(silent.reading.source.text, programme_from(silent)) is not None
