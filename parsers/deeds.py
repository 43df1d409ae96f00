"""Nameable deeds: which clause promises or reports something a person could go and check.

“打通领仁路南段等瓶颈路” is one, “增强获得感” is not (annotation rules 7 and 8): what decides is the verb
and whether its object is a thing with a name, a document, a works, an institution or an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.deed_things import ACTS, NAME, WORK_END, WORKS, End, checkable, nameless
from parsers.deed_words import WORDS
from parsers.indicators import one_of
from parsers.not_deeds import is_compound, is_no_deed, some

_KIND = {
    verb: kind
    for kind in (
        "improves",
        "advances",
        "makes",
        "weak",
        "plain",
    )  # of two lists that hold a verb the later one wins
    for verb in WORDS[kind]
}
KNOWN_VERBS = frozenset(_KIND)
"""Every verb of a deed."""
_DEED = re.compile(one_of(_KIND))
_RHETORIC = re.compile(
    r"坚持|牢固树立|牢牢|始终|不断|深刻|领会|贯彻(?!落实《)|学习|弘扬|践行|精神$|思想$|主义|意识$|谱写|开创|迈上|奋力|奋斗|团结|"
    r"砥砺|不忘初心|牢记|担当|作为$|表示|强调|指出|要求$|认为|希望|小康社会|周年|庆祝|路子|之路$|落地生根|改革开放|"
    r"以.{2,20}为(?:指导|中心|主线|根本|统领|引领|抓手|核心|契机|目标|动力|导向|重点)(?!的)|"
    r"落地有声|落地见效|党风廉政|从严治党|让.{2,20}(?:更|成为|共享|得到)|为.{2,20}(?:作出|贡献|奠定|提供)"
)
_FEAST = re.compile("(?:周年|庆祝).{0,8}(?:活动|大会|演出|晚会|展览?)$")
_MEANS = re.compile("进程中|[摆放]在|认为|介绍|不是|不再是|良好开局|圆满收官|决心|[一之]年$|为.{2,20}提供")
_MEANS_HEAD = re.compile(
    r"“?\d”?即|[^，]{0,6}(?:为(?:了|实现)|不[许准得])|从.*转变$|(?:我们)?围绕|来自|通过(?!.*(?:验收|审议|认证))|"
    r"在[^，]*(?:中|时|之际|过程中|基础上)$|作为|既(?!有|往|定)|以.{2,12}(?:拉动|促进|带动|推动|引领)"
)
"""Purposes, circumstances, denials and definitions, anywhere or at a clause's head: no deed of their own."""
_CARE = re.compile(
    r"^[^，]{0,6}(?:加强|强化|注重|巩固|加大|突出|关注).*(?:管理|监管|服务|扶持|保护|保障|指导|引导|衔接|统筹|执法|力度)$"
)
"""Care taken of something is an attitude, whatever deed its object names (加强搬迁后续扶持)."""
_TAKEN_INTO = re.compile(r"(?:将|把)(?P<object>[^，]{2,60}?)(?:纳入|列入)(?P<into>[^，]{3,40})$")
_NO_PLACE = ("议程", "轨道", "全过程", "各方面", "大局", "日程")
"""Where things are taken in a manner of speaking."""
_TRAILING = re.compile(
    rf"(?:{WORKS}|{ACTS}|”|》).{{0,14}}?(?<![不未没])(?P<done>开工建设|加快建设|正在(?:加速|加快)?建设|加速建设|即将开建|开工|建成|竣工|投产|投用|投运|启用|通车|开通|运营|落地|落户|"
    r"签约|获批|挂牌|揭牌|开建|开园|开馆|试运营|启动|完工|实施|封顶|出让|搬迁|改造完成|纳入[^，]{2,12}|(?:向|至|到).{2,10}延伸)$"
)
_DENIES = frozenset("不未没")
_BEHIND = re.compile("^(?:[好了起]|成(?![长果品本都人功效员套型熟交])|以(?![上下内旧工]|.{1,16}为))+")
"""What belongs to the verb before an object (建好, 组织起); 成长型企业 and 以…为 are the object's own."""
_LONGEST = 1000
"""Characters from which on a stretch without marks is no clause; trying all its verbs would take for ever."""
_NO_OBJECT = frozenset("的率线仪度额来区者")
"""What turns the verb before it into a noun: 延长线, 签约率, 建成区."""
_HEADCOUNT_END = re.compile(
    r"[两三四五六七八九十\d](?:大|个|项|条)[\u4e00-\u9fa5]{1,4}(?:战略|格局|布局|动力|重点|工作|体系)$"
)
"""Names of work systems, which are statements of another kind."""
_TRAILING_ENDS = tuple(WORDS["trailing"])
"""How a trailing deed ends, but for 纳入…; tells cheaply that most clauses hold none."""
TRAILING_LAST = frozenset("设工成产用运车通营地户约批牌建园馆动施顶让迁伸围网管系单录")
"""Last characters that a trailing deed may have."""
_INTO = re.compile(
    r"(?:将?把|将)(?P<object>[^，]{2,60}?)(?:打造|建设|建|培育|发展)(?:成为?|为)(?P<into>[^，]{2,30})$"
)
LEAD = re.compile(
    r"^(?:(?:今年|明年|全年|年内|预计|下一步|同时|此外|另外|其中|特别是|尤其是|但是?|并|还|也|再|又|将|要|需要?|必须|我们|我[省市区县州]|"
    r"全[省市区县州](?!性|域)|各地|各级|[\u4e00-\u9fa5]{2,5}(?:省|市|区|县|州)(?=将|要|加快|继续|重点|全面)|政府|继续|进一步|重点|着力|大力|积极|"
    r"全面|深入|扎实|切实|认真|有序|稳步|持续|加快|加紧|抓紧|抓住|尽快|尽早|努力|力争|争取|确保|高标准|高水平|高质量|高规格|"
    r"高起点|高效|统筹|协调|坚决|坚定|严格|强力|主动|优先|率先|逐步|适时|科学|精准|精心|超前|分类|分批|分步|创新|聚焦|全力|"
    r"全力以赴|集中力量|探索|研究|推动|推进|支持|鼓励|引导|组织|做好|抓好|完善|规范|广泛|常态化|系统|合力|联合|倾力|启动|正在|"
    r"即将|有望|计划|拟|会|已|已经|成功|顺利|圆满|先后|相继|正式|首次|共|累计|分别|整体|综合|一体|同步|加大|强化|依法|"
    r"与[^，]{2,16}?(?:共同|合作|联合))(?:，|、|地|的)?)*"
)


