"""What a text promises about a thing, as a flat plain payload: the fields that are compared and replayed.

Fields: value, high, op, unit (and the same with the unit in brackets for further amounts), words (a bound
without a number), due, modality, stage, goal for targets and deeds; name, formula, components for systems.
A field that a text does not mention is left out: not repeating a term is no change of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from parsers.bounds import bound_in
from parsers.statement import Quantity, Statement
from tracking import frameworks
from tracking.dates import years_of
from tracking.explain import Payload, decimal_text
from tracking.mentions import Mention
from tracking.terms import dimension_of, words

_GOAL = re.compile(
    r"(国际|全球|世界|全国|国内|国家|江北|区域|全省|省内|全市|市内)[^，。；、]{0,4}?"
    r"(一流|领先|顶尖|先进|知名|前列|前茅|最大|最强|第一|首位|首个|唯一)"
)
_FROM_TO = re.compile(
    r"[从由][^，。；]{0,12}[\d.]+[^，。；\d]{0,4}"
    r"(?:提高|降低|下降|增加|调整|扩大|压减|减少|提升|上升|增长)(?:至|到)"
)
_REFERRED = re.compile(
    "同步|平均|水平|去年|上年|下达|(?<!类)标准|目标|任务|指标|范围|区间|计划|增[速幅]|要求"
)
"""Bounds that refer to another figure, and so say less than one of their own (全覆盖 says more)."""
_MONTH = re.compile(r"^\d{4}-(\d{2}(?:-\d{2})?)$")


def primary_dimension(mentions: Iterable[Mention]) -> str | None:
    """The dimension most tellings of a promise measure it in; its amount has the plain field names."""
    count = Counter(dimension_of(m.statement.quantities[0]) for m in mentions if m.statement.quantities)
    return min(count, key=lambda d: (-count[d], d)) if count else None


def payload_of(mention: Mention, primary: str | None) -> Payload:
    """The payload of one mention."""
    statement = mention.statement
    if mention.framework is not None:
        return _system(mention)
    found: Payload = {}
    if mention.terms.family == "measure":
        for quantity in reversed(arrived(statement)):
            found |= _amount(quantity, primary)
        if not statement.quantities and (bound := bound_in(statement.text)):
            words_of_bound = statement.text[slice(*bound)]
            if _REFERRED.search(words_of_bound):
                found["words"] = words_of_bound
    if not found and (goal := _goal(mention.quote)):
        found["goal"] = goal
    if due := _due(mention):
        found["due"] = due
    if statement.modality:
        found["modality"] = statement.modality
    if mention.terms.stage in ("开工", "建成"):
        found["stage"] = mention.terms.stage
    return found


def arrived(statement: Statement) -> tuple[Quantity, ...]:
    """The amounts promised; of “from 2.1% to 2.3%” only the one to be reached."""
    amounts = statement.quantities
    if len(amounts) < 2 or not _FROM_TO.search(statement.text):
        return amounts
    same = dimension_of(amounts[0]) == dimension_of(amounts[1])
    return amounts[1:] if same else amounts


def _amount(quantity: Quantity, primary: str | None) -> Payload:
    dimension = dimension_of(quantity)
    plain = primary is None or dimension == primary or {dimension[:5], primary[:5]} == {"count"}
    mark = "" if plain else f" ({quantity.unit})"
    return {
        f"value{mark}": decimal_text(quantity.value),
        f"high{mark}": None if quantity.high is None else decimal_text(quantity.high),
        f"op{mark}": quantity.op,
        f"unit{mark}": quantity.unit,
    }


def _goal(text: str) -> str | None:
    """The highest rank the words claim, as reach and rank: 国内一流."""
    reach = words()["ranks"]
    claims = [m.group(1) + m.group(2) for m in _GOAL.finditer(text)]
    return max(claims, key=lambda c: (reach.get(c[:2], 0), c), default=None)


def _due(mention: Mention) -> str | None:
    """When it is due, where that is more than “within its year”; flows and rates have no such date."""
    if mention.terms.base in ("flow", "growth"):
        return None
    years = years_of(mention.statement.period)
    if mention.terms.horizon == "long" and years:
        return str(years[1])
    month = _MONTH.match(mention.statement.period or "")
    return month.group(1) if month else None


def _system(mention: Mention) -> Payload:
    framework = mention.framework
    if framework is None:
        return {}
    found: Payload = {}
    if frameworks.is_theme(framework):
        found["name"] = re.sub(r"[“”\s]", "", framework.name)
    if framework.formula and not mention.slot:
        found["formula"] = framework.formula.strip("“”")
    parts = frameworks.parts_of(framework)
    if parts.groups:
        found["components"] = list(
            dict.fromkeys(item.strip() for c in framework.components for item in c.items)
        )
        found["listed"] = _listed(mention)
    return found


def _listed(mention: Mention) -> str:
    """“all” where the text spells out every digit or label it names, else the labels it does spell out."""
    framework = mention.framework
    assert framework is not None
    silent = set(framework.unlisted) | {c.label for c in framework.components if not c.items or c.open_ended}
    if not silent:
        return "all"
    return "、".join(c.label for c in framework.components if c.items)
