"""Hints in a text at the year it was written in, with their words: 把2019年作为…, 刚刚过去的2017年."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.eras import plans
from parsers.lazily import lazily
from parsers.statement import Span
from parsers.text import Paragraph
from parsers.time_mentions import HAN_YEAR_DIGITS

YEAR = lazily(
    r"(?<!\d)((?:19|20)\d\d) ?年(?!代|鉴|版|度?报)|([一二][九〇○零][〇○零一二三四五六七八九]{2})年(?!代)"
)
PLAN_EDGE = lazily(
    r"(今年|明年|[12]\d{3}年)[^。；]{0,20}?[“\"]([一二三四五六七八九十]{1,2}五)[”\"](?:规划|计划|时期)?的?(开局|起步|收官|第一年|头一年|最后一年)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands around a year, and which year that makes the document's own: the year plus `shift`."""

    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    shift: int
    weight: int
    heading: bool = False
    """Only in a short line of its own."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A hint that the document belongs to `year`."""

    year: int
    weight: int
    rule: str
    words: str
    span: Span | None


def _p(pattern: str) -> re.Pattern[str]:
    return lazily(pattern)


TASKS = (
    r"的?(?:政府|全[市省区县州]|主要|重点|经济社会发展|国民经济和社会发展)*的?"
    r"(?:工作(?:安排|重点|任务|打算|建议|总体|思路|部署|目标|计划|要点|的总体|的主要|的安排|的任务|的建议|的目标)|重点工作|主要工作$|主要任务|总体要求"
    r"|目标任务|预期目标|主要目标|主要预期|任务|安排|要求|目标)"
)
REVIEW = r"[^，。；、]{0,16}(?:工作回顾|工作总结|回顾|工作情况|完成情况|执行情况|主要成绩)"

RULES: tuple[Rule, ...] = (
    Rule(
        "the year just past", _p(r"(?:刚刚?过去的|已经过去的|过去的|走过的|回首|回顾|总结|报告)$"), None, 1, 3
    ),
    Rule("a review of the year", None, _p(REVIEW), 1, 4, heading=True),
    Rule("tasks for the year", None, _p(TASKS), 0, 4, heading=True),
    Rule("tasks for the year", None, _p(TASKS), 0, 2),
    Rule("the work ahead", _p(r"(?:做好|抓好|展望|安排|部署|[，、]对|推进|全力以赴)$"), None, 0, 2),
    Rule(
        "the year is made something",
        _p(r"(?:把|将)$"),
        _p(r"[^。；]{0,10}?(?:作为|确定为|定为|确立为)"),
        0,
        4,
    ),
    Rule(
        "the year is decisive",
        None,
        _p(
            r"[，,]?是[^。；]{0,40}?(?:开局|关键|决胜|收官|攻坚|突破|起步|落实|元|第一|头一|开启)[^。；，]{0,4}年"
        ),
        0,
        2,
    ),
    Rule(
        "a campaign for the year",
        None,
        _p(r"[，,]?(?:是|为)[^。；，“\"]{0,12}[“\"][一-龥·]{2,10}年[”\"]"),
        0,
        2,
    ),
    Rule(
        "an account of the year so far",
        None,
        _p(r"(?:上半年|前三季度|[一二三]季度|第[一二三]季度)(?:[^，。；、]{0,20}?(?:会|通报|情况|运行))"),
        0,
        2,
    ),
    Rule(
        "the year was", None, _p(r"[，,]?是[^。；]{0,40}?(?:不平凡|不寻常|不同寻常|难忘|里程碑|极不)"), 1, 2
    ),
    Rule(
        "plans for the year",
        None,
        _p(
            r"(?:[，,]|(?=[^底末前初]))(?:(?!就|已|曾|了)[^。；\d]){0,24}?(?<!不)(?:我们将|将会|将[^近要]|要实现|要完成|打算|力争|确保)"
        ),
        0,
        2,
    ),
    Rule(
        "the year saw",
        None,
        _p(r"[，,][^。；]{0,30}?(?:取得了|实现了|完成了|召开了|迎来了|同比(?:增长|下降|提高))"),
        1,
        1,
    ),
    Rule(
        "an event of the year",
        None,
        _p(r"[^，。；]{0,24}?(?:大会|推进会|推介会|动员会|启动仪式|签约活动|工作会议|全会|现场会|开幕)"),
        0,
        1,
    ),
)
FAR = lazily("(?:到|至|比|较|截至|截止|面向|展望|自|从|以)$")


def year_of(match: re.Match[str]) -> int:
    """The year in digits of either kind."""
    if match.group(1):
        return int(match.group(1))
    return int("".join(str(HAN_YEAR_DIGITS[c]) for c in match.group(2)))


def votes(paragraphs: Sequence[Paragraph], rules: Iterable[Rule] = RULES) -> list[Vote]:
    """All hints in order; a year with 到, 比 or 截至 in front says nothing of the text's own."""
    found: list[Vote] = []
    for paragraph in paragraphs:
        text = paragraph.text
        heading = len(text) < 40
        for match in YEAR.finditer(text):
            before = text[max(0, match.start() - 8) : match.start()]
            if FAR.search(before):
                continue
            for rule in rules:
                if rule.heading and not heading:
                    continue
                if rule.before and not rule.before.search(before):
                    continue
                behind = rule.after.match(text, match.end()) if rule.after else None
                if rule.after and not behind:
                    continue
                end = behind.end() if behind else match.end()
                start = match.start() - (len(before) if rule.before else 0)
                year = year_of(match) + rule.shift
                spans = paragraph.spans(match.start(), end)
                found.append(Vote(year, rule.weight, rule.name, text[start:end], spans[0]))
                break
        for match in PLAN_EDGE.finditer(text):
            first, last = plans().get(match.group(2), (0, 0))
            if first and match.group(1) in ("今年", "明年"):
                year = last if match.group(3) in ("收官", "最后一年") else first
                span = paragraph.spans(*match.span())[0]
                found.append(Vote(year, 3, "the plan's first or last year", match.group(), span))
    return found
