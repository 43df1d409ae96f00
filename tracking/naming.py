"""Named projects: which ones a promise is about, and which of them a later text names.

A promise gives its projects in a list (建设云帆科技园、星河产业园等); a result only has to contain the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from parsers.statement import Statement
from tracking.terms import normal, uncompassed

_LIST = re.compile(r"[、，,；;]|(?<=[”》])(?=[“《])")
_PHASES = re.compile(r"[一二三四五六七八九十]+期[、，,](?=[一二三四五六七八九十]+期)")
_AND_OTHERS = re.compile(r"等(?!级|离子).*$")
_LEAD = re.compile(
    r"^(?:进一步|高标准|高质量|高水平|加快|加速|推进|推动|规划|谋划|策划|启动|打造|建设|构建|实施|抓好|做好|完成|整体|"
    r"统筹|重点|尽快|落地|继续|全面|着力|大力|新建|扩建|改建|筹建|开工|将|把|了|好)+"
)
_TAIL = re.compile(
    r"(?:的?(?:规划|开发|建设|打造|改造|提升|升级|扩建|拆迁|征迁|整治|更新|启动|开工|建成|投用|通车|竣工|完工|投产|"
    r"落地|落户|项目建设|前期工作|工作|工程|活动|行动))+$"
)
_WORKS = re.compile(
    r"(?:园区?|小镇|综合体|谷|基地|平台|中心|院|产业带|示范区|集聚区|先行区|引领区|新区|新城|城|片区|路|大道|大街|桥|线|站|"
    r"港|厂|馆|医院|学校|中学|小学|幼儿园|大学|枢纽|公园|广场|水库|隧道|高速|铁路|机场|体系|计划|规划|[0-9]期)[”》]?$"
)
_VAGUE = re.compile(r"^(?:[一1]批|多个|各类|各|全[区市县省]|新的|这|其|\d+[个家座处条])")
_PLACE = re.compile(r"(?:市|县|州|省|自治区|旗|(?<!小)镇|乡)$")
"""A place is no project, however often it is named."""
SHORTEST = 5
"""Characters that a name must have to be looked for inside other texts; shorter ones are common words."""


def names_in(statement: Statement) -> list[str]:
    """The projects a promise names, as printed; none where it names no project of its own.

    The listed object of the deed; where that is no list of names, the reader's project as far as it stands
    in the statement's own words (a programme that the statement merely belongs to is not its object).
    """
    listed = [] if statement.quantities or len(statement.object) > 120 else _listed(statement.object)
    if listed:
        return listed
    if statement.project:
        words = normal(statement.text)
        found = [
            name
            for name in _items(statement.project)
            if len(normal(name)) >= 3 and _bare(normal(name)) in words and not _PLACE.search(name)
        ]
        return list(dict.fromkeys(found))
    return []


def printed_names(project: str) -> list[str]:
    """The single names in a project as the reader gives it, without the deeds before and after them.

    >>> printed_names("加快云帆科技园二期、星河产业园建设")
    ['云帆科技园二期', '星河产业园']
    """
    names = (_TAIL.sub("", _LEAD.sub("", item)) for item in _items(project))
    return [name for name in dict.fromkeys(names) if len(normal(name)) >= 3 and not _VAGUE.match(name)]


def _items(text: str) -> list[str]:
    """The items of a list; phases of one project (二期、三期) are one item."""
    return [part.strip() for part in _LIST.split(_PHASES.sub(lambda m: m.group()[:-1], text))]


def _bare(name: str) -> str:
    short = _TAIL.sub("", name)
    return short if len(short) >= 3 else name


def _listed(text: str) -> list[str]:
    """Names in a list, where every item of it is the name of a works, an institution or a document."""
    found = []
    for part in _items(_AND_OTHERS.sub("", text)):
        name = _TAIL.sub("", _LEAD.sub("", part))
        key = normal(name)
        if len(key) < 4 or _VAGUE.match(name) or not _WORKS.search(key):
            return []
        found.append(name)
    return list(dict.fromkeys(found))


class NameIndex:
    """Known names that texts are searched for, with and without points of the compass."""

    def __init__(self, names: Iterable[str], spelt: Callable[[str], str] = normal) -> None:
        """spelt: the spelling in which names and texts are compared."""
        self._spelt = spelt
        self._by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(set(names)):
            key = self.folded(name)
            if len(key) >= SHORTEST:
                self._by_start[key[:3]].append((key, name))
        self._starts = frozenset(map(tuple, self._by_start))

    def named_by(self, text: str) -> list[str]:
        """The known names that a text contains, the longest where several begin at one place."""
        return self.named_in(self.folded(text))

    def folded(self, text: str) -> str:
        """A text or name as it is compared."""
        return uncompassed(self._spelt(text))

    def named_in(self, folded: str) -> list[str]:
        """The same for a text that is folded already."""
        # Most texts hold no name: asked all at once, that takes a tenth of looking at each place.
        if self._starts.isdisjoint(zip(folded, folded[1:], folded[2:], strict=False)):
            return []
        found, at = [], 0
        while at < len(folded) - SHORTEST + 1:
            fitting = [p for p in self._by_start.get(folded[at : at + 3], ()) if folded.startswith(p[0], at)]
            if not fitting:
                at += 1
                continue
            longest = max(len(key) for key, _ in fitting)
            found += [name for key, name in fitting if len(key) == longest]
            at += longest
        return list(dict.fromkeys(found))
