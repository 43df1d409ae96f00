"""What makes a statement of a clause: an amount, a deed, a milestone, a bound; and what it is about."""

from __future__ import annotations

from parsers.rules.model import Rule

CLAIMS = (
    Rule(
        "claim.target",
        "A clause on what is to come, with an amount or a bound to reach.",
        "面向未来、有数量或界限的分句是目标",
        "今年将新建小学8所。",
        "target: 新建小学",
        "去年新建小学8所。",
    ),
    Rule(
        "claim.action",
        "A clause on what is to come, with a deed that can be named and no amount.",
        "面向未来、没有数量但能指名的一件事是举措",
        "今年将打通澄湖路南段。",
        "action: 打通澄湖路南段",
        "今年将不断增强群众获得感。",
    ),
    Rule(
        "claim.result",
        "A clause on what has been, with an amount or a milestone.",
        "面向过去、有数量或已完成节点的分句是结果",
        "去年新建小学8所。",
        "result: 新建小学",
        "今年将新建小学8所。",
    ),
    Rule(
        "claim.absent",
        "The text says that no target is set.",
        "文本明说没有设定目标",
        "今年没有提出全年经济增速具体目标。",
        "target: 地区生产总值增速, none set",
        "去年没有完成年初提出的经济增速目标。",
    ),
)

SUBJECTS = (
    Rule(
        "subject.indicator",
        "The words before the amount are an indicator of the dictionary that nothing narrows.",
        "数量前面的词是指标词典里的指标，且没有被别的词缩小范围",
        "今年地区生产总值增长7%左右。",
        "地区生产总值增速",
        "今年新建小学8所。",
    ),
    Rule(
        "subject.counted",
        "What is counted stands behind the amount, what is done to it before.",
        "被数的东西在数量后面，动词在前面",
        "今年引进20家科技企业。",
        "引进科技企业, = 20 家",
        "今年拆迁面积达到30万平方米。",
    ),
    Rule(
        "subject.head",
        "What is measured stands before the amount.",
        "被量的东西在数量前面",
        "今年拆迁面积达到30万平方米。",
        "拆迁面积",
        "今年引进20家科技企业。",
    ),
    Rule(
        "subject.carried",
        "A clause that only goes on takes the subject of the clause before.",
        "只是接着说的分句沿用前一分句的主体",
        "去年社区图书室借阅量达到8万册，同比增长12%。",
        "社区图书室借阅量增速",
        "去年社区图书室借阅量达到8万册。",
    ),
    Rule(
        "subject.absent",
        "The subject of a target that is said not to be set.",
        "明说不设目标时，目标所指的指标",
        "今年不设旅游收入具体目标。",
        "旅游收入",
        "今年旅游收入目标是8亿元。",
    ),
)

DEEDS = (
    Rule(
        "deed.plain",
        "A verb that is checkable by itself (打通, 出台) with an object that is no mere attitude.",
        "本身可核查的动词（打通、出台）加上不空泛的宾语",
        "今年将出台人才公寓管理办法。",
        "出台人才公寓管理办法",
        "今年将搭建协同发展的良好局面。",
    ),
    Rule(
        "deed.made",
        "A verb of making (建设, 打造) with a works, an event, a document or a name.",
        "建设、打造一类动词加上工程、活动、文件或专名",
        "今年将打造湖滨体育中心。",
        "打造湖滨体育中心",
        "今年将打造良好营商环境。",
    ),
    Rule(
        "deed.advanced",
        "A verb of moving on (推进, 落实) with something that can be finished.",
        "推进、落实一类动词加上可以完成的事",
        "今年将推进东湾片区老旧厂房改造项目。",
        "推进东湾片区老旧厂房改造项目",
        "今年将推进经济高质量发展。",
    ),
    Rule(
        "deed.into",
        "One thing is turned into another (把A打造成B), of which one has a name or is a works.",
        "把甲打造成乙，其中之一是专名或工程",
        "今年将把老机车厂打造成文化创意产业园。",
        "打造老机车厂",
        "今年将把群众满意贯穿工作始终。",
    ),
    Rule(
        "deed.trailing",
        "The verb stands behind its object (剧院开工).",
        "动词在宾语后面（剧院开工）",
        "今年湖滨大剧院将开工建设。",
        "湖滨大剧院",
        "今年湖滨经济将加快发展。",
    ),
    Rule(
        "milestone.award",
        "An award or admission said of the past.",
        "说过去的获奖、获评、入选",
        "去年获评全省平安建设先进区。",
        "获评全省平安建设先进区",
        "今年将争创全省平安建设先进区。",
    ),
    Rule(
        "milestone.rank",
        "A rank or a first said of the past.",
        "说过去的名次、首家、唯一",
        "去年群众安全感位居全市首位。",
        "全市首位",
        "去年第一产业稳步发展。",
    ),
    Rule(
        "milestone.done",
        "A completion said of the past, without an amount.",
        "说过去的建成、通车、签约，没有数量",
        "去年湖滨学校顺利建成投用。",
        "湖滨学校顺利建成投用",
        "去年各项部署落地生根。",
    ),
    Rule(
        "bound.words",
        "A measurable bound without a number (与…同步, 高于平均, 全覆盖).",
        "没有数字的可量界限（与…同步、高于平均、全覆盖）",
        "今年居民收入将与经济增长同步。",
        "居民收入",
        "今年将建立部门同步机制。",
    ),
)
