"""What neighbouring amounts have to do with each other: old and new value, attribute, shared comparator."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers import comparators
from parsers.statement import Quantity

_CHANGES_TO = re.compile(r"[^，。；]{0,10}?(?:到|至|为|成)了?[^，。；]{0,10}$")
_FARTHEST = 24
"""Characters between two amounts that may still belong together."""
_FROM_WITHIN = 16
_SHARED = "+shared comparator"


def relate(text: str, found: list[Quantity]) -> None:
    """Marks related neighbours in place."""
    shares = "分别" in text
    for i in range(len(found) - 1, 0, -1):
        left, right = found[i - 1], found[i]
        gap = right.start - left.end
        if gap > _FARTHEST:
            continue
        if gap == 1:
            if text[left.end] == "的":
                found[i - 1] = replace(left, rule=left.rule + "+of")
            elif shares and _said_behind(text, left, right):
                found[i - 1] = replace(left, op=right.op, approx=right.approx, rule=left.rule + _SHARED)
        elif gap > 1 and left.unit == right.unit:
            clause = text[max(0, left.start - _FROM_WITHIN) : left.start]
            if ("由" in clause or "从" in clause) and _CHANGES_TO.match(text[left.end : right.start]):
                _mark_change(text, found, i)
    if shares:
        for i in range(1, len(found)):
            left, right = found[i - 1], found[i]
            if _said_before(text, left, right):
                found[i] = replace(right, op=left.op, approx=left.approx, rule=right.rule + _SHARED)


def _mark_change(text: str, found: list[Quantity], i: int) -> None:
    """Marks old and new value, and what is listed with either (由5元和3元增加到7元和4元)."""
    for at, beside, mark in ((i - 1, i - 2, "+old"), (i, i + 1, "+new")):
        found[at] = replace(found[at], rule=found[at].rule + mark)
        if 0 <= beside < len(found) and _listed(text, *sorted((found[at], found[beside]), key=_start)):
            found[beside] = replace(found[beside], rule=found[beside].rule + mark)


def _start(q: Quantity) -> int:
    return q.start


def _listed(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether 、 or 和 alone stands between two amounts of one unit."""
    return right.start - left.end == 1 and text[left.end] in "、和" and left.unit == right.unit


def _said_behind(text: str, left: Quantity, right: Quantity) -> bool:
    """分别增长8%、9%左右: what stands behind the last holds for all that 分别 lists."""
    return (
        _listed(text, left, right)
        and left.op == "="
        and right.op not in ("=", "between")
        and text[right.end - 1] in "上内下右"
        and "分别" in text[max(0, left.start - 40) : left.start]
    )


def _said_before(text: str, left: Quantity, right: Quantity) -> bool:
    """分别不低于10个、5个: what stands before the first holds for all, each from the last."""
    if not _listed(text, left, right) or right.op != "=" or left.op in ("=", "between"):
        return False
    if left.rule.endswith(_SHARED):
        return True
    if text[left.end - 1] in "上内下右" or "分别" not in text[max(0, left.start - 12) : left.start]:
        return False
    return not text[left.start].isdigit() or comparators.before(text, left.start) is not None
