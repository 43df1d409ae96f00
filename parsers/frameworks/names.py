"""The grammar of names: which quoted words, and which headcounts, name a work system.

A name is read from its form alone: a formula of digits (1+446, 345), numerals that each count a word
(四梁八柱, 三增一降), a headcount (四个确保, 五大动力, 六库), a line of compass words, a campaign year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.frameworks.numerals import number
from parsers.frameworks.stock import is_stock
from parsers.lazily import lazily

_H = "[\u4e00-\u9fff]"
_N = "[一二两三四五六七八九十百千万双]"
_TYPES = (
    "体系|思路|机制|模式|战略|布局|格局|工程|行动|计划|方案|制度|举措|措施|任务|目标|要求|框架|规划|理念|方针|方略|"
    "工作法|办法|政策|攻坚战|攻坚|会战|战役|改革|建设|活动|做法|标准|路径|抓手|清单|生态圈|集群|园区|示范区|片区|"
    "原则|承诺|部署|品牌|项目|新画卷|高地|基地|中心|空间|主题|强[区市省县国]|定位|产业|工作"
)
_NOT_A_SUFFIX = (
    "的|和|与|及|等|为|是|在|以|将|已|全|取得|成效|推动|提升|推进|引领|带动|促进|实现|加快|统领|完成|落实|领域|"
    "开展|建立|形成|打造|支撑|服务于|并|更|也|都|又|还|要|之|目标任务|有关|相关"
)
SUFFIX = lazily(rf"(?!{_NOT_A_SUFFIX}){_H}{{0,8}}?(?:{_TYPES})(?:(?!要求)(?:{_TYPES}))*")
"""The type word behind a name (“1+446”工作思路), with what specifies it (“345”网格化治理体系)."""
_MEASURES = "大|个|项|条|张|种|类|篇|支|块|本|道|场|批|座|件|级|位"
_GENERIC = lazily(
    "(?:重点|特色|主导|优势|新兴|支柱|潜力|传统|战略性)*"
    "(?:产业|领域|方面|行业|问题|企业|因素|特点|环节|城市|园区|重点|板块|部门|地区|中心|平台|市场|产品|国家|省份)"
)
"""Headcounts of these name a system only with their list: every text has its 六大产业."""
_PLACE_WORDS = "带城核区轴廊环圈心极江河湖山园港岛谷湾主副街路线片翼链屏点站镇院馆场桥都海岸体田网"

_FORMULA = lazily(rf"(?:\d{{1,4}}|[NnXxMm])(?:\+(?:\d{{1,4}}|[NnXxMm])){{1,7}}(?P<tail>{_H}{{0,12}})")
_DIGITS = lazily(rf"(?!12345\D|(?:19|20)\d\d)\d{{3,6}}(?P<tail>{_H}{{2,12}})?")
_COUNT = lazily(
    rf"(?P<head>{_H}{{0,6}}?)(?P<num>[二两三四五六七八九十]{{1,3}}|\d{{1,2}})(?P<measure>{_MEASURES})(?P<noun>{_H}{{1,10}})"
)
_UNITY = lazily(rf"(?P<num>[三四五六七八九十]{{1,2}})(?P<measure>)(?P<noun>位一体{_H}{{0,12}})")
_SHORT = lazily(rf"(?P<num>[两三四五六七八九]|十[一二三四五六七八九]?)(?P<measure>)(?P<noun>{_H}{{1,5}})")
_TIMES = lazily(r"[年月日天周岁次元亩里米时分秒代届期连季度世成倍点甲旬亿级线]")
_NO_SYSTEM = lazily("实事$|问题|短板|差距|困难|错误|不足|矛盾|挑战")
"""A programme's mere name (十件实事), and what is deplored, not done."""
_NO_SHORT = lazily("^[是者则来军亚明角国川字粮]|(?:山|岛|寺|县|镇|班子|街|峡|强|数|遍|级工|连冠|连增|连丰)$")
"""Place names, ranks and bodies that open with a numeral (九华山, 十强县)."""
_SEGMENT = lazily(rf"(?P<num>十[二三四五六七八九]|{_N})(?P<noun>(?!{_N}){_H}(?:(?!{_N}){_H}){{0,5}})")
_SEGMENTS = lazily(rf"(?P<head>(?:(?!{_N}){_H}){{0,4}})(?:{_N}{{1,2}}(?:(?!{_N}){_H}){{1,6}}[、·]?){{2,9}}")
_MARKS = lazily("[、·]")
_MAGNITUDES = lazily(rf"[十百千万个双]{{2,5}}(?P<tail>{_H}{{0,8}})")
_TIMES_COUNT = lazily(rf"[\d三四五六七八九十两]{{1,2}}个(?:\d{{1,4}}|[百千万十])[亿万]?(?P<tail>{_H}{{0,6}})")
_PLUS = lazily(r"[\u4e00-\u9fffA-Za-z]{2,10}(?:\+[\u4e00-\u9fffA-Za-z]{2,10}){1,6}")
_ENABLERS = lazily(
    r"互联网|人工智能|大数据|数字|智能|智慧|物联网|区块链|旅游|文化|生态|金融|科技|工业|文旅|体育|标准|教育|医疗|[A-Za-z]"
)
_ANY_COUNT = lazily(rf"([二两双三四五六七八九]|十[一二三四五六七八九]?)(?!年|分|小时){_H}")
_HOTLINE = lazily("热线|^12345|^5G|^新三板")
_COMPASS = lazily(r"(?:[东西南北中](?![东西南北中部方])[\u4e00-\u9fff][、，,]?){3,6}")
_CAMPAIGN = lazily(rf"(?![中国]{_H}?文化|国际|世界){_H}{{2,10}}年")
_NO_CAMPAIGN = lazily(
    r"(?:[青少老中成周百元之明今去丰常童往多十几半全每万千本同来学陈余]|[一二三四五六七八九]|生肖|好)年$"
)
_CAMPAIGN_CUE = lazily(
    r"(?:作为|确定|定为|开展|启动|是|为|的|好|实施|推进|活动|部署|深化|打造|[“”，,、]|(?:作为|是|为)[\u4e00-\u9fff]{1,6})$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What a name's words say by themselves.

    kind: formula | times | segments | phrases | count | short | compass | plus | magnitudes | year | defined.
    labels: the digits or words that stand for parts, with how many each announces (None: not said).
    weak: names only with a type word behind, a list beside or a definition.
    key: what two mentions of one system share.
    """

    kind: str
    core: str
    labels: tuple[tuple[str, int | None], ...]
    weak: bool
    key: str

    @property
    def formula(self) -> str | None:
        """The pattern, for names of several parts."""
        return None if self.kind in {"count", "short", "year", "times", "defined"} else self.core


@lru_cache(maxsize=20_000)
def form_of(words: str) -> Form | None:
    """The form of quoted words, or None where they name no system."""
    core = words.strip(" 、，,").replace(" ", "")
    if not 2 <= len(core) <= 48 or _NO_SYSTEM.search(core):
        return None
    first = core[0]
    if first.isdigit() or first in "NnXxMm":
        return _numeric(core)
    if "+" in core:
        return _plus(core)
    for reader in (_compass, _campaign, _magnitudes, _unity, _count, _segments, _short):
        form = reader(core)
        if form is not None:
            return form
    return None


def digits_of(formula: str) -> tuple[str, ...]:
    """The digits that stand for parts: 1+446 → 1, 4, 4, 6; 1+26 → 1, 26; a 0 belongs to the digit before."""
    labels: list[str] = []
    for part in formula.split("+"):
        if len(part) >= 3 or (len(part) == 2 and "+" not in formula):
            labels += re.findall(r"[1-9]0*|0", part)
        else:
            labels.append(part)
    return tuple(labels)


def _plus(core: str) -> Form | None:
    parts = core.split("+")
    if not _PLUS.fullmatch(core) or (len(parts) == 2 and any(_ENABLERS.match(p) for p in parts)):
        return None
    return Form("plus", core, tuple((p, None) for p in parts), True, core)


def defined_form(core: str) -> Form | None:
    """The form of a name that the text's own glossary defines: any counted words will do."""
    form = form_of(core)
    if form is not None or not 2 <= len(core) <= 24 or _HOTLINE.search(core):
        return form
    found = _ANY_COUNT.search(core)
    count = number(found[1]) if found else None
    return Form("defined", core, ((core, count if count and 1 < count <= 24 else None),), True, core)


def _numeric(core: str) -> Form | None:
    found = _FORMULA.fullmatch(core) or _DIGITS.fullmatch(core)
    if found is not None and (not found["tail"] or SUFFIX.fullmatch(found["tail"])):
        digits = core[: len(core) - len(found["tail"] or "")]
        labels = tuple((d, int(d) if d.isdecimal() else None) for d in digits_of(digits))
        return Form("formula", digits, labels, False, digits.upper())
    if _TIMES_COUNT.fullmatch(core):
        return Form("times", core, ((core, None),), False, core)
    return _count(core)


def _compass(core: str) -> Form | None:
    if not _COMPASS.fullmatch(core):
        return None
    parts = re.findall(r"[东西南北中][^、，,]", core)
    return Form("compass", "".join(parts), tuple((p, 1) for p in parts), False, "".join(sorted(parts)))


def _campaign(core: str) -> Form | None:
    if core[-1] != "年" or not _CAMPAIGN.fullmatch(core) or _NO_CAMPAIGN.search(core):
        return None
    return Form("year", core, (), True, core)


def _magnitudes(core: str) -> Form | None:
    found = _MAGNITUDES.fullmatch(core)
    if found is None or len(set(core) & set("十百千万")) < 2:
        return None
    digits = core[: len(core) - len(found["tail"])]
    if found["tail"] and not SUFFIX.fullmatch(found["tail"]):
        return None
    return Form("magnitudes", digits, tuple((d, None) for d in digits), False, digits)


def _unity(core: str) -> Form | None:
    found = _UNITY.fullmatch(core)
    return None if found is None else _headcount(core, found, weak=False)


def _count(core: str) -> Form | None:
    found = _COUNT.fullmatch(core)
    if found is None or found["measure"] in "位级" or _TIMES.match(found["noun"]):
        return None
    return _headcount(core, found, weak=_GENERIC.fullmatch(found["noun"]) is not None)


def _short(core: str) -> Form | None:
    found = _SHORT.fullmatch(core)
    if found is None or _TIMES.match(found["noun"]) or _NO_SHORT.search(found["noun"]):
        return None
    return _headcount(core, found, weak=found["num"] in "两三" or len(found["noun"]) == 1, kind="short")


def _headcount(core: str, found: re.Match[str], *, weak: bool, kind: str = "count") -> Form | None:
    count = number(found["num"])
    if count is None or count < 2 or count > 36:
        return None
    noun = found["noun"].removeprefix("大") if found["measure"] == "大" else found["noun"]
    key = f"{count}|{bare(noun)}"
    return Form(kind, core, ((core, count),), weak, key)


def bare(noun: str) -> str:
    """A noun without the type words that one mention has and another lacks: 强区战略 → 强区."""
    for tail in ("战略", "体系", "工程", "行动", "建设", "格局", "机制", "模式", "产业生态圈", "工作"):
        if len(noun) > len(tail) and noun.endswith(tail):
            return noun[: -len(tail)]
    return noun


def _segments(core: str) -> Form | None:
    found = _SEGMENTS.fullmatch(core)
    if found is None or ("、" in core and all(_COUNT.fullmatch(p) for p in core.split("、"))):
        return None
    segments = [(m["num"], m["noun"]) for m in _SEGMENT.finditer(core)]
    if any(_TIMES.match(word) for _, word in segments):
        return None  # 三年扫一遍
    spatial = all(word[-1] in _PLACE_WORDS for _, word in segments)
    distributive = len(segments) == 2 and all(n in "一双" for n, _ in segments) and not spatial
    if len(segments) < 2 or (distributive and segments[0][0] == "一"):
        return None  # 一企一策, 一村一品: each its own, no parts
    labels = tuple((n + w, number(n)) for n, w in segments)
    kind = "phrases" if "、" in core else "segments"
    return Form(kind, core, labels, distributive, _MARKS.sub("", core))


def stock(form: Form) -> bool:
    """True for vocabulary that every text uses and no plan owns."""
    return is_stock(form.core)


def campaign_cue(before: str, after: str) -> bool:
    """Does the text make a year of that name? (作为“攻坚突破年”, “服务提升年”活动)."""
    return bool(_CAMPAIGN_CUE.search(before)) or after.startswith(("活动", "行动", "工作", "建设"))
