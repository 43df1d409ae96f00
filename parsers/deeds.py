"""Nameable deeds: which clause promises or reports something a person could go and check.

“打通领仁路南段等瓶颈路” is one, “增强获得感” is not (annotation rules 7 and 8): what decides is the verb
and whether its object is a thing with a name, a document, a works, an institution or an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

import yaml

from parsers.endings import ending, mirrored
from parsers.indicators import one_of
from parsers.not_deeds import is_compound, is_no_deed, some
from parsers.units import LOADER


def _load() -> dict[str, list[str]]:
    raw = yaml.load((resources.files("parsers") / "data" / "deeds.yml").read_text("utf-8"), Loader=LOADER)
    return {name: words.split() for name, words in raw.items()}


WORDS = _load()
"""Word lists of data/deeds.yml by name."""
_KIND = {
    verb: kind
    for kind in ("advances", "makes", "weak", "plain")  # of two lists that hold a verb the later one wins
    for verb in WORDS[kind]
}
KNOWN_VERBS = frozenset(_KIND)
"""Every verb of a deed."""
_DEED = re.compile(one_of(_KIND))
_WORKS, _ACTS = one_of(WORDS["works"]), one_of(WORDS["acts"])
_HAN = "[\u4e00-\u9fa5]"
_NAME = re.compile(
    # One set in front lets the search run over everything else; what was found is looked at behind it.
    rf"[“‘《A-Z期号第{''.join(dict.fromkeys(word[0] for word in WORDS['named_works']))}](?:"
    r"(?<=“)[^”]{2,24}”|(?<=‘)[^’]{2,24}’|(?<=《)[^》]{2,40}》|(?<=[A-Z])[A-Za-z]{2}|"
    r"(?<=[一二三四五六七八九十\d][期号])|(?<=第)[一二三四五六七八九十\d]+届|"
    # Two characters in front, asked for once: a set of all characters is slow to compile.
    rf"(?<={_HAN}{_HAN}.)(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in WORDS['named_works'])}))"
)
_WORK_END = ending(
    WORDS["works"],
    rf"(?:(?:{mirrored(WORDS['work_tails'])}|期[一二三四五六七八九\d、]+)的?){{0,3}}",
    r"(?:）[^（）]*（)?",
)
_WORK_LAST = frozenset(word[-1] for word in (*WORDS["works"], *WORDS["work_tails"], "期", "）"))
_ACT_LAST = frozenset(word[-1] for word in (*WORDS["acts"], *WORDS["act_tails"]))
"""Last characters of such endings; tells cheaply that most objects have none."""
_ACT_END = ending(WORDS["acts"], f"(?:{mirrored(WORDS['act_tails'])}){{0,2}}")
_TRIAL_END = ending(WORDS["trials"], mirrored(("工作", "任务")))
_VAGUE_END = re.compile(mirrored(WORDS["vague"]))
_VAGUE_OF = re.compile(rf"{one_of(WORDS['vague'])}的")
_SYSTEM_END = re.compile("(?:管理|标准|服务|监管|指标|政策|保障|防控|应急|治理)体系(?:建设)?$")
_DONE_TO_LIST = re.compile("、.*等[\u4e00-\u9fa5]{0,6}(?:整治|改造|建设|搬迁|修复|绿化)(?:工作|工程|项目)?$")
_OPEN_LIST = re.compile(r"、.*等[\u4e00-\u9fa5]{2,8}(?<!问题)(?<!方面)(?<!领域)$")
_ROAD_PART = re.compile(
    "(?:高速|公路|铁路|国道|省道|大道|路|河|江|线)[一-龥]{0,6}段(?:建设|改造|工程|项目|扩建|整治)?$"
)
"""Part of a road or river: its name says where a person could look (云湖高速公路东湾段建设)."""
_WORKS_LISTED = re.compile(f"(?:{_WORKS})[^、，]{{0,4}}、.*(?:建设|改造|整治)$")
_NAMED_FIRMS = re.compile(
    r"、[^，]{2,40}等(?:一批|国家级|省级|世界|国内外|知名|龙头|头部|行业|上市|优质|全国|国际|央企|\d)"
)
_FINISHABLE = tuple(WORDS["finishable"])
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
    rf"(?:{_WORKS}|{_ACTS}|”|》).{{0,14}}?(?<![不未没])(?P<done>开工建设|加快建设|正在(?:加速|加快)?建设|加速建设|即将开建|开工|建成|竣工|投产|投用|投运|启用|通车|开通|运营|落地|落户|"
    r"签约|获批|挂牌|揭牌|开建|开园|开馆|试运营|启动|完工|实施|封顶|出让|搬迁|改造完成|纳入[^，]{2,12}|(?:向|至|到).{2,10}延伸)$"
)
_DENIES = frozenset("不未没")
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
    return None if deed is None or _is_means(clause) or _CARE.match(clause) else deed


def _is_means(clause: str) -> bool:
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
    if into is not None and (_WORK_END.match(into["into"][::-1]) or _NAME.search(into["object"])):
        return Deed("打造", into["object"].strip(), "deed.into")
    taken = _TAKEN_INTO.search(clause) if "入" in clause else None
    if taken is not None and not clause.endswith(_NO_PLACE):
        return Deed("纳入", taken["object"].strip(), "deed.plain")
    return None


def nameless(words: str) -> bool:
    """No name and no list: whatever is told of it cannot be checked (新城加快建设)."""
    return "、" not in words and _NAME.search(words) is None


def _leading(clause: str, first: int, trailing: re.Match[str] | None) -> Deed | None:
    """The first verb whose object makes it checkable (verbs begin at `first`); else the trailing deed."""
    begins = -1
    if trailing is not None:
        begins = _begins(clause)
        if first < 0 or first > begins + 2:
            done = _done_at_end(clause, begins, trailing)
            if done is not None:
                return done
    end: _End | None = None
    for found in _DEED.finditer(clause, max(0, first)):
        at, behind = found.span()
        verb = found.group()
        kind = _KIND[verb]
        thing = clause[behind:].lstrip("好成了起以")
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
            end = _End(clause)
        rule = _checkable(kind, verb, thing, end)
        if rule is None or _HEADCOUNT_END.search(thing):
            continue
        if _RHETORIC.search(clause) and not (_NAME.search(thing) or _FEAST.search(thing)):
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


class _End:
    """How a clause ends, and so the object of each of its verbs; read backwards, once for all of them."""

    __slots__ = ("acts", "mirror", "works")

    def __init__(self, clause: str) -> None:
        self.mirror = clause[::-1]
        last = clause[-1]
        self.works = _WORK_END.match(self.mirror) if last in _WORK_LAST else None
        self.acts = _ACT_END.match(self.mirror) if last in _ACT_LAST else None

    def is_work(self, size: int) -> bool:
        """Whether the last `size` characters end in a works; those of a shorter one may be cut into."""
        return self.works is not None and (
            self.works.end() <= size or _WORK_END.match(self.mirror, 0, size) is not None
        )

    def is_act(self, size: int) -> bool:
        """Whether the last `size` characters end in a measure."""
        return self.acts is not None and (
            self.acts.end() <= size or _ACT_END.match(self.mirror, 0, size) is not None
        )


def _is_vague(thing: str, mirror: str) -> bool:
    """The object is nothing to be checked (能力), or begins with what is none (能力的提升)."""
    if _VAGUE_END.match(mirror, 0, len(thing)):
        return True
    return "的" in thing and _VAGUE_OF.search(thing) is not None


def _checkable(kind: str, verb: str, thing: str, end: _End) -> str | None:
    """The rule by which a verb and its object, which closes the clause, are a deed."""
    size, mirror = len(thing), end.mirror
    if (thing.startswith("一系列") or (size <= 8 and some(thing))) and not _NAME.search(thing):
        return None
    works = end.is_work(size)
    if kind == "plain":
        named = works or _NAME.search(thing) or not _is_vague(thing, mirror)
        return "deed.plain" if named or ("等" in thing and _NAMED_FIRMS.search(thing)) else None
    if kind == "weak":
        if verb == "完成" and size >= 4 and not _is_vague(thing, mirror):
            return "deed.plain"
        return "deed.plain" if works or thing.endswith(_FINISHABLE) or _NAME.search(thing) else None
    if kind == "makes":
        if works or (end.is_act(size) and (not thing.endswith("体系") or _SYSTEM_END.search(thing))):
            return "deed.made"
        return "deed.made" if _OPEN_LIST.search(thing) or _NAME.search(thing) else None
    if works and size >= 6:
        return "deed.advanced"
    acts = end.is_act(size)
    advanced = (
        (acts and _NAME.search(thing))
        or (size >= 9 and mirror[0] in "作务" and _TRIAL_END.match(mirror, 0, size))
        or (verb == "落实" and ((size >= 10 and acts) or thing[0] == "《"))
        or ("等" in thing and _DONE_TO_LIST.search(thing))
        or ("段" in thing and _ROAD_PART.search(thing))
        or (thing.count("、") >= 2 and _WORKS_LISTED.search(thing))
    )
    return "deed.advanced" if advanced else None


# Milestones reported without an amount: awards, ranks, completions.
_MILESTONE = re.compile(
    r"(?P<award>荣获|获评|获“|成为(?:国家|全国|全省|国际|世界)[^，]{2,16}(?:城市|示范[区县]|试点|基地|园区|先进[区县])$|获.{0,20}(?:通报表扬|表彰|督查激励)|获得.{0,30}(?:奖|称号|荣誉|批复|批准|授牌|等次)|获批|获准|入选|入围|"
    r"被.{0,8}(?:评为|授予|列为|确定为|认定为|命名为|评定为)|跻身|跨入|荣膺|蝉联|喜获|摘得)|"
    r"(?P<rank>(?:第一|首位|第[二三四五六七八九十\d]+(?:位|名)|前列|前茅|榜首|唯一|之首|新高$|首家|首个|首条|首套|首台|首座|首例|"
    r"居.{1,6}前[三五十\d]+位?|"
    r"全(?:国|省|市)第[一二三四五六七八九十\d]+)(?!时间|站|天|眼|任|道|现场|步|产业|批次|书记|轮|季度|民生|要务|资源|动力|责任|道防线|线))|"
    r"(?P<done>(?:全部|全面|基本|顺利|提前|如期|超额)?(?:建成|竣工|投产|投用|投入使用|投入运营|投入运行|上线运行|开始运行|实现量产|通车|开通|开工|启用|落户|"
    r"落地(?!生根)|签约|揭牌|挂牌|获批|出台(?!的)|印发|成立(?!\d+周年)|脱贫摘帽|摘帽|清零|消除|取缔|通过.{0,8}验收|试运营|"
    r"成功(?:举办|申办|创建|承办|获批)|实行新|正式(?:发布|启动|实施|运行)|提前.{0,3}完成|"
    r"纳入(?:全国|全省|国家|省)|首推|(?<=[\u4e00-\u9fa5]{4})(?:全面|全部|基本|圆满)完成$|成为全?(?:国|省|市)(?:首|唯)|(?:聚集|集聚|引入|吸引|入驻).{2,60}等(?:一批|一大批|知名)))"
)
_MILESTONE_WORD = re.compile(
    "获|入选|入围|被|跻身|跨入|荣膺|蝉联|喜获|摘得|第|首|前|居|榜首|新高$|完成$|运行|量产|唯一|建成|竣工|投产|投用|投入|通车|"
    "开通|开工|启用|落户|落地|签约|揭牌|挂牌|出台|印发|成立|摘帽|清零|消除|取缔|通过|试运营|成功|实行新|正式|提前|纳入|成为|"
    "聚集|集聚|引入|吸引|入驻"
)
"""A word of each of them; tells cheaply that most clauses hold none."""


def find_milestone(clause: str) -> Deed | None:
    """A finished, awarded or ranked fact without an amount, for clauses said of the past.

    >>> find_milestone("获评全省平安建设先进区").rule
    'milestone.award'
    """
    if _MILESTONE_WORD.search(clause) is None:
        return None
    found = _MILESTONE.search(clause)
    if found is None or len(clause) < 5 or "小康社会" in clause or "周年" in clause or _is_means(clause):
        return None
    if found.lastgroup == "done" and some(clause) and nameless(clause):
        return None
    return Deed(found.group(), clause, f"milestone.{found.lastgroup}")
