"""What looks like a deed and is none: nouns that hold a verb, grounds and hopes, things nobody names."""

from __future__ import annotations

import re

_GROUNDS = re.compile("按照|根据|依照|遵循|对照|本着|立足")
_HOPES = re.compile(
    r"好事办好|为.{2,30}[作做]出.{0,10}贡献|[尚还仍]需|有待|是.{0,40}(?:之路|关键|前提|所在|根本|[一二三四五六七八九十这]年)$|的同时$|(?:机遇|挑战|契机|窗口期)$|"
    r"纷纷|不断(?:出台|涌现|建成|落地)"
)
_HOPE_SIGNS = re.compile("同时|好事|贡献|需|有待|是|遇|战|契|口期|纷|不断")
_SOME = re.compile("(?:还有)?一(?:大)?批")
_BARE_HEADS = frozenset(
    ("制度", "机制", "活动", "体系", "模式", "标准", "环境", "质量", "效率", "成本", "规模", "水平")
)
_COMPOUNDS = {
    "运行": ("机制", "管理", "体系", "效率", "质量", "环境", "成本"),
    "搬迁": ("群众", "户", "安置", "人口", "后续"),
    "发布": ("制度", "机制", "会"),
}


def is_no_deed(clause: str) -> bool:
    """Whether the clause names grounds, hopes or what goes on by itself, whatever deed its words hold.

    >>> is_no_deed("按照“动态清零”总方针"), is_no_deed("改革举措不断出台"), is_no_deed("打通澄湖路")
    (True, True, False)
    """
    if _GROUNDS.match(clause) is not None:
        return True
    return _HOPE_SIGNS.search(clause) is not None and _HOPES.search(clause) is not None


def some(words: str) -> bool:
    """Whether the words speak of some things (一批项目) without saying which."""
    return _SOME.match(words) is not None and "等" not in words and "、" not in words


def is_compound(verb: str, thing: str, begins: bool) -> bool:
    """Whether verb and object make one noun: 搬迁群众; 信息发布制度 where no clause begins with it."""
    return thing.startswith(_COMPOUNDS.get(verb, ("\0",))) or (not begins and thing in _BARE_HEADS)
