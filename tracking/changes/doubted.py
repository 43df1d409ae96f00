"""Words by which a figure may be told of other years, places or bases than the promise it is held against."""

from __future__ import annotations

import re

from parsers.statement import Statement
from tracking.dates import years_of
from tracking.fulfilment import judge_statements
from tracking.mentions import Mention
from tracking.shelf import programme_from
from tracking.terms import base_of, scopes_of, words

_AVERAGED = re.compile("年均|平均每年|年平均|每年平均")
_SPANNING = re.compile(
    "年均|平均每年|年平均|(?<![十二三四])[五三四35][年](?:来|间|累计|共)|过去[五5]年|[五5]年年均|以来"
)
_PART_OF_YEAR = re.compile("[上下]半年|季度|[—\\-至到]\\d+月|截至|前.{1,2}月")
_YEAR_BEGUN = re.compile(
    r"[^，：；]{0,6}(?:[上下]半年|季度|\d+[—\-至到]\d+月|截至|前.{1,2}月)(?!.*(?:全年|年度|(?:19|20)\d\d年))",
    re.DOTALL,
)
"""A sentence that begins with a part of the year and comes to no other time: all in it is of that part."""
_PART_OF_PLACE = re.compile("开发区|高新区|园区|山区|[0-9两三四五六七八九十]个?[县区]|县域")
"""Words of a place's parts, whose figures are none of the whole place."""
_DISTRICT = re.compile("(?:(?![全各本我])[一-龥]){2}(?<![地城山社])([区县])要")
"""A part of the place that is told what to do: 东湖区要围绕实现…"""
_OWN_PART = re.compile("地方(?=(?:规模以上|规上)?工业)|中直|央属|[省市区县]属")
"""Words before an indicator that leave out some of those who make it up."""
_CENTURY = re.compile("到(?:本|20)世纪末(?![^。]*(?:今年|当年|年内))")
_JOINT = re.compile("([一-龥]{2})[、和及或]([一-龥]{2})")
"""Two deeds that one figure is promised of: 新辟、优化公交线路15条."""
_BASIS = re.compile("同口径|可比|扣除|剔除")
_LEAVING_OUT = re.compile("(?:扣除|剔除)[^，；。]{2,20}，$")
"""What a figure leaves out, told right before it: 扣除房地产开发投资后，"""
_ADDED = re.compile("新增|净增|新认定|新培育|新引进|新发展")
CLAUSE = 30
"""Characters before a figure within which words still bear on it in a list."""
AVERAGE = 8
"""Characters behind a promise within which an average over years bears on it."""
_SUMMED = re.compile("[五三四5345]年(?:来|间|累计|共|全|内)|累计")
_AGAINST = re.compile(r"[比较]((?:19|20)\d\d)年")
"""The year that a rate is measured against."""
_TOO_MUCH = 3
"""How often a yearly amount may be exceeded before its result is taken to be told of several years."""
_CONDITION = re.compile("正常年景|正常年份")
"""A promise for a year without bad weather."""
BESIDE = 2
"""Characters between a level and the rate that follows it."""


def _clause(result: Mention) -> str:
    """The words of the result and those right before it that an average may be announced in."""
    text = result.version.reading.source.text
    start = result.spans[0][0]
    return text[max(0, start - 4) : start] + result.quote


def not_a_year(promise: Mention, result: Mention) -> str | None:
    """Why a rate that meets a year's may be none of that year: a quarter's, or against an earlier year's
    (比2002年增长65.5%)."""
    if promise.terms.horizon != "year" or _PART_OF_YEAR.search(promise.quote):
        return None
    if _PART_OF_YEAR.search(_clause(result)):
        return "of a part of the year"
    against = _AGAINST.search(_clause(result))
    year = years_of(result.statement.period)
    return "over several years" if against and year and int(against[1]) < year[1] - 1 else None


def of_several_years(promise: Mention, result: Mention) -> bool:
    """An amount told with its years, or far above a yearly one: reports sum up five years at once."""
    if promise.terms.base == "growth" or promise.terms.horizon != "year":
        return False
    if _SUMMED.search(_clause(result)) and not _SUMMED.search(promise.quote):
        return True
    wanted, got = promise.statement.quantities[0], result.statement.quantities[0]
    flow = "flow" in (promise.terms.base, result.terms.base)
    return flow and got.unit == wanted.unit and wanted.value > 0 and got.value > _TOO_MUCH * wanted.value


