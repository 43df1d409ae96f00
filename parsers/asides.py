"""Clauses with an amount that state nothing of the place: how a text is arranged, whom a speaker counts."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"^(?:来自|作为|为了|围绕(?!.*(?:完成|实施|建设|打造))|这[两三四五六七八](?:项|点))|(?<!分)之一$|百分之百的[^，]{2,4}$|^在[^，]{2,12}的(?:土地|大地|版图)上$|(?:以下|下列|如下)[一两二三四五六七八九十\d]{1,3}(?:个|项|点|方面|大)|(?:总结|概括|归纳)(?:起来)?(?:为|成|有)|^我(?:认为|觉得|想|个人)|"
    r"[一两二三四五六七八九十](?:个|大|点)(?:词|字|关键词|方面|层面|维度|特点|特征|关系|原则|转变|要求|启示|体会)(?:来|上|入手)?$"
)
_MAY_BE = re.compile(
    "以下|下列|如下|来自|作为|为了|围绕|这|之一|百分之百|总结|概括|归纳|地上|图上|我|词|字|面|维度|特点|特征|关系|原则|转变|要求|启示|体会"
)


def is_aside(clause: str) -> bool:
    """Whether the amounts of a clause count words, aspects or the speakers themselves.

    >>> is_aside("我认为可以总结为三个词"), is_aside("建设三个市民中心")
    (True, False)
    """
    return _MAY_BE.search(clause) is not None and _ASIDE.search(clause) is not None
