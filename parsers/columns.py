"""The columns of a task table, by the words of its header row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Column = Literal[
    "number", "group", "task", "indicator", "measure", "goal", "money", "unit", "report",
    "lead", "responsible", "leader", "due", "remark",
]  # fmt: skip

WIDEST = 40
"""Cells of a row at most; what has more is a sheet of figures, not of tasks."""
_LONGEST_HEADING = 20
_YEAR = (
    r"(?:截[至止]|到)?(?:(?:19|20)\d\d年|本年|年度|全年|当年|[上下]半年|[一二三四]季度|前三季度|"
    r"\d{1,2}(?:[-—至~～]\d{1,2})?月(?:底|末|份)?)*"
)
_KIND = "(?:年度|重点|主要|具体|工作|民生|惠民|为民|实施|建设|目标)*"
_HEADINGS: tuple[tuple[Column, str], ...] = (
    ("number", "序号|编号|项目序号|任务序号|序列|序"),
    ("group", "类别|分类|领域|民生领域|责任类别|所属领域|板块|项目类别|任务类别|一级指标|方面"),
    ("unit", "计量单位|单位"),
    ("remark", "备注|说明|联系人|联系电话|联系方式"),
    ("lead", "(?:责任)?牵头(?:责任|实施)?(?:单位|部门|科室)|主办单位|主要责任单位"),
    ("leader", "(?:区|市|县|分管|牵头|责任|包保|挂包)*(?:领导|责任人|负责人|县级干部)"),
    ("responsible", "(?:主要)?(?:责任|负责|实施|承办|落实|主责)(?:单位|部门|主体|科室)(?:及责任人)?"),
    ("remark", "(?:配合|协办|参与|协同)(?:责任)?(?:单位|部门)"),
    (
        "due",
        "(?:计划|要求|预计|拟)?(?:完成|办结|建成)(?:时限|时间|期限|节点|日期)|时间节点|时限|时限要求|时间要求|"
        "时间安排|进度时限|起止年限|起止时间|建设年限|建设期限",
    ),
    (
        "report",
        f"{_YEAR}(?:目前|当前|工作|任务|项目|实际|累计|建设|最新)?(?:(?:进展|完成|办理|落实|推进|实施|办结)(?:情况|结果|进度|值|数)|"
        "进展|进度|完成|实际完成|成效|工作成效)",
    ),
    (
        "goal",
        f"{_YEAR}(?:量化|工作|计划|预期|任务|年度|总体|考核|绩效)*(?:目标|指标|目标值|计划数|任务数|目标要求|目标任务)",
    ),
    (
        "measure",
        f"{_YEAR}(?:具体|主要|重点|工作|推进|实施|建设|落实)*(?:措施|举措|内容|要求|安排|任务分解)|任务分解|细化任务|子任务",
    ),
    (
        "task",
        f"{_YEAR}{_KIND}(?:任务|事项|项目|实事|工作|实事项目|任务事项)(?:名称|内容)?|(?:实事|任务)(?:内容|名称)|目标任务",
    ),
    ("money", f"{_YEAR}(?:计划|年度|项目|估算|概算|累计|实际|已)*(?:总|完成)?(?:投资|投资额|投资规模)"),
    ("indicator", "(?:主要|具体|核心)?指标(?:名称)?|指标项目"),
)
_PATTERNS = tuple((column, re.compile(words)) for column, words in _HEADINGS)
_ASIDE = re.compile(r"[（(][^（）()]{0,20}[）)]$")
_SAYS = frozenset(("task", "measure", "goal", "indicator"))
_ASSIGNS = frozenset(("number", "lead", "responsible", "leader", "due", "report"))


def column_of(heading: str) -> Column | None:
    """What a column holds, by its heading; None for a heading that is not known.

    >>> column_of("完成 时限"), column_of("2026年目标值（%）"), column_of("牵头单位"), column_of("人口")
    ('due', 'goal', 'lead', None)
    """
    words = _ASIDE.sub("", "".join(heading.split()))
    if not words or len(words) > _LONGEST_HEADING:
        return None
    if words in ("指标", "主要指标"):
        return "indicator"
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def header(cells: Sequence[str]) -> tuple[Column | None, ...] | None:
    """The columns of a header row, None where the row is none.

    Most of its cells are headings, one of a column that says what is to be done and one of a column that
    numbers, assigns, dates or reports it.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not 2 <= len(filled) <= len(cells) <= WIDEST or max(map(len, filled)) > 2 * _LONGEST_HEADING:
        return None
    columns = tuple(column_of(cell) for cell in cells)
    known = {column for column in columns if column is not None}
    if sum(column is not None for column in columns) * 2 < len(filled) or not known & _SAYS:
        return None
    if known & _ASSIGNS - {"number"} or {"task", "measure"} <= known or {"task", "goal"} <= known:
        return columns
    if "indicator" in known and "goal" in known:
        return columns
    return columns if "number" in known and known & {"task", "measure"} else None


def below(
    columns: Sequence[Column | None], cells: Sequence[str], above: Sequence[str]
) -> tuple[Column | None, ...]:
    """The columns of a header of two rows: where its lower row is blank, what the row above says."""
    upper = [*above, *[""] * len(cells)]
    lower = [*cells, *[""] * (len(above) - len(cells))]
    known = [*columns, *[None] * (len(lower) - len(columns))]
    return tuple(
        column or (None if lower[at].strip() else column_of(upper[at])) for at, column in enumerate(known)
    )


def goes_on(cells: Sequence[str], above: Sequence[str]) -> tuple[Column | None, ...] | None:
    """The columns of a header whose second row stands below wide headings (责任分工 over 牵头单位)."""
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    upper = [*above, *[""] * (len(cells) + 1)]
    if len(filled) < 2 or any(upper[at].strip() and upper[at + 1].strip() for at in filled):
        return None
    columns = [column_of(cell) for cell in cells]
    if sum(columns[at] is not None for at in filled) * 2 < len(filled):
        return None
    return below(columns, cells, above)
