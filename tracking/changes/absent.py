"""dropped and unreported: what the whole text of the next period does not say.

Absence is the weakest evidence there is, so each step asks for more: the later text is whole, of the same
body, of the very next year; nothing in it is linked to the promise; and a search of all of it for the thing,
its other names and its figures finds nothing. What is merely near leaves the entry `apparent`; what is found
leaves none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parsers.indicators import dictionary
from parsers.statement import Statement
from tracking.changes.entry import entry
from tracking.dates import years_of
from tracking.fulfilment import judge_statements, lower_is_better
from tracking.mentions import Mention
from tracking.model import Change, Grade, Version
from tracking.search import FAR, FOUND, NEAR, SHOWN, Passage, rarest, rarest_pairs, record
from tracking.sections import sketches_years
from tracking.shelf import Shelf, programme_from
from tracking.stories import Chapter, Story, Telling
from tracking.terms import normal
from tracking.terms import words as word_lists

LEAST_REVIEWED = 10
"""Results of the year itself that a text must report to count as its review: in the last year of a
government reports look back on five years at once."""
HEADING = 30
"""Characters that a line above a promise may have to be its heading."""
LEAST_NAME = 4
"""Characters a thing's words must have for a text to be searched for them."""
SHORT_KIND = 2
KIND = 3
"""Characters at the end of a thing's words that say what kind of thing it is."""
_COUNTABLE = ("count", "area", "length", "mass")
"""Dimensions of deeds that can be counted; people, shares, money and rates are told in too many ways."""
_NO_END = frozenset(
    {"打造", "实现", "争取", "推进", "推动", "解决", "保持", "达到", "突破", "培育打造", "壮大", "支持"}
)
"""Deeds that no date ends."""
_ATTENDED = frozenset({"抓好", "做好", "抓住", "落实", "落实好"})
"""Words of attending to something, and of an occasion: they end in nothing that could be told as done."""
_FRAGMENT = re.compile("^以.+为(?:重点|目标|抓手|核心|主)$|机遇")
_BETWEEN = re.compile("([一-龥])[一-龥]{1,5}至([一-龥])[一-龥]{1,5}")
"""A line between two towns, told again by a character of each: 长春至太平川 is 长太."""
_LONGER = re.compile("[把将].{2,30}建成|[三五]年|十[一二三四五]五|到20|每年|期末|以后|今后|逐年|年均")
_OUTLINE = re.compile("总的规划|总体规划|总体目标|总体思路|今后|未来|[三五]年内|十[一二三四五]五|到20")
"""Sentences that sketch more than a year."""
_NO_THING = re.compile(r"^[在对按将把以向从用为选]|\d|[（(]|的|(?:体系|机制|格局|计划|规划|制度|氛围|环境)$")
"""Objects that are no countable or finishable thing, or that were cut out of a longer phrase."""
_QUOTED = re.compile("[“《]([^“”《》]{3,20})[”》]")
_FIGURE = re.compile(r"\d|百分之")
_BOUNDED = re.compile("控制在|稳定在|保持在|以内|以上|左右|不低于|不超过|确保|力争")
_AIMED = re.compile("高于|快于|不低于|好于|同步|翻番|翻一番|以上|左右|增速|增长|提高|降低|控制")

Verdict = Literal["found", "near", "none"]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search of a whole text came to."""

    verdict: Verdict
    terms: tuple[str, ...]
    nearest: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a later whole text should speak of, though none of its statements is linked to it."""

    chapter: Chapter
    told: Telling
    text: Version
    ruled: bool = False
    """The text is not whole: a person says that it treats the area."""


def dropped(story: Story, at: int, shelf: Shelf) -> Change | None:
    """The entry that a promise set year after year is not in the next whole text, or None.

    at: the last chapter before the silence.
    """
    awaited = set_again(story, at, shelf) or set_again(story, at, shelf, ruled=True)
    if awaited is None or _promised_otherwise(awaited.told.main.statement, awaited.text):
        return None
    search = _for_indicator(awaited.told.main, awaited.text, shelf)
    return None if search.verdict == "found" else _silence(story, "dropped", awaited, search, shelf)


