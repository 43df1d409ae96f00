"""What an amount of money in front is spent on: 总投资3亿元的5个项目, 投入50亿元实施湖滨工程."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.deed_words import WORDS
from parsers.indicators import one_of

_SPENDING = re.compile(
    r"(?P<before>.*?)(?P<measure>(?:计划|估算|概算)?总?投资额?|合同总?额|总?造价|总?概算|总?产值|总?价值|"
    r"(?:投入|筹措|筹集|安排|统筹|整合|拨付|下达|争取|发放|列支|募集|撬动|设立|发行)[一-龥]{0,10}?(?:资金|经费|债券)?)"
    r"(?:近|约|超过?|过|达到?|共计?|总计|累计|不少于|不低于|至少|逾|将|已)*$"
)
_MONEY = re.compile("资|金|额|价|算|产值|入|措|集|排|筹|合|付|达|取|放|支|动|立|行|债|费")
_PURPOSE = re.compile(
    r"^(?:资金|专项资金|财政资金)?(?:用于|支持|专项用于|来|以|去)?"
    rf"(?P<noun>(?:{one_of(WORDS['counted'])}|对|完善|支持|保障|加强|提升|建好|办好|解决|改善|发展|购买|购置)"
    r"[一-龥A-Za-z0-9“”《》（）()·+＋]{2,28}?)(?=$|[，。；、：]|[和及与](?!其)|以及|等)"
)
_NOUN = re.compile(
    r"^的(?P<noun>[一-龥A-Za-z0-9“”《》·+＋]{2,28}?)(?=$|[，。；、：（(]|[和及与](?!其)|以及|等|(?:全[部面]|均|已|将|正|建成|开工|竣工|落户|签约|投产|投用|顺利|成功|正式|进展|加快|扎实|有序|相继|先后)|的?建设$)"
)


class Spent(NamedTuple):
    """What money in front of a thing is spent on: the words before it, its own name, and the thing."""

    before: str
    measure: str
    thing: str


def spent_on(left: str, right: str) -> Spent | None:
    """What the money between these words of a clause is spent on; None where it is measured by itself.

    >>> spent_on("实施总投资", "的湖滨新城项目")
    Spent(before='实施', measure='总投资', thing='湖滨新城项目')
    >>> spent_on("去年完成投资", "") is None
    True
    """
    if not right or _MONEY.search(left[-16:]) is None:
        return None
    thing = _NOUN.match(right) if right[0] == "的" else _PURPOSE.match(right)
    measured = _SPENDING.fullmatch(left) if thing is not None else None
    if thing is None or measured is None:
        return None
    return Spent(measured["before"], measured["measure"], thing["noun"])