def doubt(promise: Mention, result: Mention) -> str | None:
    """Why a figure below the promise may be told of other times or another count, by its sentence's words."""
    if promise.version.sha256 == result.version.sha256:
        return "of the year before: one text tells both"
    before, own = _sentence(result), result.quote
    if _SPANNING.search(before + own) or _AVERAGED.search(_with_next(promise)):
        return "over several years"
    if _PART_OF_YEAR.search(before[-CLAUSE:] + own) and not _PART_OF_YEAR.search(promise.quote):
        return "of a part of the year"
    if _YEAR_BEGUN.match(before + own) and not _PART_OF_YEAR.search(promise.quote):
        return "of a part of the year"
    if _part_of_place(promise) != _part_of_place(result) or _own_part(promise) != _own_part(result):
        return "of a part of the place"
    if not _deeds_together(promise) <= _deeds_told(promise, result):
        return "of a part of what was promised"
    based = bool(_BASIS.search(own) or _LEAVING_OUT.search(before))
    if based != bool(_BASIS.search(promise.quote)) or _thresholds(promise) != _thresholds(result):
        return "on another basis"
    if _ADDED.search(before[-CLAUSE:]) and not _ADDED.search(promise.quote):
        return "of what came new"
    if result.spans[0][0] >= programme_from(result.version):
        return "a promise: it stands among them"
    if _CONDITION.search(_sentence(promise) + promise.quote) and not _CONDITION.search(before + own):
        return "of another year than it was promised for"
    if _CENTURY.search(_sentence(promise) + promise.quote):
        return "of another year than it was promised for"
    return "beside its level, which was met" if _level_met(promise, result) else None


def _part_of_place(mention: Mention) -> bool:
    """Whether the words say that it is of a part of the place."""
    if _PART_OF_PLACE.search(_sentence(mention)[-CLAUSE:] + mention.quote):
        return True
    told = _DISTRICT.search(_sentence(mention) + mention.quote)
    own = mention.version.reading.place.name
    return told is not None and not own.endswith(told[0].removesuffix("要"))


def _own_part(mention: Mention) -> frozenset[str]:
    return frozenset(_OWN_PART.findall(mention.quote))


def _deeds_together(promise: Mention) -> frozenset[str]:
    """The deeds that one figure is promised of together; none where there is one."""
    deeds = words()["deeds"]
    pairs = (m.groups() for m in _JOINT.finditer(promise.quote))
    return frozenset(word for pair in pairs if not set(pair).isdisjoint(deeds) for word in pair)


def _deeds_told(promise: Mention, result: Mention) -> frozenset[str]:
    return frozenset(word for word in _deeds_together(promise) if word in result.quote)


def _thresholds(mention: Mention) -> frozenset[str]:
    """From which size on something counts: 500万元以上固定资产投资."""
    return frozenset(
        word for kind, word in scopes_of(mention.quote + _level_words(mention)) if kind == "threshold"
    )


def _level_words(rate: Mention) -> str:
    """The words of the level right before a rate, which say what it is the rate of."""
    level = _beside(rate)
    return level.text if level is not None else ""


def _with_next(promise: Mention) -> str:
    """The words of a promise and those right behind it, which may say an average (63亿元，年平均增长9%)."""
    end = promise.spans[-1][1]
    return promise.quote + promise.version.reading.source.text[end : end + AVERAGE]


def _sentence(mention: Mention) -> str:
    """The words of the sentence before the mention's own."""
    text, start = mention.version.reading.source.text, mention.spans[0][0]
    return text[max(text.rfind(mark, 0, start) for mark in "。\n") + 1 : start]


def averaged(result: Mention) -> bool:
    """Whether a figure is told as an average over years."""
    return _AVERAGED.search(_clause(result)) is not None


def _level_met(promise: Mention, result: Mention) -> bool:
    """Whether a rate stands on both sides beside the level it leads to, and that level was met."""
    wanted, got = _level_beside(promise), _level_beside(result)
    return wanted is not None and got is not None and judge_statements(wanted, got) == "fulfilled"


def _level_beside(rate: Mention) -> Statement | None:
    """The level of the same thing right before a rate: 增加值完成1050亿元，增长17%."""
    level = _beside(rate)
    return level if level is not None and level.quantities else None


def _beside(rate: Mention) -> Statement | None:
    """What is told right before a rate of the same thing, and is no rate itself."""
    if rate.terms.base != "growth":
        return None
    start, subject = rate.spans[0][0], rate.statement.subject.removesuffix("增速")
    before = (s for s in rate.version.reading.statements if start - BESIDE <= s.spans[-1][1] <= start)
    levels = (s for s in before if base_of(s) != "growth")
    named = rate.terms.indicator
    return next((s for s in levels if s.subject == subject or (named and s.indicator == named)), None)