def set_again(story: Story, at: int, shelf: Shelf, *, ruled: bool = False) -> Awaited | None:
    """What was set two years running and is told by no statement of the next whole text, or None.

    ruled: where no whole text of the next year is known, of one that a person says treats the promise's area.
    """
    chapter = story.chapters[at]
    year = _single(chapter.period)
    if year is None or at == 0 or _single(story.chapters[at - 1].period) != year - 1:
        return None
    after = at + 1 < len(story.chapters) and _single(story.chapters[at + 1].period)
    last = _held(chapter)
    silent = shelf.whole.get(year + 1)
    if ruled:
        silent = _treating(last, shelf, year + 1) if last and silent is None else None
    elif not {year - 1, year} <= set(shelf.whole):
        return None
    if silent is None or after == year + 1:
        return None
    if last is None or _held(story.chapters[at - 1]) is None or last.main.terms.indicator is None:
        return None
    if sketches_years(last.main):
        return None
    if not _comparable(last.main, silent, ruled=ruled):
        return None
    if _set_in(story, silent) or _reached(story, last.main, silent):
        return None
    return Awaited(chapter, last, silent, ruled)


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
    search = _for_thing(awaited.told.mentions, awaited.text, shelf)
    return None if search.verdict == "found" else _silence(story, "unreported", awaited, search, shelf)


def due_back(story: Story, shelf: Shelf) -> Awaited | None:
    """What was due within its year and is told by no statement of the text that reviews it, or None."""
    if story.commitment.life != "one-off" or len(story.chapters) != 1:
        return None
    chapter = story.chapters[0]
    year = _single(chapter.period)
    silent = shelf.whole.get(year + 1) if year is not None else None
    told = _held(chapter)
    if year is None or silent is None or told is None or not _owed(told.main, year):
        return None
    if not _comparable(told.main, silent) or _spoken_of(story, year) or not _reviews(silent, year):
        return None
    return Awaited(chapter, told, silent)


