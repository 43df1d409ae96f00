"""The unit of an amount that prints none: 收入过百亿 is money, 人口突破1500万 people, 六大项目 a count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers import comparators
from parsers.numerals import MAGNITUDES, number
from parsers.statement import Quantity

_HEADS: tuple[tuple[str, str], ...] = (
    (
        "元",
        "收入|生产总值|GDP|总值|产值|投资|税收|消费|零售|总额|存款|贷款|资金|增加值|利润|财政|营收|市值|融资|减税|降费|减负|销售|成交|交易额|资产|保费|经济总量",
    ),
    ("人次", "游客|客流|旅客|人次|吞吐"),
    ("人", "人口|就业|人数|居民|学生|农民|职工|劳动力|人才|用户|群众|党员|志愿者|老人|贫困|粉丝"),
    ("个", "企业|主体|商户|个体|项目|社区"),
)
_HEAD = re.compile("|".join(f"(?P<h{i}>{words})" for i, (_, words) in enumerate(_HEADS)))
_PEOPLE = re.compile(
    r"[^\W\d_]{0,9}?(?:人口|群众|居民|学生|毕业生|农民工|农民|农牧民|牧民|职工|劳动力|劳动者|老年人|老人|儿童|孩子|青年|人才|市民|用户"
    r"|党员|移民|志愿者|残疾人|网民|师生|干部|教师|妇女|婴儿|工人|对象|村民|军民|同胞|儿女)"
)
_HOUSEHOLDS = re.compile(r"[^\W\d_]{0,6}?(?:农户|牧户|贫困户|住户|家庭)")
_THINGS = re.compile(r"[^\W\d_]{0,4}?(?:市场主体|经营主体|商户|个体工商户|网格|账户|企业)")
_HEADCOUNT = re.compile(
    r"大(?:[市区省县]级|重点|重大|标志性|骨干|基础设施|产业|民生|市政|文旅|文化|交通|水利|商业|特色)*(?:项目|片区|园区|企业|场馆|公园|商圈|市场|基地|平台|中心)"
)
_BROKEN_OFF = re.compile(
    r"(?:以上|以内|以下|左右)?(?:[，。；、！？）)”…\s]|大关|关口|台阶|的目标|目标|门槛|$)"
)
_STEP = re.compile("(?:[和、及与][百千万]{1,2}亿)?元?(?:大关|关口|台阶|门槛)")
"""What a level is counted in: 稳定在百亿和千亿台阶上."""
_CLAUSE_END = "，。；：！？、\n"


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    end: int
    rule: str


def implied(text: str, start: int, end: int, numeral: str, more: bool) -> Quantity | None:
    """The amount at [start, end) with the unit that its noun implies; None where none does."""
    if numeral[-1] not in MAGNITUDES and text[end : end + 1] != "大":
        return None
    value = number(numeral)
    if value is None or (start and text[start - 1] in "“‘第每前"):
        return None
    prefix = comparators.before(text, start) if start else None
    if start and text[start - 1] == "上" and numeral[0] in "百千万亿" and text[start - 2 : start] != "以上":
        prefix = (start - 1, (">=", None))
    at = end + (text[end : end + 1] in ("余", "多"))
    unit = _headcount(text, end, value) or _by_noun_behind(text, at, numeral, prefix is not None)
    if unit is None and _STEP.match(text, at):
        # 跨过2万亿大关: levels that are counted in 亿 and name no unit are money.
        unit = _by_head(text, start, at, numeral, True) or (
            _Unit("元", at, "unit of the head noun") if numeral[-1] == "亿" else None
        )
    elif unit is None and _BROKEN_OFF.match(text, at):
        unit = _by_head(text, start, at, numeral, prefix is not None)
    if unit is None:
        return None
    suffix = comparators.after(text, unit.end, "")
    op, approx = comparators.combined(prefix[1] if prefix else None, suffix[1] if suffix else None, more)
    return Quantity(
        prefix[0] if prefix else start,
        suffix[0] if suffix else unit.end,
        op,
        approx,
        value,
        None,
        unit.name,
        unit.rule,
    )


def _headcount(text: str, end: int, value: Decimal) -> _Unit | None:
    """六大重点项目: 大 stands where the measure word would."""
    if 2 <= value < 100 and _HEADCOUNT.match(text, end):
        return _Unit("个", end + 1, "headcount")
    return None


def _by_noun_behind(text: str, at: int, numeral: str, hedged: bool) -> _Unit | None:
    """5000万农村人口, 上亿市场主体: the noun follows without a measure word."""
    if numeral[-1] not in "万亿" or (numeral[0] in "百千万亿" and not hedged):
        return None
    if _HOUSEHOLDS.match(text, at):
        return _Unit("户", at, "households without measure word")
    if _PEOPLE.match(text, at):
        return _Unit("人", at, "people without measure word")
    things = _THINGS.match(text, at)
    # 50亿级企业, 百亿企业: the size of a company, in money.
    if things and not (numeral[-1] == "亿" and things[0].endswith("企业")) and text[at] != "级":
        return _Unit("个", at, "things without measure word")
    return None


def _by_head(text: str, start: int, at: int, numeral: str, hedged: bool) -> _Unit | None:
    """收入过百亿: the last known head noun of the clause before says what is measured."""
    if numeral[-1] not in "万亿" or (numeral[0] in "百千万亿" and not hedged):
        return None
    clause = text[max(0, start - 30) : start]
    cut = max(clause.rfind(c) for c in _CLAUSE_END)
    heads = [m.lastgroup for m in _HEAD.finditer(clause[cut + 1 :])]
    if not heads or heads[-1] is None:
        return None
    return _Unit(_HEADS[int(heads[-1][1:])][0], at, "unit of the head noun")
