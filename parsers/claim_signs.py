"""Signs that claims are read by: what opens a review or a list, what is of others, what goes on."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from parsers.bounds import LAST as LAST_OF_BOUND
from parsers.deeds import TRAILING_LAST
from parsers.statement import Quantity
from parsers.tense import Tense

DURATION = frozenset(
    {
        "年",
        "天",
        "个月",
        "月",
        "小时",
        "个小时",
        "日",
        "周",
        "分钟",
        "秒",
        "工作日",
        "个工作日",
        "季度",
        "个季度",
        "岁",
        "周年",
    }
)
OTHERS = re.compile(
    r"^(?:我国|全人类|全国(?!首|第|唯一|文明|500强)|(?:世界|全球)(?=经济|各国|贸易|正|形势|格局|主要|范围)|"
    r"(?:中国|国家)(?=对|将|要|的|已|有关|层面|出台|提出|经济|在|是|与|每年|今年|去年))"
)
"""Facts of the nation and the world; 全国首个… and 国家…实验室 are a place's own."""
SHORTENED = re.compile("压缩|压减|缩短|提速|延长|减少|连续.{1,3}年.{0,30}(?:增长|保持|居|第)")
"""What makes a bare duration a figure of its own: 审批时间由20天压缩到3天, 连续3年两位数增长."""
NO_AMOUNT = Quantity(0, 0, "=", None, Decimal(0), None, "%")
GOALS = re.compile(r"目标(?:建议|安排|初步安排)?(?:是|为|如下)?[:：](?!\d)")
"""Opens a list of targets, in whatever part of a text."""
LOOKS_BACK = re.compile(r"^(?:回顾)?(?:在?过去的?一年|一年来|过去五年|五年来|去年以来|这一年|回顾)")
"""Opens a stretch of review inside a part that plans; it lasts until something ahead is said."""
TURNS_AHEAD = re.compile(r"^(?:今年|新的一年|下一步|当前|面对|今后)")
RESERVED = re.compile("(?:据|经)?(?:初步(?:统计|核算|测算|预计)|预计|快报)")
YEARLY = re.compile("年均(?:复合|实际|分别)?(?:增|递增|提高|提升|下降|降低|新增|减少|净增|引进|投入)")
"""An average over years, unlike the mean of one year (年均浓度)."""
ITEM = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]是(?!一|否))\s*(?=[^\s\d])"
)
"""The number of an item is no part of what it says (1. 新建…, （二）推进…, 三是打通…)."""
ITEM_FIRST = frozenset("0123456789（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
RISE = re.compile("(?:增速|降幅|增量|减量)$")
MAY_CLOSE = TRAILING_LAST | LAST_OF_BOUND
MAY_SAY = re.compile("标|无一")
"""By these a clause that plans may make a claim without the verb of a deed; most hold none of the three."""
TITLE, FOLLOWED, OPENING = 14, 60, 12
STRETCHES = frozenset(("plan", "plan_ordinal", "past_years", "coming_years"))
"""Times of several years that hold for the paragraph they open (这五年，…; “十四五”时期，…)."""
LOOKS: dict[Tense | None, Literal["back", "ahead"] | None] = {"past": "back", "forward": "ahead", None: None}