def _silence(
    story: Story, kind: Literal["dropped", "unreported"], awaited: Awaited, search: Search, shelf: Shelf
) -> Change:
    grade: Grade = "inferred" if search.verdict == "none" and not awaited.ruled else "apparent"
    why = (
        "nothing is found of it in a text that treats its area, as a person ruled"
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


def _set_in(story: Story, silent: Version) -> bool:
    """Whether a statement of the later text sets it again. That its result is told there is no new target."""
    return any(m.version.sha256 == silent.sha256 and m.role != "result" for m in story.thread.mentions)


def _reached(story: Story, promise: Mention, silent: Version) -> bool:
    """Whether the later text tells that a level to be reached was reached: nothing is owed any more.

    Growth, yearly amounts and limits are due anew each year, so meeting them ends nothing.
    """
    statement = promise.statement
    limit = any(q.op in ("<", "<=") for q in statement.quantities) or lower_is_better(statement.subject)
    if promise.terms.base in ("growth", "flow") or limit:
        return False
    results = (m for m in story.results if m.version.sha256 == silent.sha256)
    return any(judge_statements(statement, m.statement) == "fulfilled" for m in results)


def _spoken_of(story: Story, year: int) -> bool:
    """Whether any text after the promise's year is linked to it, or one of that year tells its result: what a
    second report, a communiqué or the news tell is reported back."""
    return any(m.said > year or (m.said == year and m.role == "result") for m in story.thread.mentions)


def _promised_otherwise(statement: Statement, silent: Version) -> bool:
    """The same indicator promised on another base or for other years: another promise, but no silence."""
    return any(s.kind == "target" and s.indicator == statement.indicator for s in silent.reading.statements)


def _owed(promise: Mention, year: int) -> bool:
    """A countable deed or a named project to be finished or begun, due within the year and no other time."""
    statement = promise.statement
    due = years_of(statement.period)
    if due not in (None, (year, year)) or promise.terms.horizon != "year":
        return False
    if (
        _LONGER.search(statement.text)
        or _OUTLINE.search(_sentence_before(promise))
        or sketches_years(promise)
        or statement.deed in _ATTENDED
        or _FRAGMENT.search(promise.quote)
        or _NO_THING.search(statement.object or statement.subject)
    ):
        return False
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


def _for_thing(mentions: Sequence[Mention], silent: Version, shelf: Shelf) -> Search:
    """Search for the object, the projects and the names in quotes.

    found: a sentence holds most of the words; or some of them, or what the thing is in the end (文化站,
    幼儿园), or its very figure, stand where results are told. near: its most particular words occur at all.
    """
    text = shelf.search(silent)
    things = dict.fromkeys(t for m in mentions for t in (m.terms.name, m.terms.head) if len(t) >= LEAST_NAME)
    names = [normal(name) for m in mentions for name in _QUOTED.findall(m.statement.text)]
    terms = [*things, *(name for name in dict.fromkeys(names) if name not in things)]
    nearest = text.nearest(terms)
    best = max((p.share for p in nearest), default=0.0)
    kinds = [thing[-KIND:] for thing in things]
    alike = text.holding((*kinds, *_figures(mentions)))
    if not things or best >= NEAR or alike:
        return Search("found", tuple(terms), tuple(nearest))
    particular = [pair for thing in things for pair in rarest_pairs(thing)]
    short = ["".join(ends) for thing in things for ends in _BETWEEN.findall(thing)]
    telling = [*particular, *short, *filter(None, map(rarest, things))]
    start = programme_from(silent)
    near = (
        best >= FAR
        or bool(text.holding(telling))
        or any(span[0] < start for span, _ in text.holding(thing[-SHORT_KIND:] for thing in things))
        or not all(map(_as_printed, mentions))
    )
    return Search("near" if near else "none", (*terms, *kinds, *particular), tuple(nearest))


def _as_printed(mention: Mention) -> bool:
    """Whether the thing is searched for in the words that the text prints, not in words put together."""
    said = normal(mention.quote)
    return mention.terms.head in said or (mention.terms.name != "" and mention.terms.name in said)


def _figures(mentions: Sequence[Mention]) -> list[str]:
    """The amounts as printed, where they are particular enough to be looked for: 4.6万平方米, not 3个."""
    found = []
    for mention in mentions:
        for quantity in mention.statement.quantities:
            printed = normal(mention.version.reading.source.text[quantity.start : quantity.end])
            if sum(c.isdigit() for c in printed) >= 2:
                found.append(printed)
    return found


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """What each indicator is called, in normal spelling."""
    found: dict[str, list[str]] = {}
    for alias, indicator in dictionary().by_alias.items():
        found.setdefault(indicator.name, []).append(normal(alias))
    return {name: tuple(dict.fromkeys(aliases)) for name, aliases in found.items()}


@cache
def _wider(indicator: str) -> tuple[str, ...]:
    """Words that an indicator may be set in without its name: 物价 for 居民消费价格.

    >>> "物价" in _wider("居民消费价格"), _wider("城镇登记失业率")
    (True, ())
    """
    groups = (group for group in word_lists()["wider"] if any(part in indicator for part in group["of"]))
    return tuple(normal(said) for group in groups for said in group["said"])


def _for_indicator(promise: Mention, silent: Version, shelf: Shelf) -> Search:
    """Search for the indicator under all its names: with a figure outside what is told of the past, or with
    words that set an aim, it may be the target itself."""
    indicator = promise.statement.indicator or ""
    terms = dict.fromkeys((*_called().get(indicator, ()), promise.terms.head))
    text = shelf.search(silent)
    # A result told with a bound (控制在4%以内) may be a target that was read as one.
    past = [s.spans for s in silent.reading.statements if s.kind == "result" and not _BOUNDED.search(s.text)]
    start = programme_from(silent)
    hits: list[Passage] = []
    near = False
    for span, words in text.holding(_wider(indicator)):
        if span[0] >= start and (_FIGURE.search(words) or _AIMED.search(words)):
            near = True
            hits.append(Passage(span, NEAR))
    for span, words in text.holding(terms):
        told = any(a < span[1] and span[0] < b for spans in past for a, b in spans)
        aimed = _FIGURE.search(words) or (span[0] >= start and _AIMED.search(words))
        if aimed and (not told or span[0] >= start):
            near = True
            hits.insert(0, Passage(span, 1.0))
        else:
            hits.append(Passage(span, 1.0))
    if not near:
        for passage in text.nearest([promise.terms.head]):
            words = normal(silent.reading.source.text[slice(*passage.span)])
            if passage.span[0] >= start and passage.share >= FOUND and _AIMED.search(words):
                near = True
                hits.insert(0, passage)
    return Search("near" if near else "none", tuple(terms), tuple(hits[:SHOWN]))
