"""dropped and unreported: what the whole text of the next period does not say.

Absence is the weakest evidence there is, so each step asks for more: the later text is whole, of the same
body, of the very next year; nothing in it is linked to the promise; and a search of all of it for the thing,
its other names and its figures finds nothing. What is merely near leaves the entry `apparent`; what is found
leaves none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from parsers.statement import Statement
from tracking.changes.entry import entry
from tracking.changes.looking import LEAST_NAME, Search, for_indicator, for_thing, instead, jointly
from tracking.changes.suspect import SWITCHED
from tracking.dates import years_of
from tracking.fulfilment import judge_statements, lower_is_better
from tracking.mentions import Mention
from tracking.model import Change, Grade, Version
from tracking.search import record
from tracking.sections import sketches_years
from tracking.shelf import Shelf
from tracking.stories import Chapter, Story, Telling
from tracking.terms import normal

LEAST_REVIEWED = 10
"""Results of the year itself that a text must report to count as its review: in the last year of a
government reports look back on five years at once."""
HEADING = 30
"""Characters that a line above a promise may have to be its heading."""
_COUNTABLE = ("count", "area", "length", "mass")
"""Dimensions of deeds that can be counted; people, shares, money and rates are told in too many ways."""
_NO_END = frozenset(
    {
        "打造",
        "实现",
        "争取",
        "推进",
        "推动",
        "解决",
        "保持",
        "达到",
        "突破",
        "培育打造",
        "壮大",
        "支持",
        "集聚",
    }
)
"""Deeds that no date ends."""
_ATTENDED = frozenset({"抓好", "做好", "抓住", "落实", "落实好"})
"""Words of attending to something, and of an occasion: they end in nothing that could be told as done."""
OPENING = 400
"""Characters from the start within which a report says what it is on."""
_PLAN_REPORT = re.compile("关于[^。\n]{0,24}五年(?:计划|规划)(?:纲要)?(?:（草案）)?的(?:报告|说明)")
_FRAGMENT = re.compile("^以.+为(?:重点|目标|抓手|核心|主)$|机遇")
_LONGER = re.compile("[把将].{2,30}建成|[三五]年|十[一二三四五]五|到20|每年|期末|以后|今后|逐年|年均")
_ELSEWHERE = re.compile("对口(?:支援|援|帮扶|协作)|援建|支援|援[疆藏青]")
"""Works in another place, which the review tells of in a word."""
_OUTLINE = re.compile("总的规划|总体规划|总体目标|总体思路|今后|未来|[三五]年内|十[一二三四五]五|到20")
"""Sentences that sketch more than a year."""
_NO_THING = re.compile(
    r"^[在对按将把以向从用为选或及和与]|\d|[（(]|的|(?:体系|机制|格局|计划|规划|制度|氛围|环境|布点|布局)$|更多"
)
"""Objects that are no countable or finishable thing, or that were cut out of a longer phrase."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a later whole text should speak of, though none of its statements is linked to it."""

    chapter: Chapter
    told: Telling
    text: Version
    ruled: bool = False
    """The text is not whole: a person says that it treats the area."""


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
        else _silence(story, "dropped", awaited, search, shelf, many=many, replaced=replaced)
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
    if not _comparable(last.main, silent, ruled=ruled) or _set_in(story, silent):
        return None
    if not _sets_a_year(last.main, shelf) or _reached(story, last.main, silent, shelf):
        return None
    return Awaited(chapter, last, silent, ruled)


def set_twice(story: Story, at: int) -> Telling | None:
    """The last telling of an indicator's target that is set in two years running, and in no edition of the
    third; whatever the text of that one says."""
    year = _single(story.chapters[at].period)
    if year is None or at == 0 or _single(story.chapters[at - 1].period) != year - 1:
        return None
    if at + 1 < len(story.chapters) and _single(story.chapters[at + 1].period) == year + 1:
        return None
    last = _held(story.chapters[at])
    if last is None or _held(story.chapters[at - 1]) is None or last.main.terms.indicator is None:
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


def changes(story: Story, shelf: Shelf) -> Iterator[Change]:
    """What is due and not reported back; what is dropped stands between the editions (`stated`)."""
    silence = unreported(story, shelf)
    if silence is not None:
        yield silence


def unreported(story: Story, shelf: Shelf) -> Change | None:
    """The entry that the text which reviews a promise's year does not mention it, or None."""
    awaited = due_back(story, shelf)
    if awaited is None:
        return None
    search = for_thing(awaited.told.mentions, awaited.text, shelf)
    return None if search.verdict == "found" else _silence(story, "unreported", awaited, search, shelf)


