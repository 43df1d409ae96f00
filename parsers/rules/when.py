"""What decides whether a clause looks back or ahead, and which period it takes."""

from __future__ import annotations

from parsers.rules.model import Rule

TENSE = (
    Rule(
        "tense.past-word",
        "A word in the clause puts it into the past (累计, 以来, 了).",
        "分句里有表示过去的词（累计、以来、了）",
        "累计拆除旧厂房60处。",
        "result: 拆除旧厂房",
        "力争拆除旧厂房60处。",
    ),
    Rule(
        "tense.forward-word",
        "A word in the clause makes it one of what is to come (力争, 将, 确保).",
        "分句里有表示将来的词（力争、将、确保）",
        "力争拆除旧厂房60处。",
        "target: 拆除旧厂房",
        "累计拆除旧厂房60处。",
    ),
    Rule(
        "tense.time",
        "A time at the head of the clause looks back or ahead by itself (近三年, 年底前).",
        "分句开头的时间本身朝后或朝前（近三年、年底前）",
        "近三年新建公园12处。",
        "result: 新建公园",
        "新建公园12处。",
    ),
    Rule(
        "tense.event-day",
        "In news a day or month dates an event that has happened.",
        "新闻里的某月某日说的是已发生的事",
        "3月12日新引进企业5家。",
        "result: 新引进企业",
        "3月底前新引进企业5家。",
    ),
    Rule(
        "tense.undone",
        "In news, what is sped up or under way is still to be finished.",
        "新闻里正在、加快的事尚未完成",
        "加快推进5个文旅项目建设。",
        "target: ",
        "去年加快推进5个文旅项目建设。",
    ),
    Rule(
        "tense.told",
        "In news, a present state or an occasion is told, not promised.",
        "新闻里说现状或某次活动，是叙述而不是承诺",
        "澄湖区现有社区服务站46处。",
        "result: ",
        "澄湖区将建社区服务站46处。",
    ),
    Rule(
        "tense.sentence",
        "The clause goes on as its sentence began.",
        "分句沿用本句开头的时态",
        "力争新建学校8所，改造道路12条。",
        "target: 改造道路",
        "力争新建学校8所。力争改造道路12条。",
    ),
    Rule(
        "tense.section",
        "The clause says nothing itself: its section decides, by headings, else by the words around it.",
        "分句自己看不出：由所在部分的标题或上下文用词决定",
        "# 2020年工作回顾\n新建学校8所。\n# 2021年工作安排\n新建公园5处。",
        "target: 新建公园",
        "力争新建学校8所。",
        "report",
    ),
    Rule(
        "tense.lean",
        "The clause says both: learnt weights of its words decide.",
        "两种词都有：由训练得到的用词权重决定",
        "已确定要新建学校8所。",
        "新建学校",
        "确保新建学校8所。",
    ),
)

PERIODS = (
    Rule(
        "period.said",
        "The clause or its sentence names the time.",
        "分句或本句说出了时间",
        "到2025年新建小学8所。",
        "2025",
        "力争新建小学8所。",
    ),
    Rule(
        "period.default",
        "Nothing is said: what a plan promises falls in its year, what it reports in the year before.",
        "没有说：计划里的承诺属于计划年度，回顾属于上一年",
        "力争新建小学8所。",
        "2021",
        "到2025年新建小学8所。",
    ),
    Rule(
        "period.section",
        "A yearly average belongs to the years that the section's heading names.",
        "年均数属于本部分标题所说的年份",
        "# 今后五年的奋斗目标\n地区生产总值年均增长7%。",
        "2021..2025",
        "# 今年的奋斗目标\n地区生产总值增长7%。",
        "report",
    ),
    Rule(
        "period.scope",
        "In news, a year that opens a paragraph holds for what follows.",
        "新闻里段首的年份管后面的话",
        "2020年，全区新建小学8所。累计改造道路12条。",
        "改造道路, = 12 条, 2020",
        "累计改造道路12条。",
    ),
    Rule(
        "period.present",
        "In news, a rate, a stock or a count is told as of the text's own year.",
        "新闻里的比率、存量和计数是成文当年的",
        "绿化覆盖率已达45%。",
        "= 45 %, 2021",
        "到2025年，绿化覆盖率将达45%。",
    ),
    Rule(
        "period.open",
        "Nothing gives a time: it stays unknown.",
        "没有任何时间：保持未知",
        "将打通澄湖路南段。",
        "no period",
        "今年将打通澄湖路南段。",
    ),
)
