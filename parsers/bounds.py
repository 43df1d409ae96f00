"""Bounds that are measurable without a number: 与经济增长同步, 全部脱贫, 控制在省定范围内."""

from __future__ import annotations

import re

_BOUND = re.compile(
    r"(?:与|和|同)[^，]{2,12}(?:基本)?同步(?:增长|提高)?$|全部(?:脱贫|摘帽|清零|达标|完成|消除|退出)$|全覆盖$|负增长$|零增长$|零(?:事故|上访)$|"
    r"无一[^，]{2,8}$|(?:恢复|回升)(?:到|至)[^，]{2,10}水平$|(?:稳定|保持|达)(?:在|到)?(?:[IⅠⅡⅢⅣⅤ]+)类(?:标准|水质|以上)?$|"
    r"(?:确保|保持|力争)[^，]{2,24}(?:面积|产量|产能)[^，]{0,4}稳定$|不低于[^，]{2,20}(?:增幅|增速)$|"
    r"(?:控制|保持|稳定)在[^，]{2,14}(?:(?:范围|水平|区间)(?:内|以内|之内)?|(?:目标|指标|计划|控制数|标准)(?:内|以内|之内|以下))$|(?:高于|低于|快于|好于|优于|不低于|不高于)[^，]{0,16}(?:平均水平|平均增速|平均|去年|上年|经济增速|"
    r"目标)$|(?:完成|达到)[^，]{0,12}(?:下达|确定|规定|年度|省定|国定)[^，]{0,24}(?:任务|目标|指标|要求)$"
)
LAST = frozenset("均平定类准质上幅步长高贫帽零标成除出盖故访围平间内年市速务求区国省值下")
"""Last characters of such bounds but 无一…; tells cheaply that most clauses hold none."""


def bound_in(clause: str) -> tuple[int, int] | None:
    """Where the bound stands in a clause, None where it holds none or only names an office routine."""
    if clause[-1] not in LAST and "无一" not in clause:
        return None
    if clause.endswith(("工作", "机制", "制度")):
        return None
    found = _BOUND.search(clause)
    return found.span() if found is not None else None
