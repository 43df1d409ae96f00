"""False friends: numbers that name, classify, date or rank, and so measure nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from parsers.candidate import Candidate
from parsers.units import LOADER

OPENING = "“‘「『《"
_CLOSING = "”’」』》"
_QUALIFIERS = "(?:[的大新重点主要关键核心全面根本基本战略]{0,4})"
_CLASSED_FAR = re.compile(
    r"的?[^\W\d_]{0,8}?(?:项 ?目|企业|产业|园区|集群|街区|村|镇|大户|农户|楼宇|商圈|主体|品牌|单品|链|增长点"
    r"|集中区|开发区|合同|大县|市场|景区)"
)
_SPENT = re.compile(
    r"(?:仅用|只用|用时|用了|历时|耗时|历经|经过|存在|连续|缩短|延长|提前|压缩|长达)(?:了|至|到|为|近|约|超|超过)?$"
)
_MEETING = re.compile(
    r"(?:党代|人代|全委|全会|全体|会|代表大会|产业|党|创业|供水|污染|能源|普查|人大|大会|政协|常委)"
)
_HEADCOUNT_OF_FIGURES = re.compile(r"[一半]|[0-9.]+[%％]|10+(?![0-9.万亿])|亿(?![元吨级美斤])")
_LIFE_EXPECTANCY = 20
"""How far 寿命 may stand before an age that it measures."""


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    text = files("parsers.data").joinpath("not_quantities.yml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, Loader=LOADER)
    return loaded


def _any_of(key: str) -> str:
    return "|".join(re.escape(w) for w in sorted(_words()[key], key=lambda w: (-len(w), w)))


_IDEAS = re.compile(rf"{_QUALIFIERS}(?:{_any_of('ideas')})")
_CLASSED = re.compile(rf"的?(?:{_any_of('classed')})")
_DENOMINATORS = re.compile(rf" ?(?:{_any_of('denominators')})")
_CAMPAIGNS = re.compile(rf"[^\W\d_]{{0,6}}?(?:{_any_of('campaigns')})")
_NAMES = re.compile(rf"(?:{_any_of('names')})")
_CIRCLES = re.compile(
    rf"[“”]?(?:[^\W\d_]{{0,4}}?(?:{_any_of('circles')})|[^\W\d_]{{0,12}}[“”]?[^\W\d_]{{0,6}}?圈)"
)
_PERIOD_BEFORE = frozenset("前近来后第每去下首头这上本另明")
_MONEY_BEFORE = ("投资", "投入", "资金", "总额", "产值", "收入", "补助", "安排")


def measures_nothing(c: Candidate) -> bool:
    """Whether number and unit form a name, a class, a date or a rank instead of an amount."""
    dimension = c.unit.dimension
    if dimension == "ratio":
        return c.unit.name == "%" and c.preceded_by("个", "第")
    if not c.arabic and _is_chinese_name(c):
        return True
    if c.previous in ("前", "每", "第") or c.preceded_by("世界", "全球前"):
        return True
    if c.text.startswith("级", c.stop) and not c.hedged:
        return True
    if c.bounded and c.text.endswith("以下", 0, c.stop) and c.text[c.stop : c.stop + 1].isalpha():
        # 10蒸吨以下燃煤锅炉, 7平方米以下的困难户: a class of things, where the clause goes on with them.
        return dimension != "concentration"
    if dimension == "money":
        return _classifies(c)
    if dimension == "time":
        return _dates(c)
    if c.bare and c.bounded and c.text[c.stop : c.stop + 1].isalpha():
        # 千亩以上园区, 万吨以上冷库, 万人以上社区: a size class, unless the clause ends here.
        return True
    if dimension in ("count", "people"):
        return _counts_no_things(c)
    return c.bounded and c.followed_by("燃煤", "锅炉")


_LIMIT_OF_SURVEY = 50_000_000
"""Statistics of investment leave smaller projects out (500万元以上固定资产投资): no amount of its own."""


def _is_chinese_name(c: Candidate) -> bool:
    """五台山, 两个维护 in quotes, an article (一个), an ordinal (二级), a campaign (千人计划)."""
    dimension = c.unit.dimension
    if _NAMES.match(c.text, c.start):
        return True
    if c.value <= 100 and _in_quotes(c):
        return True
    if c.numeral == "一":
        return dimension != "time" and not (c.hedged or c.bounded)
    if c.numeral == "二" and dimension != "money":
        return True
    if c.value < 100 and dimension == "money":
        return True
    if c.bare and dimension not in ("money", "time") and not c.hedged and not c.bounded:
        # 百件实事 is a promise that counts; 百家企业, 千人计划 are names.
        return c.unit.name != "件" or _CAMPAIGNS.match(c.text, c.stop) is not None
    return False


def _in_quotes(c: Candidate) -> bool:
    """“两个维护”, “四换三名”: a small Chinese number inside quotes belongs to a name."""
    before = c.text[max(0, c.start - 9) : c.start]
    opened = max(before.rfind(q) for q in OPENING)
    return opened >= 0 and not any(q in before[opened:] for q in _CLOSING)


def _classifies(c: Candidate) -> bool:
    """亿元以上项目, 千亿元产业, 过亿元的企业, 万元GDP能耗: money that only says which things are meant."""
    if c.bare and _DENOMINATORS.match(c.text, c.stop):
        return True
    if (c.hedged or c.bounded) and _CLASSED_FAR.match(c.text, c.stop):
        return True
    if not c.bare:
        if c.bounded and c.value <= _LIMIT_OF_SURVEY and c.followed_by("固定资产投资"):
            return True
        return not c.preceded_by(*_MONEY_BEFORE) and _CLASSED.match(c.text, c.stop) is not None
    if c.previous == "个" or _CLASSED.match(c.text, c.stop):
        return True
    if c.hedged:
        return False
    following = c.text[c.stop : c.stop + 1]
    return c.bounded or (following.isalnum() and not c.followed_by("大关", "关口", "台阶"))


def _dates(c: Candidate) -> bool:
    """2025年, 近三年, 前11个月, 15分钟生活圈, 65岁以上: a time that dates or names and measures no effort."""
    name = c.unit.name
    before = c.text[max(0, c.start - 6) : c.start]
    if name == "年":
        return c.value >= 100 or _SPENT.search(before) is None
    if name == "岁":
        return "寿命" not in c.text[max(0, c.start - _LIFE_EXPECTANCY) : c.start]
    if name == "周" or c.preceded_by("×", "x", "X", "*"):
        return True
    if before[-1:] in _PERIOD_BEFORE and not before.endswith(("将近", "接近")):
        return True
    if c.numeral == "一":
        return _SPENT.search(before) is None and not before.endswith("用")
    if c.value == 24 and name == "小时":
        return True
    return _CIRCLES.match(c.text, c.stop) is not None


def _counts_no_things(c: Candidate) -> bool:
    """三个层面, 六个100%, 八个一, 七次全会, 2025起: headcounts of ideas, meetings, years."""
    name = c.unit.name
    if name == "个" and _HEADCOUNT_OF_FIGURES.match(c.text, c.unit_end):
        return True
    if name == "次" and (c.previous == "届" or _MEETING.match(c.text, c.unit_end)):
        return True
    if name in ("起", "人", "位"):
        if name == "起" and c.arabic and 1900 < c.value < 2100:
            return True
        if c.followed_by("人制", "制") and name == "人":
            return True
    return not c.arabic and c.value <= 30 and _IDEAS.match(c.text, c.stop) is not None
