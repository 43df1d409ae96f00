"""Parts of a report that speak of a whole plan or of years to come, by their headings.

A report of a plan's first year, or of a new government's, sets out five years before it comes to the next one
(“十四五”时期主要目标, 今后五年的奋斗目标). What is promised there is due within these years.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lazily import lazily
from parsers.periods import Anchor, find_times, resolve
from parsers.text import BODY_ROLES, Paragraph

HEADING = 45
"""Characters that a line may have to be a heading."""
_AIM = lazily("目标|任务|思路|要求|蓝图|愿景|重点|工作|举措|规划|发展|建议|设想|安排|部署|战略")
_BEGINS = lazily(
    "契机|抓手|开局|开好局|起步|开门红|第一年|首年|头一年|编制|(?:打|奠)(?:好|定|下|牢).{0,6}基础"
)
"""A plan's beginning is the year itself."""
_THE_YEAR = lazily(r"(?:19|20)\d\d年|今年|明年|当前|全年|年度|本年")
_TURNS = lazily(
    r"(?:^|[。！；])\s*(?:[一二三四五六七八九十]{1,3}、|各位代表[，,！!：:]\s*|为此，|因此，)*"
    r"(?:今年|明年|全年|((?:19|20)\d\d)年(?![到至—-]))"
)
"""A sentence that comes to the year, also one that layout joined to the paragraph before."""
_LEVELS = (
    lazily(r"第[一二三四五六七八九十]+(?:部分|篇|章)"),
    lazily(r"[一二三四五六七八九十]{1,3}[、.．]"),
    lazily(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    lazily(r"\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)]"),
)
_NUMBERLESS = len(_LEVELS)
_FIRST = lazily("第?[（(]?[一1](?!\\d|[一二三四五六七八九十])")


def plan_years(paragraphs: Sequence[Paragraph], anchor: Anchor) -> list[str | None]:
    """Per paragraph the years (YYYY..YYYY) of the plan that its part is about; None where it is about no more
    than the year, or nothing is said."""
    found: list[str | None] = []
    years, level, below = None, _NUMBERLESS, _NUMBERLESS
    for paragraph in paragraphs:
        label = paragraph.text.strip("#*　 \t")
        own = None
        if paragraph.role in BODY_ROLES and paragraph.role != "title" and label:
            if _is_heading(label):
                own, depth = _years_of(label, anchor), _level(label)
                if own is not None:
                    # Under years named again within their own part, the part goes on.
                    level = min(level, depth) if own == years else depth
                    years, below = own, _NUMBERLESS
                elif years is not None and level == below == _NUMBERLESS and _FIRST.match(label):
                    below = depth  # numbers that begin under a heading without one
                elif _THE_YEAR.search(label) or (depth <= level and depth < min(below, _NUMBERLESS)):
                    years = None
            elif years is not None and any(
                turn[1] in (None, str(anchor.plan_year)) for turn in _TURNS.finditer(label)
            ):
                years = None
        found.append(years)
    return found


def _is_heading(label: str) -> bool:
    return 4 <= len(label) <= HEADING and not label.endswith(("。", "；", "，", "！", "、"))


def _level(label: str) -> int:
    return next((at for at, form in enumerate(_LEVELS) if form.match(label)), _NUMBERLESS)


def _years_of(label: str, anchor: Anchor) -> str | None:
    """The years ahead that a heading names, beyond the plan year, and no single year beside them."""
    if anchor.plan_year is None or not _AIM.search(label) or _BEGINS.search(label):
        return None
    for mention in find_times(label):
        when = resolve(mention, anchor)
        rest = label[: mention.start] + label[mention.end :]
        if when is not None and ".." in when and not _THE_YEAR.search(rest):
            first, last = int(when[:4]), int(when[-4:])
            return when if first in (anchor.plan_year, anchor.plan_year + 1) and last > first else None
    return None
