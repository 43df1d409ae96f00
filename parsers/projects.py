"""The named project, park or programme that a claim concerns."""

from __future__ import annotations

import re

_KINDS = (
    "产业园|科技园|工业园|示范园|创意园|园区|科学城|科技城|智慧城|产业城|会展中心|创新中心|指挥中心|服务中心|文化中心|体育中心|"
    "综合体|小镇|产业带|经济带|走廊|创新港|国际港|机场|水库|大桥|隧道|高铁|高速|快速路|环线|大学|学院|医院|博物馆|图书馆|体育馆|"
    "体育场|片区|新区|新城|湿地公园|森林公园|口岸|枢纽"
)
_FIRST = "".join(sorted({kind[0] for kind in _KINDS.split("|")}))
_NAMED = re.compile(
    r"《[^》]{2,40}》|“[^”]{2,20}”(?:工程|行动|计划|活动|项目|品牌|平台)|"
    rf"[\u4e00-\u9fa5A-Za-z0-9·“”（）]{{2,24}}?(?=[{_FIRST}])(?:{_KINDS})"
    r"(?:[一二三四五六七八九十、]+期)?(?:（[^）]{1,12}）)?"
)
_SIGN = re.compile(rf"《|”|{_KINDS}")
"""What every such name holds; tells cheaply that most clauses name no project."""
_VERBS = re.compile(
    r"^(?:[^“《]*?(?:推进|推动|加快|建设|打造|启动|实施|支持|完成|规划|谋划|策划|建成|新建|改建|扩建|开工|落实|抓好|举办|"
    r"引进|提升|统筹|确保|争取|力争|将|把|要|对|以|在|和|与|及|以及|等|的))+"
)
_COMMON = re.compile(
    r"^(?:一批|各类?|多个|若干|这些|全[市省区县州国]|新型?|国家级?|省级?|市级?|区级?|县级?|重点|特色|现代|城市|[\d两几数])*+$"
)


def project_of(clause: str) -> str | None:
    """Names of projects in a clause, joined by 、 in their order; None where it names none.

    >>> project_of("加快推进云湖科技园二期、澄江智慧城建设")
    '云湖科技园二期、澄江智慧城'
    >>> project_of("新建一批产业园") is None
    True
    """
    if _SIGN.search(clause) is None:
        return None
    names: list[str] = []
    for found in _NAMED.finditer(clause):
        name = found.group()
        if name[0] not in "《“":
            name = _VERBS.sub("", name).lstrip("、，")
        stem = re.sub(
            r"(?:产业园|科技园|园区|中心|小镇|医院|大学|片区|新区|新城|大桥|高速|机场|水库).*$", "", name
        )
        if len(name) >= 4 and not _COMMON.match(stem):
            names.append(name)
    return "、".join(dict.fromkeys(names)) or None
