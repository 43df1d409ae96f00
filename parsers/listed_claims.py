"""Clauses that list several claims: where one ends and the next, with its own amount, begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.clauses import Clause, trim
from parsers.statement import Quantity

_SHARED = re.compile(
    r"^[^，]{0,16}(?:全部|均|都|分别|一并|同时|完成|实现|纳入|参加|获得|达标|通过|投入使用|进行|运营|"
    r"建成|竣工|完工|开工|投产|投用|通车|启动|挂牌|落户|土地收储)"
)
_THING_NEXT = re.compile(
    r"^(?P<noun>[^、和及与，]{1,30}?)(?P<mark>、|和|及|以及|与)(?:新增|建成|新建|改建|改造|引进|培育|整治)?$"
)
_OWN_SUBJECT = re.compile(
    r"^(?:大关|以上|左右|（[^）]*）)?(?P<mark>、|和|及|，|；)(?P<head>[^、和及，]{4,})$|^(?P<mark2>、)(?P<head2>.{4,})$"
)
_SHORT_SUBJECT = re.compile(
    r"^(?:（[^）]*）)?(?P<mark>、)(?!(?:同比|其中|总|计|约|近|超|共|高|长|宽|深|增|减|提|下|占|达|涉及|惠及|面积|投资))"
    r"[\u4e00-\u9fa5]{2,3}(?<![积长额资程共达约近计超增中余量重高宽深为过]) *$"
)
"""A thing of two or three characters with an amount of its own (老旧小区20个、棚户区4个)."""
MEASURED = frozenset(
    (
        "元",
        "美元",
        "%",
        "百分点",
        "平方米",
        "公里",
        "米",
        "平方公里",
        "人",
        "户",
        "万千瓦",
        "千瓦",
        "亩",
        "公顷",
        "吨",
    )
)
"""Another of these units measures the same thing once more (1.1万处、面积1100万平方米)."""
CONTINUES = re.compile(r"^(?:同比|比上年|较上年|环比|年均|平均)*(?:增长|下降|提高|增加|减少|增幅|增速|增)")
"""A clause that only goes on about what the one before it was about (同比增长51.1%)."""
_NEAR = 40
"""Characters behind an amount that may tell what it shares with the one before."""
_LISTED = re.compile(r"等[\u4e00-\u9fa5]{2,10}?(?=(?:和|以及|及)[^，]{0,12}$)")


def listed_first(text: str, clause: Clause, amount: int) -> int | None:
    """Where a list without amounts ends that shares its verb with a measured one (A、B等项目和11个C)."""
    found = _LISTED.search(text, clause.start, amount)
    return found.end() if found is not None else None


def claims_in(
    text: str, clause: Clause, amounts: Sequence[Quantity]
) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Split a clause that lists several claims, each with its own amount of a different thing."""
    start = clause.start
    group: list[Quantity] = []
    each = text.find("分别", clause.start, clause.end)
    for position, amount in enumerate(amounts):
        group.append(amount)
        if position + 1 == len(amounts):
            break
        following = amounts[position + 1]
        between = text[amount.end : following.start]
        cut = None
        counted = _THING_NEXT.match(between)
        if counted is not None and counted["noun"] and not CONTINUES.match(counted["noun"]):
            rest = text[following.end : min(clause.end, following.end + _NEAR)]
            if re.match("[\u4e00-\u9fa5“《A-Z]{2}", rest) and not _SHARED.match(rest):
                cut = amount.end + counted.end("noun")
        elif (short := _SHORT_SUBJECT.match(between)) is not None:
            alike = following.unit == amount.unit or not {following.unit, amount.unit} & MEASURED
            rest = text[following.end : min(clause.end, following.end + _NEAR)]
            if alike and not 0 <= each < amount.start and not _SHARED.match(rest):
                cut = amount.end + short.start("mark")
        else:
            owned = _OWN_SUBJECT.match(between)
            if (
                owned is not None
                and not CONTINUES.match(owned["head"] or owned["head2"])
                and not 0 <= each < amount.start
            ):
                cut = amount.end + owned.start("mark" if owned["mark"] else "mark2")
        if cut is not None:
            edges = trim(text, start, cut)
            if edges is not None:
                yield edges[0], edges[1], group
            group = []
            start = cut + 1
    edges = trim(text, start, clause.end)
    if edges is not None and group:
        yield edges[0], edges[1], group
