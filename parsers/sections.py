"""Which part of a report looks back and which looks ahead, by its headings."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lazily import lazily
from parsers.tense import Tense
from parsers.text import Paragraph

_YEAR = lazily(r"(?:19|20)\d\d")
_ORDER = r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+部分|[\s　、])*"
_REVIEW = lazily(
    r"回\s*顾|(?:过去|刚刚过去|去年|上年|一年来|五年来|本届).{0,12}(?:工作|成就|成绩|历程)|"
    rf"^{_ORDER}(?:首先|先).{{0,6}}(?:19|20)\d\d年|"
    rf"^{_ORDER}(?:19|20)\d\d年(?:全市|全省|全区|全县|我市|我省|我区|我县|的|政府|国内)*(?:主要)?"
    r"(?:工作|经济社会发展|国民经济和社会发展)(?:情况|总结|成效|完成情况)?$"
)
_PROGRAMME = lazily(
    r"(?:今年|明年|今后|下一步|下一阶段|未来|新的一年|(?:19|20)\d\d年|十[一二三四五]五”?(?:时期|期间)?).{0,16}"
    r"(?:目标|任务|安排|要求|思路|部署|打算|建议|工作|重点|蓝图|规划|举措|实事)|"
    rf"^{_ORDER}(?:主要|总体|奋斗|发展|预期|工作)(?:预期)?(?:目标|任务|要求|思路)"
)
_NOT_REVIEW = lazily("今年(?!.{0,12}回\\s*顾)|安排|任务|目标|打算|要求|建议|部署")
_APPENDIX = lazily(
    r"[#*\s　（(]*(?:附件?[一二\d]?[:：]?|名\s*词\s*解\s*释|注\s*释|"
    r"有关用语|相关名词|《?政府工作报告》?(?:名词|有关))"
)


def heading_tense(text: str, plan_year: int | None) -> Tense | None:
    """What a heading announces: a review, a programme, or neither (None).

    >>> heading_tense("一、2018年工作回顾", 2019)
    'past'
    >>> heading_tense("二、2019年主要任务", 2019)
    'forward'
    >>> heading_tense("（一）产业兴区", 2019) is None
    True
    """
    label = text.strip("#*　 \t")
    if not 4 <= len(label) <= 45 or label.endswith(("。", "；", "，")):
        return None
    years = _YEAR.findall(label)
    if _REVIEW.search(label) and not _NOT_REVIEW.search(label):
        return "past" if not years or plan_year is None or int(years[-1]) < plan_year else None
    if _PROGRAMME.search(label):
        return "forward" if not years or plan_year is None or int(years[-1]) >= plan_year else None
    return None


_PLAN_REVIEW = lazily("回\\s*顾|成就|成效|(?:完成|实施|执行)情况|(?:发展|现实|工作)基础")
_DIVISION = lazily(r"[#*\s　]*(?:第[一二三四五六七八九十百\d]+[编篇章节]|（?[一二三四五六七八九十]+[、）])")


def plan_tenses(paragraphs: Sequence[Paragraph]) -> list[Tense | None]:
    """Per paragraph of a plan: it looks ahead but for the divisions that tell what was reached before."""
    tense: Tense = "forward"
    found: list[Tense | None] = []
    for position, paragraph in enumerate(paragraphs):
        label = paragraph.text
        if position > 0 and len(label) <= 60 and _DIVISION.match(label) and not label.endswith(("。", "；")):
            tense = "past" if _PLAN_REVIEW.search(label) else "forward"
        found.append(tense)
    return found


def section_tenses(paragraphs: Sequence[Paragraph], plan_year: int | None) -> list[Tense | None]:
    """Per paragraph the tense of the section it stands in; None before the first heading that tells.

    Headings count only where they tell both ways or where a review comes first: a single "tasks" heading
    in the middle of a text says nothing of what precedes it.
    """
    tense: Tense | None = None
    found: list[Tense | None] = []
    for position, paragraph in enumerate(paragraphs):
        told = paragraph.role == "heading" or (position > 0 and paragraph.role == "body")
        if told and len(paragraph.text) <= 60:
            tense = heading_tense(paragraph.text, plan_year) or tense
            if _APPENDIX.match(paragraph.text):
                tense = None
        found.append(tense)
    return found


_GOALS_FOLLOW = lazily(r"(?:目标(?:建议|安排|初步安排)?(?:是|为|如下)|预期目标)[:：]\s*$")
_GOALS_REACHED = lazily("(?:完成|实现|达到)了|(?:圆满|顺利|全面|较好地?)(?:完成|实现)")
_OPENED = lazily(r"\s*(?:[—－–-]{1,2}|[·•●○◆]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d))")
_GOAL_LINE = 200
"""Characters that a line of a list of goals may have."""


def goals_ahead(paragraphs: Sequence[Paragraph], tenses: Sequence[Tense | None]) -> list[Tense | None]:
    """The tenses with the lines of a list of goals looking ahead (预期目标是： and lines behind).

    A line belongs to the list where it opens with a dash or number, or the line before ends in a semicolon
    (or is the announcement itself).
    """
    found = list(tenses)
    listing = going_on = False
    for position, paragraph in enumerate(paragraphs):
        words = paragraph.text.rstrip()
        if not words:
            continue
        if listing and len(words) <= _GOAL_LINE and (going_on or _OPENED.match(words)):
            found[position] = "forward"
            going_on = words.endswith(("；", ";", "，"))
        else:
            listing = False
        announced = words[-40:]
        if _GOALS_FOLLOW.search(announced) and not _GOALS_REACHED.search(announced):
            listing = going_on = True
    return found
