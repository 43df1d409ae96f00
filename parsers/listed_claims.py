"""Clauses that list several claims: where one ends and the next, with its own amount, begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.clauses import Clause, trim
from parsers.statement import Quantity

_SHARED = re.compile(
    r"^[^，]{0,16}(?:全部|均|都|分别|一并|同时|纳入|参加|获得|达标|通过|投入使用|进行|运营|"
    r"建成|竣工|完工|开工|投产|投用|通车|启动|挂牌|落户|土地收储)"
)
_THING_NEXT = re.compile(
    r"^(?P<noun>[^、和及与，]{1,30}?)(?P<mark>、|和|及|以及|与)(?:新增|建成|新建|改建|改造|引进|培育|整治)?$"
)
_OWN_SUBJECT = re.compile(
    r"^(?:大关|以上|左右|（[^）]*）)?(?P<mark>、|和|及|，|；)(?P<head>[^、和及，]{4,})$|^(?P<mark2>、)(?P<head2>.{4,})$"
)
CONTINUES = re.compile(r"^(?:同比|比上年|较上年|环比|年均|平均)*(?:增长|下降|提高|增加|减少|增幅|增速|增)")
"""A clause that only goes on about what the one before it was about (同比增长51.1%)."""
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
    for position, amount in enumerate(amounts):
        group.append(amount)
        if position + 1 == len(amounts):
            break
        following = amounts[position + 1]
        between = text[amount.end : following.start]
        cut = None
        counted = _THING_NEXT.match(between)
        if counted is not None and counted["noun"] and not CONTINUES.match(counted["noun"]):
            rest = text[following.end : clause.end]
            if re.match("[\u4e00-\u9fa5“《A-Z]{2}", rest) and not _SHARED.match(rest):
                cut = amount.end + counted.end("noun")
        else:
            owned = _OWN_SUBJECT.match(between)
            if (
                owned is not None
                and not CONTINUES.match(owned["head"] or owned["head2"])
                and "分别" not in text[clause.start : amount.start]
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
