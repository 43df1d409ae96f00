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


def relate(text: str, found: list[Quantity]) -> None:
    """Marks related neighbours in place, from the last to the first."""
    shares = "分别" in text
    for i in range(len(found) - 1, 0, -1):
        left, right = found[i - 1], found[i]
        gap = right.start - left.end
        if gap > _FARTHEST:
            continue
        if gap == 1:
            if text[left.end] == "的":
                found[i - 1] = replace(left, rule=left.rule + "+of")
            elif shares and text[left.end] in "、和":
                _share(text, found, i)
        elif gap > 1 and left.unit == right.unit:
            clause = text[max(0, left.start - _FROM_WITHIN) : left.start]
            if ("由" in clause or "从" in clause) and _CHANGES_TO.match(text[left.end : right.start]):
                found[i - 1] = replace(left, rule=left.rule + "+old")
                found[i] = replace(right, rule=right.rule + "+new")


def _share(text: str, found: list[Quantity], i: int) -> None:
    """分别增长8%、9%左右 and 分别不低于10个、5个: one comparator for all that 分别 lists."""
    left, right = found[i - 1], found[i]
    if left.unit != right.unit or "between" in (left.op, right.op):
        return
    said_behind = text[right.end - 1] in "上内下右"
    if left.op == "=" and right.op != "=" and said_behind:
        if "分别" in text[max(0, left.start - 40) : left.start]:
            found[i - 1] = replace(
                left, op=right.op, approx=right.approx, rule=left.rule + "+shared comparator"
            )
    elif right.op == "=":
        first = i - 1
        while (
            first and found[first].start - found[first - 1].end == 1 and found[first - 1].unit == right.unit
        ):
            first -= 1
        lead = found[first]
        if lead.op == "=" or "分别" not in text[max(0, lead.start - 12) : lead.start]:
            return
        if text[lead.end - 1] in "上内下右" or not _said_before(text, lead):
            return
        found[i] = replace(right, op=lead.op, approx=lead.approx, rule=right.rule + "+shared comparator")


def _said_before(text: str, q: Quantity) -> bool:
    return not text[q.start].isdigit() or (q.start > 0 and comparators.before(text, q.start) is not None)
