"""What an amount is of: indicator or deed and object, its base and its dimension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.deed_words import WORDS
from parsers.deeds import KNOWN_VERBS, LEAD
from parsers.indicators import dictionary, one_of
from parsers.money_subjects import spent_on
from parsers.statement import Base, Quantity

_TIME = re.compile(
    r"(?:截[至止]到?|到|至|自|从)?(?:\d{1,2}月?[-—–－~～至到]{1,2}\d{1,2}月份?|[一二三四五六七八九十]{1,2}月?[至到][一二三四五六七八九十]{1,2}月份?|前[一二三]个?季度|"
    r"前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月|(?:19|20)?\d\d年(?:底|末|初|前|内)?|今年|去年|上年|明年|全年|年内|年底|“?十[一二三四五]五”?(?:期末|时期|期间|末)?|"
    r"(?:利?用)?[近过]?(?:三|五|两|\d)年(?:来|以?内|左右)?(?:的?时间)?|上半年|下半年|[一二三四]季度|\d+月(?:\d+日|份|底)?前?|以来|期间|，|、)+"
)
_GROWTH = re.compile(
    r"(?:同比|比上年|较上年|环比|年均|平均|分别|预计|累计|预期|实际|将|均|再|各)*(?:增长|增速|递增|增加|增幅|涨幅|上升|提高|上涨|下降|降低|减少|降幅|压减|负增长|下浮|回落)"
    r"(?:率|幅度|速度)?(?:的)?(?:预期|宏观|调控|控制|主要)*(?:目标)?(?:定)?(?:控制在|保持在|达到|稳定在|不低于|高于|低于|为|达|了|约|近|超过|突破|力争|在|"
    r"到|至少|至|不少于|超)*+$"
)
_MAY_RISE = re.compile("[增涨升提降减压浮落]")
"""A character of every verb of a rise or fall; few amounts stand behind one."""
_TO = ("到", "至", "到了", "至了")
_TO_LEVEL = re.compile("(?:提高|上升|增加|增长|提升|扩大|下降|降低|减少|压减|回落)[到至]了?$")
"""What is raised to a rate has that rate (比重提高到18%): no growth rate."""
_FALL = re.compile("下降|降低|减少|降幅|压减|回落")
_VERB_TAIL = re.compile(
    r"(?:力争|确保|要|将|已|实现|达到|达|突破|超过|超|过|完成|保持在|稳定在|控制在|稳定保持在|保持|维持在|提高到|提升到|增加到|增长到|扩大到|降低到|下降到|降至|降到|增至|"
    r"升至|增加至|提高至|提升至|"
    r"不低于|不少于|不超过|不高于|低于|高于|为|约占|约|近|至少|共有|共计|共|有|占|总计|合计|累计|分别|各|均|拟按|按|左右|只有|仅|多达|高达|接近|逼近|可达|预计|不足|到|至|"
    r"了|在|大关|是|新增加|新增|增加|增|由|从)++$"
)
"""(What is repeated here is possessive: tried in all ways to cut it into words it would take for ever.)"""
_VERBS = one_of(WORDS["counted"])
_DEED_HEAD = re.compile(
    r"^(?:累计|共|全年|将|要|力争|确保|完成|实现|组织|加快|推进|推动|统筹|全面|新|再|计划|开展|启动|重点|着力|成功)*?"
    rf"(?P<deed>{_VERBS})"
)
_DEED_LAST = re.compile(rf"(?P<deed>{_VERBS})[了好成]?$")
_COMES_NEW = re.compile(r"(?P<deed>新增|净增)加?(?:约|近|超过?|至少|不少于|不低于|了|各类)*$")
_RATIO = re.compile(r"占(?:全市|全省|全区)?[\u4e00-\u9fa5A-Z]{2,12}(?:比重|比例|的)")
_NOUN_AFTER = re.compile(
    r"^(?:（[^）]{1,6}）|\([^)]{1,6}\))?的?(?![（(、])(?P<noun>[\u4e00-\u9fa5A-Za-z0-9“”《》（）()·+＋]{2,28}?)"
    r"(?=$|[，。；、：]|[和及与](?!其)|以及|等|全部|均|达到|实现|投入|参与|参加|免于|的?(?:建设|工作|任务)?$)"
)
_NOUN_TO_AMOUNT = re.compile(
    r"^的?(?![增减下提占达其左以到])(?P<noun>[\u4e00-\u9fa5A-Za-z“”《》]{2,20}?)(?=约|近|超|\d)"
)
_NO_MODIFIER = re.compile(
    rf"(?:{_TIME.pattern.removesuffix('+')}|{LEAD.pattern.removeprefix('^').removesuffix('*')}|[\u4e00-\u9fa5]{{2,8}}[省市区县州盟旗](?:要|将)?|实现|完成|预计|预期|其中|地方|本级|年均|"
    r"[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]是|^[^，]{2,16}(?:稳|好|升|快|新|力|展)，|[：:])*+$"
)
"""Words before an indicator that leave it the same: times, the place; others change it (新登记市场主体)."""
_ECONOMY = re.compile(r"(?:^|[，：年期国省市区县州]|其中)(?:的|我国|国民)?经济$")
"""“The economy grows by” means the gross domestic product, where nothing narrows it (民营经济, 海洋经济)."""
_GOAL_OF = re.compile(r"^.*目标(?:为|是|[:：])(?=[^，]{3})")
"""“…的预期目标为” in front of what is aimed at."""
_FROM = re.compile(
    r"(?:将|已)?(?:由|从)(?:(?:(?:19|20)\d\d|上|去|前)年(?:底|末|初|同期)?|年初|“?十[一二三四五]五”?(?:期?末)?|原来|过去)?的?$"
)
"""What stands before the old value of a rise: 由2015年的, 从."""
_RATE_NOUN = re.compile("新增加|率|增速|增幅|涨幅|降幅|幅度|速度")
_THAN = re.compile(
    r"(?<![占对同])(?:比|较|与)(?=[^，]{0,16}$)(?:上一?年度?|去年|前年|年初|年度|同期|上届|前[一二三四五六]年|“?十[一二三四五]五”?|(?:19|20)\d\d年|"
    r"全国|全省|全市|平均|水平|时期|[末底初的期]|相比)*$"
)
_RATES = frozenset(("%", "百分点", "个百分点", "倍"))
_COMPARED = re.compile(
    "(?:比|较|是|为|相当于|的|上届|前|同期|同口径|可比|年|初|末|底|历史|全国|全省|全市|平均|水平|原来|以前|过去|计划|预期|目标)*"
)
"""What a figure is compared with is not what it is of (是去年的3倍, 比年初增加)."""
_WHOLE = frozenset(
    f"{of}{area}"
    for of in ("全", "我", "本")
    for area in ("国", "省", "市", "区", "县", "州", "镇", "乡", "街道", "旗")
)
"""The place as a whole: a share of it is one of what is named behind (全市85%的公交车)."""
_OTHER_MEASURE = re.compile("价格|指数|比重|占比|比例|贡献|结构|项目|企业|差距|强度|密度|人数|户数|缺口|单位")
"""Behind the name of an indicator they make it another (固定资产投资价格)."""
_OF_TIME = frozenset(("日", "月", "年", "每天", "每年", "每月"))
_DIMENSION = {
    "元": "money",
    "美元": "money",
    "%": "percent",
    "百分点": "percent",
    "个百分点": "percent",
    "平方米": "area",
    "亩": "area",
    "公顷": "area",
    "平方公里": "area",
    "公里": "length",
    "米": "length",
    "吨": "mass",
    "人": "people",
    "名": "people",
    "人次": "people",
    "户": "households",
    "年": "time",
    "天": "time",
    "个月": "time",
}


@dataclass(slots=True)
class Subject:
    """What a claim is about. `text` is the canonical short name."""

    text: str
    indicator: str | None
    deed: str
    object: str
    base: Base | None
    dimension: str | None
    rule: str


def subject_of(clause: str, quantities: Sequence[tuple[int, int, Quantity]], before: str = "") -> Subject:
    """The subject of a clause with amounts.

    clause: its readable text. quantities: (start, end, amount), offsets in `clause`. before: what the
    previous clause was about, used where this one only continues it (“同比增长51.1%”).
    """
    start, end, first = quantities[0]
    left = clause[:start].rstrip()
    if "目标" in left:
        left = _GOAL_OF.sub("", left).rstrip()
    unit = first.unit
    dimension = _DIMENSION.get(unit, "count")
    rises = _MAY_RISE.search(left[-24:]) is not None and _GROWTH.search(left) is not None
    rises = rises and not (left.endswith(_TO) and _TO_LEVEL.search(left) is not None)
    growth = rises and unit in _RATES
    rises = growth or (rises and not left.endswith("的") and _RATE_NOUN.search(left[-12:]) is None)
    tail = _tail(left, growth) if rises else ""
    head = _THAN.sub("", _GROWTH.sub("", left)) if rises else _VERB_TAIL.sub("", left)
    if first.rule.endswith("+old"):
        head = _FROM.sub("", head).rstrip()
    counts = unit not in ("元", "美元", "%", "百分点") and not first.rule.endswith("+old")
    after = _noun_after(clause, _behind_all(clause, quantities)) if counts else ""
    if unit in ("元", "美元") and not rises and (spent := _spent(clause, left, quantities)) is not None:
        return spent
    if growth and _ECONOMY.search(head):
        head = "地区生产总值"
    named = dictionary().find(head) if not after or rises else dictionary().find(after)
    if named is not None and (
        after or (len(head) - named[2] <= 4 and _OTHER_MEASURE.search(head, named[2]) is None)
    ):
        indicator, at, _ = named
        modifier = "" if after else head[:at] if _NO_MODIFIER.match(head[:at]) is None else ""
        ratio = _RATIO.search(head)
        if ratio is None and not modifier and _fits(indicator.dimension, unit, growth):
            name = indicator.name
            if tail and not growth:
                more = f"{name}{tail}"
                return Subject(more, None, "", more, "flow", dimension, "subject.increase")
            if growth and not name.endswith(("涨幅", "降幅", "增长率")):
                name += tail
            base: Base = "growth" if growth else indicator.base
            return Subject(name, indicator.name, "", indicator.name, base, dimension, "subject.indicator")
    base_of: Base | None = "growth" if growth else _base(clause)
    doing = (_DEED_LAST.search(head) or _COMES_NEW.search(left[-12:])) if after else None
    if doing is not None:
        deed, thing = doing["deed"], _tidy(after)
        return Subject(f"{deed}{thing}{tail}", None, deed, thing, base_of, dimension, "subject.counted")
    head = _clean(head)
    deed_match = _DEED_HEAD.match(head)
    deed = deed_match["deed"] if deed_match else ""
    thing = head[deed_match.end() :].strip("的了") if deed_match else head
    if thing in _OF_TIME or _COMPARED.fullmatch(thing):
        thing = ""
    if unit == "%" and not growth and (not thing or thing in _WHOLE):
        after = _noun_after(clause, end)
    if after and thing in _WHOLE:
        thing = ""
    if not thing and not after and not rises and (first_of := _NOUN_TO_AMOUNT.match(clause[end : end + 24])):
        after = first_of["noun"]
    if after and not (thing and not deed and len(thing) >= 4 and thing.endswith(("数", "率", "量"))):
        thing = after if not thing or deed or len(thing) > 12 else f"{thing}{after}"
        rule = "subject.counted"
    elif thing:
        rule = "subject.head"
    else:
        thing, rule = before, "subject.carried"
        deed = new["deed"] if (new := _COMES_NEW.search(left[-12:])) is not None else deed
        thing = thing.removeprefix(deed)
    thing = _tidy(thing)
    text = f"{deed}{thing}" if deed else thing
    if tail and text:
        text += tail
        rule = rule if growth else "subject.increase"
    return Subject(text or clause[:20], None, deed, thing, base_of, dimension, rule)


def _behind_all(clause: str, quantities: Sequence[tuple[int, int, Quantity]]) -> int:
    """Where the amounts end that count one thing side by side (11类37项服务, 14个方面180余项任务)."""
    end = quantities[0][1]
    for start, stop, _ in quantities[1:]:
        if clause[end:start] not in ("", "方面", "领域", "大类"):
            break
        end = stop
    return end


def listed_behind(subject: Subject, first: Subject) -> Subject:
    """The subject of a thing listed behind the first: it shares the verb in front (改造小区3个、厂房5栋).

    A verb of its own takes the first thing along (新建学校3所、扩建5所).
    """
    alone = subject.indicator is None and not subject.deed and subject.rule == "subject.head"
    if not alone or subject.dimension in ("money", "percent") or not (first.deed and first.object):
        return subject
    if subject.text in KNOWN_VERBS:
        return replace(subject, text=f"{subject.text}{first.object}", deed=subject.text, object=first.object)
    if first.dimension in ("money", "percent") or subject.text.startswith(tuple(KNOWN_VERBS)):
        return subject
    return replace(subject, text=f"{first.deed}{subject.text}", deed=first.deed)


def _tail(left: str, growth: bool) -> str:
    """What the name of a rise ends in: a rate in 增速, an amount by which something grew in 增量."""
    falls = _FALL.search(left[-12:]) is not None
    return ("降幅" if falls else "增速") if growth else ("减量" if falls else "增量")


def _spent(clause: str, left: str, quantities: Sequence[tuple[int, int, Quantity]]) -> Subject | None:
    """Money in front of what it is for: the things where they are counted too, else what they cost."""
    _, end, first = quantities[0]
    more = quantities[1] if len(quantities) > 1 else None
    counted = more is not None and clause[end : end + 1] == "的" and more[0] == end + 1
    listed = more is not None and clause[end : end + 1] == "、" and clause[more[1] : more[1] + 1] == "的"
    behind = more[1] if more is not None and (counted or listed) else end
    spent = spent_on(left, ("的" if counted else "") + clause[behind:])
    if spent is None:
        return None
    before = _DEED_HEAD.match(_clean(spent.before))
    deed, thing = before["deed"] if before else "", _tidy(spent.thing)
    if more is not None and counted:
        unit = more[2].unit
        name = f"{deed}{thing}"
        return Subject(name, None, deed, thing, "flow", _DIMENSION.get(unit, "count"), "subject.counted")
    name = f"{thing}{spent.measure}"
    return Subject(name, None, deed, name, "flow", _DIMENSION[first.unit], "subject.spent")


_YEARS = re.compile("累计|[近过][三五两十\\d]年|五年来|以来共")
_BASE = re.compile(
    f"(?P<years>{_YEARS.pattern})|总数|总量|存量|达到|覆盖率|比重|率(?:达|为|在|控制|提高|降)|拥有|共有|现有"
)


def _tidy(name: str) -> str:
    """Without marks at the edges, nor one quotation mark of a pair (“四上”企业 keeps both)."""
    name = name.strip("的、 ")[:40]
    if name.startswith("“") and name.endswith("”") and name.count("“") == 1:
        return name[1:-1]
    return name if name.count("“") == name.count("”") else name.replace("“", "").replace("”", "")


def _fits(dimension: str, unit: str, growth: bool) -> bool:
    if growth or dimension in ("percent", "index"):
        return unit in _RATES or dimension == "index"
    if dimension == "money":
        return unit in ("元", "美元")
    if dimension == "people":
        return unit in ("人", "人次", "名", "户")
    return unit not in ("元", "%", "美元")


def _base(clause: str) -> Base | None:
    found = _BASE.search(clause)
    if found is None:
        return "flow"
    return "cumulative" if found["years"] or _YEARS.search(clause, found.end()) else "stock"


_ITEM = re.compile(r"^[（(][一二三四五六七八九十\d]+[)）]|^[一二三四五六七八九十]是|^\d+[、.．]")
_BRACKET = re.compile(r"(?<=..)[（(][^）)]*[)）]?$")
_ATTRIBUTES = frozenset(("重点", "主要", "年度", "专项", "目标", "中心", "具体", "改革"))
"""What is no thing without the 任务 or 工作 behind it."""
_AMOUNT_LAST = re.compile(
    r"(?<=[\u4e00-\u9fa5]{2})\d[\d.,]*[余多]?[万亿]?(?:元|人次?|个|项|家|处|公里|平方米|套|户|所|座|条|吨|亩|名)$"
)
_NO_NOUN = re.compile("^(?:以上|以下|左右|以内|大关|的|目标|水平)+$")


def _clean(head: str) -> str:
    head = _TIME.sub("", _ITEM.sub("", head), count=2)
    lead = LEAD.match(head)
    if lead is not None and len(head) - lead.end() >= 2:
        head = head[lead.end() :]
    return head.strip("，、的 ")


def _noun_after(clause: str, end: int) -> str:
    found = _NOUN_AFTER.match(clause[end : end + 40]) if end < len(clause) else None
    if found is None:
        return ""
    noun = _BRACKET.sub("", _AMOUNT_LAST.sub("", found["noun"].strip("的")))
    if noun in _ATTRIBUTES:
        noun += clause[end + found.end() :]
    return "" if _NO_NOUN.match(noun) else noun
