"""Amounts in one paragraph: number, unit, comparator, with the span that carries them.

One regular expression finds numerals (`parsers.candidate`); everything else looks at the few characters
around one, so that reading stays linear in the length of the text.
"""

from __future__ import annotations

import re

from parsers import comparators
from parsers.candidate import BARE, SCAN, VAGUE, Candidate, unit_behind
from parsers.implied_units import implied
from parsers.not_quantities import OPENING, measures_nothing
from parsers.numerals import CHINESE, MAGNITUDES, number, span_of_two
from parsers.proportions import proportion, said_in_words
from parsers.ranges import CONNECTORS, Lower, begins_range, both_ends
from parsers.relations import relate
from parsers.statement import Op, Quantity
from parsers.units import Unit

_COUNTED = frozenset({"count", "people"})
_TITLES = re.compile(r"《[^《》]{0,80}》")
_FIGURES = "0123456789.,０１２３４５６７８９．"
_JOINS = frozenset("+＋、和与")
_VAGUE_WORDS = str.maketrans("", "", "余多几 \u3000")

Unitless = tuple[int, int, str]
"""Start, end and numeral of a number whose unit is printed behind a later one."""


def find_quantities(text: str) -> list[Quantity]:
    """The amounts in one clean paragraph, by start, never overlapping.

    Names, classes, ranks, dates and headcounts of ideas are left out. `rule` names the reading: number,
    bare magnitude, vague number, range, neighbouring digits, sum, shared unit, fraction, per mille, tenths,
    ratio, half, doubling, headcount, unit of the head noun, people/households/things without measure word.
    Marks behind it: +old and +new tell the two ends of 由A提高到B apart, +of an amount that describes the
    next one (总投资3亿元的5个项目), +shared comparator one that is said once for several.
    """
    found: list[Quantity] = []
    lower: Lower | None = None
    unitless: list[Unitless] = []
    done, length = 0, len(text)
    for match in SCAN.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        numeral = text[start:end]
        arabic = numeral[0] not in CHINESE
        more = False
        if not VAGUE.isdisjoint(numeral):
            more = not {"余", "多", "几"}.isdisjoint(numeral)
            numeral = numeral.translate(_VAGUE_WORDS)
        at = end
        if at < length and (text[at] in "余多" or (text[at] == "几" and not arabic)):
            more = True
            at += 1
        if arabic and at < length and text[at] in " \u3000":
            at += 1
        measured = unit_behind(text, at, numeral, arabic) if at < length else None
        low = lower if lower is not None and lower.stop == start else None
        lower = None
        behind = measured[1] if measured else end
        if low is None and behind < length and text[behind] in CONNECTORS:
            lower = begins_range(text, start, behind, numeral, measured[0] if measured else None)
            if lower is not None and measured is None:
                continue
        if measured is None:
            if end < length and text[end] in _JOINS and _goes_on(text, start, end, numeral, arabic):
                unitless.append((start, end, numeral))
                continue
            quantity = proportion(text, start, end, numeral) or implied(text, start, end, numeral, more)
        else:
            if arabic and "." in numeral and measured[0].dimension in _COUNTED:
                start, numeral = _behind_item_number(text, start, numeral)
            quantity = _measured(text, start, numeral, arabic, more, measured, low, found)
        if quantity is None:
            continue
        if unitless:
            found += _joined(text, start, numeral, unitless, quantity.unit)
            unitless.clear()
        found.append(quantity)
        done = quantity.end
    found = said_in_words(text, found)
    if "《" in text:
        found = _outside_titles(text, found)
    if len(found) > 1:
        relate(text, found)
    return found


def _outside_titles(text: str, found: list[Quantity]) -> list[Quantity]:
    """Without the numbers in titles of documents (《…十条》)."""
    kept: list[Quantity] = []
    titles = [m.span() for m in _TITLES.finditer(text)]
    at = 0
    for q in found:
        while at < len(titles) and titles[at][1] <= q.start:
            at += 1
        if at == len(titles) or q.start < titles[at][0]:
            kept.append(q)
    return kept