@dataclass(slots=True)
class Deed:
    """What is done to what; `rule` names the pattern that saw it."""

    verb: str
    object: str
    rule: str


def verbs_in(text: str) -> list[int]:
    """Where the verbs of deeds begin; a clause of the text that holds none needs no search of its own."""
    return [match.start() for match in _DEED.finditer(text)]


def find_deed(clause: str, verb: int | None = None) -> Deed | None:
    """The checkable deed of a clause without an amount, or None for attitudes and slogans.

    verb: where its first verb begins, -1 for none, if `verbs_in` has told.

    >>> find_deed("打通澄湖路南段等瓶颈路").verb
    '打通'
    >>> find_deed("不断增强群众获得感") is None
    True
    """
    if not 5 <= len(clause) <= _LONGEST:
        return None
    if verb is None:
        first = _DEED.search(clause)
        verb = first.start() if first else -1
    trailing = _trailing(clause) if clause[-1] in TRAILING_LAST else None
    if verb < 0 and trailing is None:
        return None
    deed = _made_into(clause) if "将" in clause or "把" in clause else None
    deed = deed or _leading(clause, verb, trailing)
    return None if deed is None or is_means(clause) or _CARE.match(clause) else deed


def is_means(clause: str) -> bool:
    """Whether the clause tells a purpose, a circumstance or a definition, and so no deed of its own."""
    if is_no_deed(clause):
        return True
    return _MEANS_HEAD.match(clause) is not None or _MEANS.search(clause) is not None


def _trailing(clause: str) -> re.Match[str] | None:
    """The deed that stands behind its object: 云湖医院建成投用, 轨道线向北延伸."""
    if not clause.endswith(_TRAILING_ENDS) and "纳入" not in clause[-14:]:
        return None
    return _TRAILING.search(clause)


def _made_into(clause: str) -> Deed | None:
    """将 or 把 a named thing 打造成 works."""
    into = _INTO.search(clause)
    if into is not None and (WORK_END.match(into["into"][::-1]) or NAME.search(into["object"])):
        return Deed("打造", into["object"].strip(), "deed.into")
    taken = _TAKEN_INTO.search(clause) if "入" in clause else None
    if taken is not None and not clause.endswith(_NO_PLACE):
        return Deed("纳入", taken["object"].strip(), "deed.plain")
    return None


def _leading(clause: str, first: int, trailing: re.Match[str] | None) -> Deed | None:
    """The first verb whose object makes it checkable (verbs begin at `first`); else the trailing deed."""
    begins = -1
    if trailing is not None:
        begins = _begins(clause)
        if first < 0 or first > begins + 2:
            done = _done_at_end(clause, begins, trailing)
            if done is not None:
                return done
    end: End | None = None
    for found in _DEED.finditer(clause, max(0, first)):
        at, behind = found.span()
        verb = found.group()
        kind = _KIND[verb]
        thing = _BEHIND.sub("", clause[behind:])
        if (
            len(thing) < 2
            or thing[0] in _NO_OBJECT
            or (at and clause[at - 1] in _DENIES)
            or thing.startswith("工作")
            or thing in _TRAILING_ENDS
        ):
            continue
        if at > 10 and kind != "plain":
            begins = begins if begins >= 0 else _begins(clause)
            if at > begins + (14 if kind == "weak" else 10):
                if _HEADCOUNT_END.search(thing):
                    continue
                break
        if len(thing) <= 4 or verb in ("搬迁", "运行", "发布"):
            begins = begins if begins >= 0 else _begins(clause)
            if is_compound(verb, thing, begins=at <= begins + 1):
                continue
        if end is None:
            end = End(clause)
        rule = checkable(kind, verb, thing, end)
        if rule is None or _HEADCOUNT_END.search(thing):
            continue
        if _RHETORIC.search(clause) and not (NAME.search(thing) or _FEAST.search(thing)):
            return None
        if thing in ("工程", "项目"):  # 湖滨中学建设工程 is the name of a work, with its verb inside
            begins = begins if begins >= 0 else _begins(clause)
            thing = clause[min(begins, at) :]
        return Deed(verb, thing, rule)
    return _done_at_end(clause, begins, trailing) if trailing is not None else None


def _begins(clause: str) -> int:
    """Where the words of manner and time at a clause's head end."""
    lead = LEAD.match(clause)
    return lead.end() if lead else 0


def _done_at_end(clause: str, begins: int, trailing: re.Match[str]) -> Deed | None:
    if _RHETORIC.search(clause) or (some(clause[begins:]) and nameless(clause)):
        return None
    return Deed(trailing["done"], clause[begins : trailing.start("done")], "deed.trailing")
