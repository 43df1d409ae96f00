"""False friends: numbers that name, classify, date or rank, and so measure nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from parsers.units import Unit


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    text = files("parsers.data").joinpath("not_quantities.yml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def _any_of(key: str) -> str:
    return "|".join(re.escape(w) for w in sorted(_words()[key], key=lambda w: (-len(w), w)))


_QUALIFIERS = "(?:[的大新重点主要关键核心全面根本基本战略]{0,4})"
IDEAS = re.compile(rf"{_QUALIFIERS}(?:{_any_of('ideas')})")
CLASSED = re.compile(rf"(?:{_any_of('classed')})")
CLASSED_FAR = re.compile(
    r"的?[^\W\d_]{0,8}?(?:项目|企业|产业|园区|集群|街区|村|镇|大户|农户|楼宇|商圈|市场主体|品牌|单品|链)"
)
DENOMINATORS = re.compile(rf"(?:{_any_of('denominators')})")
CAMPAIGNS = re.compile(rf"[^\W\d_]{{0,6}}?(?:{_any_of('campaigns')})")
NAMES = re.compile(rf"(?:{_any_of('names')})")
CIRCLES = re.compile(rf"[^\W\d_]{{0,4}}?(?:{_any_of('circles')})")
_PERIOD_BEFORE = ("前", "近", "来", "后", "第", "每", "去", "下", "首", "头", "这", "上", "本", "另")
_SPENT = re.compile(
    r"(?:用|用时|用了|历时|耗时|历经|经过|存在|连续|缩短|延长|提前|压缩|减少|长达|提速)(?:了|至|到|为|近|约|超|超过)?$"
)
OPENING = "“‘「『《"


def names_something(text: str, start: int, end: int, arabic: bool) -> bool:
    """A number that stands in a name (五台山, 五位一体) or opens a quoted Chinese formula (“两个维护”)."""
    return not arabic and (text[start - 1 : start] in tuple(OPENING) or NAMES.match(text, start) is not None)


def money_classes(text: str, start: int, end: int, bare: bool, bounded: bool) -> bool:
    """The amount is a threshold that only says which things are meant: 亿元以上项目, 千亿元产业, 万元GDP能耗.

    bare: no digit before the magnitude. bounded: a comparator touches it (以上, 超).
    """
    if bare and DENOMINATORS.match(text, end):
        return True
    if bounded:
        return CLASSED_FAR.match(text, end) is not None
    if CLASSED.match(text, end) is None:
        return False
    return bare or not text.endswith(
        ("投资", "投入", "资金", "总额", "产值", "收入", "补助", "安排"), 0, start
    )


def time_dates(text: str, start: int, end: int, unit: Unit, value: int, arabic: bool) -> bool:
    """A time that dates or names and measures no effort: 2025年, 近三年, 前11个月, 15分钟生活圈, 65岁以上."""
    before = text[start - 1 : start]
    if unit.name == "年":
        return value >= 100 or _SPENT.search(text[max(0, start - 6) : start]) is None
    if unit.name == "岁":
        return text.startswith(("以上", "以下", "及以上", "及以下", "至", "-", "—", "老"), end)
    if before in _PERIOD_BEFORE and not text.endswith(("最近", "将近", "接近"), 0, start):
        return True
    if value == 1 and not arabic:
        return _SPENT.search(text[max(0, start - 6) : start]) is None
    if before in ("×", "x", "X", "*") or (value == 24 and unit.name == "小时"):
        return True
    return CIRCLES.match(text, end) is not None


def counts_ideas(text: str, end: int, unit: Unit) -> bool:
    """A headcount of thoughts, which names a list: 三个层面, 两个维护, 六个100%, 八个一."""
    if unit.name == "个" and text[end : end + 1] in tuple("一0123456789"):
        return True
    return IDEAS.match(text, end) is not None


def is_campaign(text: str, end: int) -> bool:
    """A bare magnitude that names a campaign: 千人计划, 百家企业大走访."""
    return CAMPAIGNS.match(text, end) is not None


def ranks(text: str, start: int) -> bool:
    """前10名, 前三位: a rank, with 前 right before the number; 每百户: a denominator."""
    return text[start - 1 : start] in ("前", "每", "第") or text.startswith("世界", start - 2)
