"""Amounts in one paragraph: number, unit, comparator, with the span that carries them.

One regular expression finds numerals; everything else (unit, comparator, false friends) looks at the
few characters around one, so that reading stays linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from parsers import comparators, not_quantities
from parsers.implied_units import implied
from parsers.numerals import CHINESE, MAGNITUDES, number, span_of_two
from parsers.proportions import proportion
from parsers.statement import Approx, Op, Quantity
from parsers.units import Unit, by_first_character

_D = "0-9０-９"
_NEXT = "".join(sorted({*by_first_character(), *"余多几分成折番半大至到—–-－~～、"} - set("年月日")))
_SCAN = re.compile(
    rf"[{_D}{CHINESE}](?:"
    rf"(?<=[{_D}])(?<![{_D}A-Za-z.．第].)"
    rf"[{_D}]*+(?:,[0-9]{{3}}(?![0-9]))*+(?:[.．][{_D}]++)?+"
    rf"(?:(?:[十百万亿]|千(?![瓦克米伏卡]))++(?:[{_D}]++[十百千万亿]++)*+)?+"
    rf"|(?<=[{CHINESE}])(?<![{CHINESE}第.{_D}].)"
    rf"(?:(?<!千)|(?![瓦克米伏]))(?:[{CHINESE.replace('千', '')}]|千(?![瓦克米伏]))*+"
    rf"(?:(?<=[百千万亿])|(?=[{re.escape(_NEXT)}年])))",
    re.DOTALL,
)
_CONNECTOR = frozenset("-—–－~～至到")
_CONNECTED = re.compile(rf"(?:[-－–~～至到]|—{{1,2}})(?=[{_D}{CHINESE}])")
_BARE = frozenset("十百千万亿")
_DOUBLED = {"一": 2, "两": 4, "二": 4, "三": 8, "1": 2, "2": 4, "3": 8}
_TITLES = re.compile(r"《[^《》]{0,80}》")

Pending = tuple[int, int, str, "Unit | None"]
"""First end of a range (start, where the second must begin, numeral, unit if printed)."""


def find_quantities(text: str) -> list[Quantity]:
    """The amounts in one clean paragraph, by start, never overlapping.

    Names, classes, ranks, dates and headcounts of ideas are left out. `rule` names the reading; the
    marks +old and +new tell the two ends of 由A提高到B apart, +of an amount that belongs to the next
    (总投资3亿元的5个项目).
    """
    found: list[Quantity] = []
    groups = by_first_character()
    pending: Pending | None = None
    chain: list[tuple[int, int]] = []
    done = 0
    n = len(text)
    for match in _SCAN.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        first = text[start]
        arabic = first not in CHINESE
        p = end
        more = False
        if p < n and text[p] in "余多":
            more = True
            p += 1
        elif p < n and text[p] == "几" and arabic is False:
            more = True
            p += 1
        # The unit behind it.
        unit: Unit | None = None
        for spelling, candidate in groups.get(text[p : p + 1], ()):
            if text.startswith(spelling, p):
                if candidate.digits_only and not arabic and text[end - 1] not in "万亿":
                    break
                q = p + len(spelling)
                if candidate.unless and q < n and text[q] in candidate.unless:
                    break
                unit, p = candidate, q
                break
        numeral = text[start:end]
        begin = start
        low: Pending | None = None
        if pending is not None:
            if pending[1] == start:
                low = pending
                begin = low[0]
            pending = None
        if unit is None or (p < n and text[p] in _CONNECTOR):
            connected = _CONNECTED.match(text, p) if p < n and text[p] in _CONNECTOR else None
            if (
                connected
                and low is None
                and (
                    unit is None or connected[0] not in "到至" or text[begin - 1 : begin] not in ("由", "从")
                )
            ):
                pending = (start, connected.end(), numeral, unit)
                if unit is None:
                    chain.clear()
                    continue
        if unit is None:
            if p < n and text[p] in "+＋" and arabic and p == end:
                chain.append((start, end))
                continue
            made, done = _without_unit(text, start, end, numeral, more)
            if made is not None:
                found.append(made)
            continue
        bare = first in _BARE and not arabic
        value: Decimal | None
        high: Decimal | None = None
        two = None if arabic else span_of_two(numeral)
        if two is not None:
            value, high = two
        else:
            value = number(numeral)
        if value is None:
            continue
        suffix = (
            comparators.after(text, p, unit.dimension)
            if p < n and text[p] in comparators.FIRST_OF_AFTER
            else None
        )
        prefix = comparators.before(text, begin) if begin else None
        stop = suffix[0] if suffix else p
        vague = False
        if bare or (first == "一" and len(numeral) > 1 and False):
            previous = text[start - 1 : start]
            if previous in ("数", "几") and start:
                vague = True
                begin = start - 1
            elif previous == "上" and text[start - 2 : start] != "以上":
                prefix = (start - 1, (">=", None))
        if _silent(
            text,
            start,
            begin,
            stop,
            unit,
            value,
            numeral,
            arabic,
            bare,
            prefix is not None or more or vague,
            suffix is not None,
        ):
            continue
        rule = "number"
        if low is not None:
            ends = _range(low, numeral, value, unit)
            if ends is None:
                begin = start
            else:
                value, high, rule = *ends, "range"
                if found and found[-1].start == low[0]:
                    found.pop()
        elif high is not None:
            rule = "neighbouring digits"
        if prefix is not None and prefix[0] < begin:
            begin = prefix[0]
        op: Op
        approx: Approx | None
        op, approx = comparators.combined(
            prefix[1] if prefix else None, suffix[1] if suffix else None, more or vague
        )
        if high is not None:
            op = "between"
        if vague:
            rule = "vague number"
        elif bare:
            rule = "bare magnitude"
        if (
            arabic
            and text[start - 1 : start] in ("-", "－", "−")
            and start > 1
            and text[start - 2] in "长为率幅速度(（"
        ):
            value, begin = -value, start - 1
        for part_start, part_end in _chained(chain, start, text):
            part = number(text[part_start:part_end])
            if part is not None:
                found.append(Quantity(part_start, part_end, "=", None, part, None, unit.name, "sum"))
        chain.clear()
        found.append(Quantity(begin, stop, op, approx, value, high, unit.name, rule))
        done = stop
    if "半" in text or "番" in text:
        found = _with_words(text, found)
    if "《" in text:
        titles = [m.span() for m in _TITLES.finditer(text)]
        found = [q for q in found if not any(a <= q.start < b for a, b in titles)]
    if len(found) > 1:
        _relate(text, found)
    return found


def _chained(chain: list[tuple[int, int]], start: int, text: str) -> list[tuple[int, int]]:
    """The numbers of 4+18所 before the last one; none inside quotes, where the sum is a name."""
    kept: list[tuple[int, int]] = []
    for part in reversed(chain):
        if part[1] + 1 != start:
            break
        kept.append(part)
        start = part[0]
    if start and text[start - 1] in not_quantities.OPENING:
        return []
    return kept[::-1]


def _range(low: Pending, numeral: str, high: Decimal, unit: Unit) -> tuple[Decimal, Decimal] | None:
    """The two ends of 6%—6.5%, 1至3个, 100—200万元 (the first takes the magnitude of the second)."""
    if low[3] is not None and low[3].name != unit.name:
        return None
    value = number(low[2])
    if value is None:
        return None
    if low[3] is None and low[2][-1] not in MAGNITUDES:
        magnitude = numeral.lstrip("0123456789.,０１２３４５６７８９．")
        scale = number("1" + magnitude) if magnitude and numeral[0] not in CHINESE else None
        if scale is not None and value * scale < high:
            value *= scale
    return (value, high) if value < high else None


def _silent(
    text: str,
    start: int,
    begin: int,
    stop: int,
    unit: Unit,
    value: Decimal,
    numeral: str,
    arabic: bool,
    bare: bool,
    hedged: bool,
    bounded: bool,
) -> bool:
    """Whether number and unit measure nothing here (see not_quantities)."""
    dimension = unit.dimension
    if dimension == "ratio":
        if numeral == "一" or numeral == "1":
            return unit.name == "折"
        return text[start - 1 : start] in ("个", "第") and unit.name == "%"
    if text[stop : stop + 1] == "级" and not hedged:
        return True
    if not_quantities.ranks(text, begin):
        return True
    if not arabic:
        if not_quantities.names_something(text, start, stop, arabic):
            return True
        if numeral == "一" and dimension != "time" and not (hedged or bounded):
            return True
        if numeral == "二" and dimension != "money":
            return True
        if bare and not hedged and not bounded and dimension != "money":
            return (
                not (unit.name == "件" and not not_quantities.is_campaign(text, stop))
                or text[start - 1 : start] in "〇"
            )
        if value < 100 and dimension == "money":
            return True
        if value <= 30 and dimension in ("count", "people") and not_quantities.counts_ideas(text, stop, unit):
            return True
    elif unit.name == "起" and value > 1900 or (unit.name == "个" and value == 2025):
        return True
    if dimension == "money":
        return not_quantities.money_classes(text, begin, stop, bare, hedged or bounded)
    if dimension == "time":
        return not_quantities.time_dates(text, begin, stop, unit, int(value), arabic)
    return False


def _without_unit(text: str, start: int, end: int, numeral: str, more: bool) -> tuple[Quantity | None, int]:
    """An amount that prints no measure word: 四分之一, 八成, 3:1, 六大项目, 过百亿. With where it ends."""
    made = proportion(text, start, end, numeral)
    if made is None and (
        numeral[-1] in "万亿" or text[end : end + 1] in ("大", "余", "多") or numeral[-1] in "百千"
    ):
        made = implied(text, start, end, numeral, more)
    return made, (made.end if made else 0)


_HALF = re.compile(
    r"(?P<more>过半数?)(?!百|年|天)|(?P<least>半数以上|一半以上)|(?P<below>近半数?)(?![年个小天])|(?P<half>一半)|翻(?:了)?(?P<times>[一二两三123])?番"
)


def _with_words(text: str, found: list[Quantity]) -> list[Quantity]:
    """Adds the amounts that words alone say: 一半, 过半, 翻一番."""
    taken = [(q.start, q.end) for q in found]
    for m in _HALF.finditer(text):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        if m[0].startswith("翻"):
            found.append(
                Quantity(
                    m.start(),
                    m.end(),
                    "=",
                    None,
                    Decimal(_DOUBLED[m["times"] or "一"]),
                    None,
                    "倍",
                    "doubling",
                )
            )
            continue
        op: Op = ">" if m["more"] else ">=" if m["least"] else "~" if m["below"] else "="
        found.append(
            Quantity(m.start(), m.end(), op, "below" if m["below"] else None, Decimal(50), None, "%", "half")
        )
    return sorted(found, key=lambda q: q.start)


_TO = re.compile(r"[^，。；]{0,8}?(?:到|至|为)了?[^，。；]{0,10}$")


def _relate(text: str, found: list[Quantity]) -> None:
    """Marks neighbours that belong together, in place: old and new value, attribute, shared hedge."""
    shares = "分别" in text
    for i in range(len(found) - 1, 0, -1):
        right, left = found[i], found[i - 1]
        gap = right.start - left.end
        if gap > 24:
            continue
        if gap == 1:
            between = text[left.end]
            if between == "的":
                found[i - 1] = replace(left, rule=left.rule + "+of")
            elif (
                shares
                and between in "、和"
                and left.unit == right.unit
                and left.op == "=" != right.op
                and right.op != "between"
                and "分别" in text[max(0, left.start - 40) : left.start]
            ):
                found[i - 1] = replace(
                    left, op=right.op, approx=right.approx, rule=left.rule + "+shared comparator"
                )
            continue
        if left.unit == right.unit or left.unit in ("%", "百分点"):
            clause = text[max(0, left.start - 14) : left.start]
            if ("由" in clause or "从" in clause) and _TO.match(text[left.end : right.start]):
                found[i - 1] = replace(left, rule=left.rule + "+old")
                found[i] = replace(right, rule=right.rule + "+new")
