"""Figures that one clause tells of several things with 分别: each name gets its own, or none does.

城镇和农村居民人均可支配收入分别增长8%和9% is one statement (annotation rule 1) about two things. Names and
figures are paired in their order where there are as many of the one as of the other and every name can be
completed from the words of the clause; otherwise the statement says that it was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import yaml

from parsers.claim_signs import DURATION
from parsers.indicators import dictionary, one_of
from parsers.listed_claims import MEASURED
from parsers.statement import Quantity, Statement
from parsers.subjects import subject_of
from parsers.units import LOADER
from parsers.wording import scope

PAIRED, UNPAIRED = "joint.paired", "joint.unpaired"
_EACH = "分别"
_BETWEEN = re.compile(r"(?:[/／][人户亩月年]+)?\s*(?:、|，|和|与|及|以及)\s*(?:每[人户亩][每/]?[年月]?)?")
"""What may stand between figures that are told jointly."""
_A_HEAD = re.compile("(?:每[人户亩年月])+$")
"""Of whom or when a figure is one (每人每月); told otherwise of the next, the two are of different kinds."""
_LEAD = re.compile("^(?:[一二三四五六七八九十]是|力争|预计|确保|实现|其中|今年|全年|去年|全[国省市区县州])+")
_THAN = re.compile("比(?![重例率])(?<!占比)")
_ADVERBS = re.compile(
    r"(?:[比较](?:“?十[一二三四五]五”?末?|\d{4}年底?|上年|年初|同期|去年(?:同期)?)|同比|年均|平均|每年|预计|累计|"
    r"[将要已均，]|力争|确保|实际|[达增]到)++$"
)
_MARK = re.compile("、|和|与|以及|及")
_LIST = re.compile("、")
_QUOTED = re.compile(r"“[^”]*”|（[^）]*）|《[^》]*》")
_LEAST = 2
_SHARE = re.compile(r"(?:增加值)?占[^，]{2,12}?(?:比重|比例)$")


@cache
def _data() -> dict[str, Any]:
    raw = yaml.load((resources.files("parsers") / "data" / "joint.yml").read_text("utf-8"), Loader=LOADER)
    return {"measures": raw["measures"].split(), "pairs": raw["pairs"]}


@cache
def _measure() -> re.Pattern[str]:
    return re.compile(f"{one_of(_data()['measures'])}$")


def joint_rule(words: str, amounts: Sequence[tuple[int, int, Quantity]]) -> str | None:
    """The rule by which a clause pairs names and figures, or does not; None where it tells nothing jointly.

    amounts: (start, end, amount), offsets in `words`.
    """
    if _EACH not in words or len(amounts) < _LEAST or not _joint(words, amounts):
        return None
    return PAIRED if names_in(words, amounts) else UNPAIRED


def names_in(words: str, amounts: Sequence[tuple[int, int, Quantity]]) -> tuple[str, ...]:
    """The name of each figure of a clause with 分别, in order; none where they cannot be told apart.

    >>> from parsers.quantities import find_quantities
    >>> def named(words):
    ...     return names_in(words, [(q.start, q.end, q) for q in find_quantities(words)])
    >>> named("粮食、蔬菜产量分别达到8万吨和3万吨")
    ('粮食产量', '蔬菜产量')
    >>> named("粮食、蔬菜产量分别达到8万吨、3万吨和2万吨")
    ()
    """
    if not _joint(words, amounts):
        return ()
    head = _LEAD.sub("", _ADVERBS.sub("", words[: words.rindex(_EACH, 0, amounts[0][0])]))
    items = _items(head, len(amounts))
    if not items or _THAN.search(head):
        return ()
    things = all(q.unit not in MEASURED and q.unit not in DURATION for _, _, q in amounts)
    return tuple(_completed(items, things))


def each_of(statement: Statement) -> tuple[Statement, ...]:
    """What a statement with paired figures says of each thing, in the words of all; empty for others."""
    if PAIRED not in statement.rule or len(statement.spans) > 1:
        return ()
    words, begins = statement.text, statement.start
    amounts = [(q.start - begins, q.end - begins, q) for q in statement.quantities]
    names = names_in(words, amounts)
    if not names:
        return ()
    verb = _A_HEAD.sub("", words[words.rindex(_EACH, 0, amounts[0][0]) : amounts[0][0]])
    told = [
        _of_one(statement, name + verb, words[start:end], amount)
        for name, (start, end, amount) in zip(names, amounts, strict=True)
    ]
    return tuple(told) if len({one.subject for one in told}) == len(told) else ()


def _of_one(statement: Statement, said: str, figure: str, quantity: Quantity) -> Statement:
    at = len(said)
    subject = subject_of(said + figure, [(at, at + len(figure), quantity)])
    return replace(
        statement,
        subject=subject.text,
        quantities=(quantity,),
        indicator=subject.indicator,
        deed=subject.deed,
        object=subject.object,
        base=subject.base,
        dimension=subject.dimension,
        scope=scope(said),
    )


def _joint(words: str, amounts: Sequence[tuple[int, int, Quantity]]) -> bool:
    """Whether 分别 stands before all figures of a clause and nothing but marks between them."""
    first = amounts[0][0]
    if words.rfind(_EACH, 0, first) < 0 or words.find(_EACH, first) >= 0:
        return False
    ends, starts = [a[1] for a in amounts], [a[0] for a in amounts]
    gaps = [words[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    if not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return False
    of_first = _A_HEAD.search(words[:first])
    others = {found.group() for gap in gaps if (found := _A_HEAD.search(gap)) is not None}
    return not others or others == {of_first.group() if of_first is not None else ""}


def _items(head: str, count: int) -> list[str]:
    """As many names as there are figures, out of the words before 分别; none where they are not as many."""
    for mark in (_MARK, _LIST):
        items = _split(head, mark)
        if len(items) == count:
            return items if all(len(item) >= _LEAST for item in items) else []
    if len(_split(head, _MARK)) == 1:
        for word, parts in _data()["pairs"].items():
            if word in head and len(parts) == count:
                return [head.replace(word, part, 1) for part in parts]
    return []


def _split(head: str, mark: re.Pattern[str]) -> list[str]:
    """At marks outside quotes and brackets."""
    hidden = _QUOTED.sub(lambda m: "·" * len(m.group()), head)
    cuts = [(m.start(), m.end()) for m in mark.finditer(hidden)]
    starts, ends = [0, *[e for _, e in cuts]], [*[s for s, _ in cuts], len(head)]
    return [head[s:e] for s, e in zip(starts, ends, strict=True)]


def _completed(items: list[str], things: bool) -> list[str]:
    """The names with what they share: the measure behind the last, or what the first measures.

    things: what is told are things counted, whose names need no measure.
    """
    measures = [_measured(item) for item in items]
    if not any(measures):
        return items if things or len(items[-1]) <= max(map(len, items[:-1])) else []
    if not measures[-1]:
        return []
    if all(measures):
        bare = [
            item == measure and not _is_indicator(item) for item, measure in zip(items, measures, strict=True)
        ]
        if not any(bare):
            return items
        of = items[0][: -len(measures[0])]
        return [items[0], *[of + item for item in items[1:]]] if all(bare[1:]) and len(of) >= _LEAST else []
    found = []
    for item, measure in zip(items, measures, strict=True):
        tail = "" if measure else _shared_tail(item, items[-1], measures[-1])
        if not measure and not tail:
            return []
        found.append(item + tail)
    return found


def _is_indicator(item: str) -> bool:
    named = dictionary().find(item)
    return named is not None and named[1:] == (0, len(item))


def _measured(item: str) -> str:
    """The measure that a name ends in; all of an indicator of the dictionary."""
    share = _SHARE.search(item)
    if share is not None:
        return share.group()
    named = dictionary().find(item)
    if named is not None and named[2] == len(item):
        return item[named[1] :]
    found = _measure().search(item)
    return found.group() if found is not None else ""


def _shared_tail(item: str, last: str, measure: str) -> str:
    """What the last name lends this one: 居民人均可支配收入 to 城镇, 增加值 to 高新技术产业; empty if unsure.

    Both names make an indicator with that tail, or end alike before it, or are of a length.
    """
    known = dictionary()
    own = known.find(last)
    for at in range(1, len(last) - 1):
        named = known.find(item + last[at:])
        same = own is not None and own[1] < at and own[2] == len(last)
        if same and named is not None and named[1] < len(item) and named[2] == len(item) + len(last) - at:
            return last[at:]
    for size in range(min(len(item), 6), 1, -1):
        at = last.find(item[-size:])
        if at > 0 and at + size < len(last):
            return last[at + size :]
    beside = len(last) - len(measure)
    alike = beside >= _LEAST and abs(beside - len(item)) <= _LEAST
    return measure if len(measure) > 1 and alike else ""
