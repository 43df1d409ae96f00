"""Task tables and lists that assign their items: what each column says, who is in charge, by when."""

from __future__ import annotations

from parsers.rules.model import Rule

_HEAD = "|序号|工作任务|具体措施|责任单位|完成时限"
_DONE = "|序号|实事内容|责任单位|完成情况"

TABLES = (
    Rule(
        "table.task",
        "The cell of the task or project says what is to be done.",
        "任务、项目、实事内容一栏说要做什么",
        f"{_HEAD}\n|1|新建小学8所|编制学校布局规划|区教育局|6月底前",
        "target: 新建小学, = 8 所, 2021-06, 区教育局",
        "|街道|人口|面积\n|澄湖街道|3万人|8平方公里",
        "list",
    ),
    Rule(
        "table.measure",
        "The cell of the measures says what is to be done; a row without a task goes on with the one above.",
        "具体措施一栏说要做什么；没有自己任务的行沿用上一行的任务、单位和时限",
        f"{_HEAD}\n|1|教育提升工程|编制学校布局规划|区教育局|6月底前\n|||打通澄湖路南段||",
        "action: 打通澄湖路南段, 2021-06, 区教育局",
        f"{_HEAD}\n|1|新建小学8所||区教育局|6月底前",
        "list",
    ),
    Rule(
        "table.goal",
        "The cell of the goals that speaks for itself.",
        "目标、指标一栏自成一句",
        "|序号|工作任务|量化目标|责任单位\n|1|教育提升工程|新建小学8所|区教育局",
        "target: 新建小学, = 8 所, 2021, 区教育局",
        "|序号|工作任务|量化目标|责任单位\n|1|一般公共预算收入增速|≥5%|区财政局",
        "list",
    ),
    Rule(
        "table.value",
        "A bare value is read together with the task or indicator beside it.",
        "光是数值的一格，连同旁边的任务或指标一起读",
        "|序号|指标名称|目标值|责任单位\n|1|一般公共预算收入增速|≥5%|区财政局",
        "target: 一般公共预算收入增速, >= 5 %, 2021, 区财政局",
        "|序号|指标名称|目标值|责任单位\n|1|社会治安|新建警务站6个|区公安分局",
        "list",
    ),
    Rule(
        "table.report",
        "The cell of the progress says what was done.",
        "进展、完成情况一栏说做成了什么",
        f"{_DONE}\n|1|新建小学8所|区教育局|新建小学6所",
        "result: 新建小学, = 6 所, 2021, 区教育局",
        f"{_DONE}\n|1|新建小学8所|区教育局|正在推进",
        "list",
    ),
    Rule(
        "table.done",
        "“Done” in the cell of the progress makes a result of the task beside it.",
        "完成情况一栏写“已完成”，旁边的任务就是结果",
        f"{_DONE}\n|1|新建小学8所|区教育局|已完成",
        "result: 新建小学, = 8 所, 2021, 区教育局",
        f"{_DONE}\n|1|新建小学8所|区教育局|未完成",
        "list",
    ),
    Rule(
        "duty.body",
        "A cell, bracket or line names the body in charge; it is no part of what is promised.",
        "单元格、括号或单独一行写明责任单位，它不属于承诺本身",
        "1.今年将新建小学8所（责任单位：区教育局；完成时限：9月底）。",
        "target: 新建小学, = 8 所, 2021-09, 区教育局",
        "1.今年将新建小学8所（含九年一贯制学校2所）。",
        "list",
    ),
)

DEADLINES = (
    Rule(
        "period.deadline",
        "The deadline of its row or item, where the words name no time.",
        "句中没有时间时，取本行、本项的完成时限",
        f"{_HEAD}\n|1|新建小学8所||区教育局|6月底前",
        "2021-06",
        f"{_HEAD}\n|1|新建小学8所||区教育局|持续推进",
        "list",
    ),
    Rule(
        "period.column",
        "The year that the heading of its column names.",
        "栏目名称里的年份",
        "|序号|指标名称|2025年目标值|责任单位\n|1|一般公共预算收入增速|5%|区财政局",
        "2025",
        "|序号|指标名称|目标值|责任单位\n|1|一般公共预算收入增速|5%|区财政局",
        "list",
    ),
)