def _measured(
    text: str,
    start: int,
    numeral: str,
    arabic: bool,
    more: bool,
    measured: tuple[Unit, int],
    low: Lower | None,
    found: list[Quantity],
) -> Quantity | None:
    """The amount of a numeral with its unit, None where the two measure nothing."""
    unit, unit_end = measured
    two = None if arabic else span_of_two(numeral)
    value, high = two if two else (number(numeral), None)
    if value is None:
        return None
    rule = "neighbouring digits" if two else "number"
    begin = low.start if low else start
    prefix = comparators.before(text, begin) if begin else None
    after = text[unit_end : unit_end + 1]
    suffix = (
        comparators.after(text, unit_end, unit.dimension) if after in comparators.FIRST_OF_AFTER else None
    )
    bare = not arabic and numeral[0] in BARE and BARE.issuperset(numeral)
    if (bare or numeral[0] == "十") and start and not arabic:
        if text[start - 1] in "数几" and text[start - 2 : start] not in ("人数", "总数", "户数", "次数"):
            more, rule, begin = True, "vague number", start - 1
            prefix = comparators.before(text, begin) if begin else None
        elif bare and text[start - 1] == "上" and text[start - 2 : start] != "以上":
            prefix = start - 1, (">=", None)
    if bare and rule == "number":
        rule = "bare magnitude"
    candidate = Candidate(
        text,
        start,
        prefix[0] if prefix else begin,
        unit_end,
        suffix[0] if suffix else unit_end,
        unit,
        value,
        numeral,
        arabic,
        bare,
        prefix is not None or more,
        suffix is not None,
    )
    if measures_nothing(candidate):
        return None
    if low is not None:
        ends = both_ends(low, numeral, value, unit)
        if ends is None:
            candidate.begin = start
        else:
            (value, high), rule = ends, "range"
            if found and found[-1].end > candidate.begin:
                found.pop()
    op: Op
    op, approx = comparators.combined(prefix[1] if prefix else None, suffix[1] if suffix else None, more)
    if high is not None:
        op = "between"
    if arabic and high is None and _is_negative(text, start):
        value, candidate.begin = -value, start - 1
    return Quantity(candidate.begin, candidate.stop, op, approx, value, high, unit.name, rule)


def _behind_item_number(text: str, start: int, numeral: str) -> tuple[int, str]:
    """`5.20个` at the head of an item is item 5 with 20 个: counted things have no decimals."""
    item, _, count = numeral.partition(".")
    if (
        count.isdigit()
        and count[0] != "0"
        and len(item) <= 2
        and (not start or text[start - 1] in "*。；;：:）)\t\n　")
    ):
        return start + len(item) + 1, count
    return start, numeral


def _is_negative(text: str, start: int) -> bool:
    """增长-2.4%: a sign, not a dash between two numbers."""
    return start > 1 and text[start - 1] in "-－−" and text[start - 2] in "长为率幅速度到至(（"


def _goes_on(text: str, start: int, end: int, numeral: str, arabic: bool) -> bool:
    """A number whose unit comes behind a later one: 4+18所, 3.5和3个百分点, 分别完成5万、3万人."""
    following = text[end + 1 : end + 2]
    if not arabic or not following.isdigit() or (len(numeral) == 4 and numeral[:2] in ("19", "20")):
        return False
    if text[end] in "、":
        # 2、3个 is "two or three", 1、2号 a numbering: only what 分别 lists, or no small whole number.
        return not numeral.isdigit() or "分别" in text[max(0, start - 20) : start]
    return True


def _joined(text: str, start: int, numeral: str, unitless: list[Unitless], unit: str) -> list[Quantity]:
    """The numbers joined to the one at `start`: they share its unit, and its magnitude where they have none
    (分别超过7、5亿元 is 7亿元 and 5亿元). None inside quotes, where “1+4” is a name.
    """
    kept: list[Quantity] = []
    scale = number("1" + numeral.lstrip(_FIGURES)) or 1
    for part_start, part_end, part in reversed(unitless):
        value = number(part)
        if part_end + 1 != start or value is None:
            break
        summed = text[part_end] in "+＋"
        if part[-1] not in MAGNITUDES and not summed:
            value *= scale
        prefix = comparators.before(text, part_start) if part_start else None
        begin, (op, approx) = prefix if prefix else (part_start, ("=", None))
        kept.append(
            Quantity(begin, part_end, op, approx, value, None, unit, "sum" if summed else "shared unit")
        )
        start = begin
    if start and text[start - 1] in OPENING:
        return []
    return kept[::-1]