def due_back(story: Story, shelf: Shelf) -> Awaited | None:
    """What was due within its year and is told by no statement of the text that reviews it, or None."""
    told = due_once(story, shelf)
    if told is None:
        return None
    year = int(story.chapters[0].period)
    silent = shelf.whole.get(year + 1)
    if silent is None or not _comparable(told.main, silent) or not _reviews(silent, year):
        return None
    return Awaited(story.chapters[0], told, silent)


def due_once(story: Story, shelf: Shelf) -> Telling | None:
    """What a report promised within its year, once, and no text told of later; whatever the next one says."""
    if story.commitment.life != "one-off" or len(story.chapters) != 1:
        return None
    year, told = _single(story.chapters[0].period), _held(story.chapters[0])
    if year is None or told is None or told.main.version.reading.type != "report":
        return None
    if _spoken_of(story, year) or not _owed(told.main, year) or _of_five_years(told.main.version):
        return None
    return told if _among_promises(told.main, shelf) else None


def _silence(
    story: Story,
    kind: Literal["dropped", "unreported"],
    awaited: Awaited,
    search: Search,
    shelf: Shelf,
    *,
    many: bool = False,
    replaced: bool = False,
) -> Change:
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


def _single(period: str) -> int | None:
    """The year of a yearly edition."""
    return int(period) if period.isdigit() else None


def _held(chapter: Chapter) -> Telling | None:
    """The last telling that promises, unless doubtful or told in retrospect."""
    told = [t for t in chapter.tellings if not t.absent]
    if not told or told[-1].main.retrospective or told[-1].main.statement.doubtful:
        return None
    return told[-1]


def _comparable(promise: Mention, silent: Version, *, ruled: bool = False) -> bool:
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


def _among_promises(promise: Mention, shelf: Shelf) -> bool:
    """Whether it stands where its text promises: a review is now and then read as what is to come."""
    return promise.spans[0][0] >= shelf.programme(promise.version)


def _sets_a_year(promise: Mention, shelf: Shelf) -> bool:
    """Whether it stands among promises, and where the text comes to a year and sketches none ahead."""
    return shelf.answers.once(
        "a year's",
        promise,
        promise.version,
        lambda: not sketches_years(promise) and _among_promises(promise, shelf),
    )


def _of_five_years(version: Version) -> bool:
    """Whether a report is given on a five-year plan: what it says without a year is due within the plan."""
    return _PLAN_REPORT.search(version.reading.source.text, 0, OPENING) is not None


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


def _spoken_of(story: Story, year: int) -> bool:
    """Whether any text after the promise's year is linked to it, or one of that year tells its result: what a
    second report, a communiqué or the news tell is reported back."""
    told = (*story.thread.mentions, *(one.mention for one in story.told))
    return any(m.said > year or (m.said == year and m.role == "result") for m in told)


def _promised_otherwise(statement: Statement, silent: Version) -> bool:
    """The same indicator promised on another base, for other years, or jointly with its like (城乡居民收入):
    another promise, but no silence."""
    together = jointly(statement.indicator or "")
    return any(
        s.kind == "target"
        and (
            s.indicator == statement.indicator
            or (s.indicator in (None, *together) and any(said in normal(s.text) for said in together))
        )
        for s in silent.reading.statements
    )


def _owed(promise: Mention, year: int) -> bool:
    """A countable deed or a named project to be finished or begun, due within the year and no other time."""
    statement = promise.statement
    due = years_of(statement.period)
    if due not in (None, (year, year)) or promise.terms.horizon != "year" or not _ends(promise):
        return False
    before = _sentence_before(promise)
    return not (
        _LONGER.search(statement.text)
        or _OUTLINE.search(before)
        or statement.deed in _ATTENDED
        or _ELSEWHERE.search(before + statement.text)
        or _FRAGMENT.search(promise.quote)
        or _NO_THING.search(statement.object or statement.subject)
        or sketches_years(promise)
    )


def _ends(promise: Mention) -> bool:
    """Whether it is done at some time: a counted deed, or a named project to be finished or begun."""
    statement = promise.statement
    if promise.terms.family == "measure":
        if len(promise.terms.head) <= LEAST_NAME:
            return False
        counted = all(d.startswith(_COUNTABLE) for d in promise.terms.dimensions)
        done = bool(statement.deed) and statement.deed not in _NO_END
        return done and bool(statement.quantities) and counted
    named = promise.terms.family == "deed" and bool(promise.terms.name)
    return named and promise.terms.stage in ("建成", "开工")


def _sentence_before(mention: Mention) -> str:
    """The words of the sentence that stand before the mention's own."""
    text, start = mention.version.reading.source.text, mention.spans[0][0]
    return text[max(text.rfind(mark, 0, start) for mark in "。\n") + 1 : start]


def _reviews(silent: Version, year: int) -> bool:
    told = (s for s in silent.reading.statements if s.kind == "result" and s.period == str(year))
    return sum(1 for _ in told) >= LEAST_REVIEWED
