"""A mention: what one statement says about one promised thing, in which edition, as promise or as result.

Most statements are one mention. A statement that lists several named projects, or tells the figures of
several things jointly, is one mention for each, and an overall work system is also one for each part that
has no sentence of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from parsers.joint_figures import each_of
from parsers.statement import Component, Framework, Span, Statement
from tracking.model import Version
from tracking.naming import NameIndex, names_in
from tracking.terms import Terms, terms_of

if TYPE_CHECKING:
    from tracking.guises import Guise

Role = Literal["promise", "result", "named"]

_ANNOUNCED = re.compile(r"谋划|筹划|策划|规划(?:了|启动|建设)|启动(?:了)?.{0,24}(?:规划|建设)")
_BETWEEN = re.compile(r"[“”‘’\"'、，,\s]")
_STOP = re.compile("[。；！？\n]")
_MARKS = frozenset("“”‘’\"'、，, \t\r\n\u3000\xa0")
BEFORE, BEHIND, GAP = 600, 1200, 24
"""Characters before and behind a system's name where its parts are looked for, and between two of them."""
SHORT_GAP = 4
"""Characters before a part of one or two words in a list."""
TELLING = 4
"""Characters from which on a part is told by its words even where it stands alone."""
NOTHING_KNOWN = NameIndex(())
_ACHIEVED = re.compile(r"建成|竣工|投用|投产|通车|完成|开工")


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement as it bears on one promised thing.

    slot: which of several things listed by the statement, "" where it lists one.
    edition: period of the edition it belongs to; for results the edition of the reporting document.
    said: the document's plan year; orders editions of different length.
    retrospective: told of an earlier year.
    """

    key: str
    slot: str
    statement: Statement
    version: Version
    role: Role
    edition: str
    said: int
    terms: Terms
    spans: tuple[Span, ...]
    framework: Framework | None = None
    retrospective: bool = False
    guise: Guise | None = field(default=None, init=False, repr=False, compare=False)
    """Its guise, once somebody asked for it (`tracking.guises.guise_of`)."""

    @property
    def id(self) -> tuple[str, str]:
        """What tells mentions apart, whatever order they came in."""
        return (self.key, self.slot)

    @property
    def quote(self) -> str:
        """The words it rests on, cut from the source text."""
        text = self.version.reading.source.text
        return "".join(text[start:end] for start, end in self.spans)


BY_ID = attrgetter("key", "slot")
"""The id of a mention, to sort by."""


def announces(statement: Statement) -> bool:
    """A result that tells named projects as planned or begun, not as done: they are still to come."""
    return (
        statement.kind == "result"
        and not statement.quantities
        and bool(_ANNOUNCED.search(statement.text))
        and not _ACHIEVED.search(statement.text)
        and bool(names_in(statement))
    )


def mentions_of(
    statement: Statement,
    key: str,
    version: Version,
    edition: str,
    said: int,
    horizon: Literal["year", "long"],
    retrospective: bool,
    known: NameIndex = NOTHING_KNOWN,
) -> list[Mention]:
    """The mentions that one statement makes.

    known: names of promised projects; a result is about each one that its words contain.
    """

    def make(
        family: Literal["framework", "measure", "deed"],
        role: Role,
        name: str = "",
        slot: str = "",
        framework: Framework | None = None,
        of: Statement = statement,
    ) -> Mention:
        terms = terms_of(of, family, horizon, name)
        spans = statement.spans if framework is None else _with_lists(statement, framework, version)
        return Mention(
            key,
            slot,
            of,
            version,
            role,
            edition,
            said,
            terms,
            spans,
            framework,
            retrospective,
        )

    if statement.kind == "framework":
        framework = statement.framework or Framework(statement.subject, None)
        return [make("framework", "promise", framework.name, framework=framework)]
    # One of each thing whose figure is told jointly (城镇、农村居民人均可支配收入分别增长8%和9%).
    told_jointly = each_of(statement) or (statement,)
    slots = [one.subject for one in told_jointly] if len(told_jointly) > 1 else [""]
    if statement.kind == "target":
        return [
            make("measure", "promise", "", s, None, one) for s, one in zip(slots, told_jointly, strict=True)
        ]
    if statement.kind == "action" or announces(statement):
        names = names_in(statement)
        if len(names) > 1:
            return [make("deed", "promise", name, name) for name in names]
        return [make("deed", "promise", names[0] if names else "")]
    return [
        *(make("deed", "result", name, name) for name in known.named_by(statement.text)),
        *(
            make("measure" if one.quantities else "deed", "result", "", s, None, one)
            for s, one in zip(slots, told_jointly, strict=True)
        ),
    ]


def _with_lists(statement: Statement, framework: Framework, version: Version) -> tuple[Span, ...]:
    """The statement's spans and where the text spells the parts out, if that is not within them."""
    spans = list(statement.spans)
    for component in framework.components:
        for start, end in where_listed(component, statement, version):
            if not any(s <= start and end <= e for s, e in spans):
                spans.append((start, end))
    return tuple(spans)


def where_listed(component: Component, statement: Statement, version: Version) -> tuple[Span, ...]:
    """The stretches that list a component's items near the statement: marks may stand between characters.

    Items that follow one another closely are the list; short words that stand apart are no evidence.
    """
    source = version.reading.source.text
    low = max(0, statement.start - BEFORE)
    high = min(len(source), statement.end + BEHIND)
    items = [_BETWEEN.sub("", item) for item in component.items]
    if not items or not all(2 <= len(item) <= 60 for item in items):
        return ()
    at = [i for i in range(low, high) if source[i] not in _MARKS]
    text = "".join([source[i] for i in at])
    starts = (bisect_left(at, statement.start), 0)
    for start in starts:
        if (span := _in_a_row(items, text, at, start)) is not None:
            return (span,)
    if apart := _apart(items):
        for start in starts:
            span = _in_a_row(apart, text, at, start)
            if span is not None and not _STOP.search(source, *span):
                return (span,)
    if min(map(len, component.items)) < TELLING:
        return ()
    found = [text.find(item) for item in items]
    spans = [(at[i], at[i + len(item) - 1] + 1) for i, item in zip(found, items, strict=True) if i >= 0]
    return _joined(spans) if len(spans) == len(items) else ()


def _apart(items: Sequence[str]) -> list[str]:
    """The items of a list without the ending that they share, which then stands behind them once:
    教育强区, 生态强区 are printed “教育、生态”两大强区. Nothing where they share none.
    """
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*map(reversed, items), strict=False))
    ending = items[0][len(items[0]) - sum(1 for _ in alike) :] if len(items) > 1 else ""
    bare = [item.removesuffix(ending) for item in items]
    return [*bare, ending] if len(ending) >= 2 and all(len(item) >= 2 for item in bare) else []


def _in_a_row(items: Sequence[str], text: str, at: Sequence[int], start: int) -> Span | None:
    """The first place from `start` on where all items stand one after another with small gaps.

    text: without marks; at: where each of its characters stands in the source.
    """
    first, *others = items
    begin = text.find(first, start)
    while begin >= 0:
        end = begin + len(first)
        for item in others:
            following = text.find(item, end)
            near = GAP if len(item) >= TELLING else SHORT_GAP
            if following < 0 or at[following] - at[end - 1] - 1 > near:
                break
            end = following + len(item)
        else:
            return at[begin], at[end - 1] + 1
        begin = text.find(first, begin + 1)
    return None


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Items that follow one another closely, as one stretch: a list reads better whole."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and start - found[-1][1] <= GAP:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
