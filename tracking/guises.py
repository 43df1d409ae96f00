"""A guise: all of a mention that decides what it may be linked with."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from tracking import frameworks
from tracking.mentions import Mention
from tracking.terms import Terms, head, measure_of, normal, words

VAGUE = 3
"""A subject of fewer characters says too little to link by."""
BEFORE = 40
"""Characters before a vague subject that tell what it is about."""
_SUMMED = re.compile(
    r"(?:过去|[这近])?(?<![十\d])(?:[三四五3-5]|[二三四五六]十|[2-6]0)年(?:来|间|累计|共|奋斗|历程|发展)[^。]*累计|"
    r"(?<![十\d])[三四五3-5]年(?:间|累计|共)|年均|平均每年|(?:[二三四五六]十|[2-6]0)年(?:来|奋斗|历程)"
)
_YEARS_BEHIND = re.compile(
    "(?:过去|这|近|前)的?[五5]年|[五5]年(?:来|间|里|中|内)|年均[增提下减]|本届政府|"
    "[一二三四五六七八九]五[”』]?(?:时期|期间|以来)"
)
"""What tells that a paragraph looks back on a plan or on a government's years."""
_THE_YEAR = re.compile(
    r"去年|上年|一年(?:来|中)|过去的?一年|今年|全年|(?<![到自至])(?:19|20)\d\d年(?![以末底来])"
)
_SINCE = re.compile(r"[比较]((?:19|20)\d\d)年")
_PLAN = re.compile(r"(?:第?\d+个)?5年(?:计划|规划)|十[一二三四五]五(?:规划|计划)?")
_AREA = re.compile("新区|高新区|经开区|开发区")
"""A list of such names says where, not what: that stands behind them."""
_AREAS = tuple(_AREA.pattern.split("|"))
_AMOUNT = re.compile(r"[\d.,%％]+|[一二三四五六七八九十百千万亿]{2,}")


class Guise(NamedTuple):
    """All that decides whether mentions may be linked; mentions of one guise always belong together.

    A tuple, as are its terms: a guise is looked up ten times on its way to a thread.
    """

    result: bool
    identity: str
    terms: Terms
    context: str = ""
    """The words around an amount that no known indicator names, or beside the name of a project: a vague
    subject alone links nothing, nor does a name of which other things are told."""
    summed: bool = False
    """A result told over several years (五年累计…) or many (40年): none of a promise for one year."""
    sizes: frozenset[tuple[str, int]] = frozenset()
    """What its amounts measure and how large they are, in powers of √2; none for shares and rates."""


def guise_of(mention: Mention) -> Guise:
    """The guise of a mention: its terms and what identifies it; worked out once."""
    if mention.guise is None:
        object.__setattr__(mention, "guise", _guise(mention))
    return mention.guise  # type: ignore[return-value]  # set above


def _guise(mention: Mention) -> Guise:
    measured = mention.terms.family == "measure" and not mention.statement.absent
    unknown = measured and not mention.terms.indicator
    vague = not measured and is_vague(mention.terms)
    context = _around(mention) if unknown or vague else _beside_name(mention)
    sizes = _sizes(mention) if measured else frozenset()
    result = mention.role == "result"
    summed = result and measured and (_tells_years(mention) or (bool(sizes) and _looks_back(mention)))
    return Guise(result, identity_of(mention), mention.terms, context, summed, sizes)


def _tells_years(mention: Mention) -> bool:
    """Whether a result is told over several years, or against one before the last but one."""
    words = _leading(mention) + mention.statement.text
    since = _SINCE.search(mention.statement.text)
    return bool(_SUMMED.search(words)) or (since is not None and int(since.group(1)) < mention.said - 2)


def _looks_back(mention: Mention) -> bool:
    """Whether an amount that comes about stands where its paragraph tells of several years: what its words
    name last. A stock is told for the end of them."""
    if mention.terms.base == "stock":
        return False
    source, start = mention.version.reading.source.text, mention.spans[0][0]
    said = source[source.rfind("\n", 0, start) + 1 : mention.spans[-1][1]]
    behind = [m.start() for m in _YEARS_BEHIND.finditer(said)]
    return bool(behind) and behind[-1] > max((m.start() for m in _THE_YEAR.finditer(said)), default=-1)


def _leading(mention: Mention) -> str:
    """What stands before a mention's own words in its sentence, as far as it bears on them."""
    source, start = mention.version.reading.source.text, mention.spans[0][0]
    least = max(0, start - BEFORE)
    low = max([source.rfind(mark, least, start) for mark in "。；\n"]) + 1
    return source[max(low, least) : start]


def is_vague(terms: Terms) -> bool:
    """A subject that says too little to link by: two characters, a sum of money, a plan's name."""
    if terms.family == "framework" or terms.indicator or (terms.family == "deed" and terms.name):
        return bool(_PLAN.fullmatch(terms.name))
    return len(terms.head) < VAGUE or terms.head in words()["vague"] or bool(_PLAN.fullmatch(terms.head))


def _around(mention: Mention) -> str:
    """What a clause says beside its subject and amounts; of a vague one also what stands before it in its
    sentence (实施水利项目86个，完成投资120亿元)."""
    letters = set(mention.terms.head)
    clause = mention.statement.text
    if is_vague(mention.terms):
        clause = _leading(mention) + clause
    said = head(_AMOUNT.sub("", clause))
    return "".join(letter for letter in said if letter not in letters)


def _beside_name(mention: Mention) -> str:
    """What the object of a deed says beside the one project it names (珠海机场 第二跑道)."""
    name = mention.terms.name
    if mention.terms.family != "deed" or not name or (mention.slot and not name.endswith(_AREAS)):
        return ""
    statement = mention.statement
    if mention.slot:
        return _AREA.split(head(normal(statement.text)))[-1]
    said = head(normal(statement.object or statement.subject or statement.text))
    return said.replace(head(name), "", 1) if head(name) in said else ""


def _sizes(mention: Mention) -> frozenset[tuple[str, int]]:
    """Of each amount: what it measures, and its size in powers of √2 of one unit for all."""
    measured = ((q.value, *measure_of(q)) for q in mention.statement.quantities if q.value > 0)
    return frozenset(
        (dimension, round(2 * math.log2(float(value * factor))))
        for value, dimension, factor in measured
        if dimension not in ("ratio", "rank")
    )


def identity_of(mention: Mention) -> str:
    """What the thing is called: the system's lineage or core name, the indicator, the project, the words."""
    if mention.framework is not None:
        if frameworks.is_overall(mention.framework, mention.statement) and not mention.slot:
            return "overall work system"
        if frameworks.is_theme(mention.framework):
            return "theme of the year"
        return frameworks.core(mention.terms.name)
    terms = mention.terms
    return terms.indicator or terms.name or terms.head
