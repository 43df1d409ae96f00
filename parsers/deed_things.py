"""What a deed is done to: whether its object is a thing that a person could go and check.

A thing has a name, or is a works, a measure, a document, an institution or an event (rules 7 and 8 of the
annotation).
"""

from __future__ import annotations

import re

from parsers.deed_words import WORDS
from parsers.endings import ending, mirrored
from parsers.indicators import one_of
from parsers.named_programmes import is_programme
from parsers.not_deeds import some

WORKS, ACTS = one_of(WORDS["works"]), one_of(WORDS["acts"])
_HAN = "[\u4e00-\u9fa5]"
NAME = re.compile(
    # One set in front lets the search run over everything else; what was found is looked at behind it.
    rf"[“‘《A-Z期号第{''.join(dict.fromkeys(word[0] for word in WORDS['named_works']))}](?:"
    r"(?<=“)[^”]{2,24}”|(?<=‘)[^’]{2,24}’|(?<=《)[^》]{2,40}》|(?<=[A-Z])[A-Za-z]{2}|"
    r"(?<=[一二三四五六七八九十\d][期号])|(?<=第)[一二三四五六七八九十\d]+届|"
    # Two characters in front, asked for once: a set of all characters is slow to compile.
    rf"(?<={_HAN}{_HAN}.)(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in WORDS['named_works'])}))"
)
WORK_END = ending(
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
_WORKS_LISTED = re.compile(f"(?:{WORKS})[^、，]{{0,4}}、.*(?:建设|改造|整治)$")
_NAMED_FIRMS = re.compile(
    r"、[^，]{2,40}等(?:一批|国家级|省级|世界|国内外|知名|龙头|头部|行业|上市|优质|全国|国际|央企|\d)"
)
_FINISHABLE = tuple(WORDS["finishable"])
_ARRANGEMENTS = tuple(word + more for word in WORDS["arrangements"] for more in ("", "建设"))
_UNNAMED, _UNNAMED_HEADS = tuple(WORDS["unnamed_arrangements"]), tuple(WORDS["unnamed_heads"])
_GENERIC = re.compile(f"(?:{one_of(WORDS['generic_parts'])})*{one_of(WORDS['arrangements'])}")
"""An arrangement of which only its manner is told (考核激励机制)."""
_LEAST_NAMED = 6
"""Characters of an arrangement or a trial that says what it is for (出口退税机制, not 信用制度)."""


def nameless(words: str) -> bool:
    """No name and no list: whatever is told of it cannot be checked (新城加快建设)."""
    return "、" not in words and NAME.search(words) is None


class End:
    """How a clause ends, and so the object of each of its verbs; read backwards, once for all of them."""

    __slots__ = ("acts", "mirror", "works")

    def __init__(self, clause: str) -> None:
        self.mirror = clause[::-1]
        last = clause[-1]
        self.works = WORK_END.match(self.mirror) if last in _WORK_LAST else None
        self.acts = _ACT_END.match(self.mirror) if last in _ACT_LAST else None

    def is_work(self, size: int) -> bool:
        """Whether the last `size` characters end in a works; those of a shorter one may be cut into."""
        return self.works is not None and (
            self.works.end() <= size or WORK_END.match(self.mirror, 0, size) is not None
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


def _is_named(arrangement: str) -> bool:
    """Whether the words of an arrangement say what it is for; what stands before 的 only describes it."""
    if arrangement.startswith(_UNNAMED_HEADS) or arrangement.endswith(_UNNAMED):
        return False
    own = arrangement.rpartition("的")[2].removesuffix("建设")
    return len(own) >= _LEAST_NAMED and _GENERIC.fullmatch(own) is None


def checkable(kind: str, verb: str, thing: str, end: End) -> str | None:
    """The rule by which a verb and its object, which closes the clause, are a deed."""
    size, mirror = len(thing), end.mirror
    if (thing.startswith("一系列") or (size <= 8 and some(thing))) and not NAME.search(thing):
        return None
    works = end.is_work(size)
    if kind == "plain":
        named = works or NAME.search(thing) or not _is_vague(thing, mirror)
        return "deed.plain" if named or ("等" in thing and _NAMED_FIRMS.search(thing)) else None
    if kind == "weak":
        if verb == "完成" and size >= 4 and not _is_vague(thing, mirror):
            return "deed.plain"
        return "deed.plain" if works or thing.endswith(_FINISHABLE) or NAME.search(thing) else None
    if kind == "makes":
        if works or (end.is_act(size) and (not thing.endswith("体系") or _SYSTEM_END.search(thing))):
            return "deed.made"
        return "deed.made" if _OPEN_LIST.search(thing) or NAME.search(thing) else None
    if kind == "improves":
        return "deed.improved" if thing.endswith(_ARRANGEMENTS) and _is_named(thing) else None
    if works and size >= 6:
        return "deed.advanced"
    acts = end.is_act(size)
    advanced = (
        (acts and NAME.search(thing))
        or (size >= 9 and mirror[0] in "作务" and _TRIAL_END.match(mirror, 0, size))
        or (verb == "落实" and ((size >= 10 and acts) or thing[0] == "《"))
        or ("等" in thing and _DONE_TO_LIST.search(thing))
        or ("段" in thing and _ROAD_PART.search(thing))
        or (thing.count("、") >= 2 and _WORKS_LISTED.search(thing))
    )
    if advanced:
        return "deed.advanced"
    if size >= _LEAST_NAMED and thing.endswith("试点"):
        return "deed.trial"
    return "deed.programme" if is_programme(thing) else None
