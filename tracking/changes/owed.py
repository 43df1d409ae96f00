"""What a year owes: a deed that ends, due within the year and no other time."""

from __future__ import annotations

import re

from tracking.changes.looking import LEAST_NAME
from tracking.dates import years_of
from tracking.mentions import Mention
from tracking.model import Version
from tracking.sections import sketches_years

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


def owed(promise: Mention, year: int) -> bool:
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


def of_five_years(version: Version) -> bool:
    """Whether a report is given on a five-year plan: what it says without a year is due within the plan."""
    return _PLAN_REPORT.search(version.reading.source.text, 0, OPENING) is not None
