"""How sentences that a page broke are put together, and what each join rests on."""

from __future__ import annotations

from parsers.rules.model import Rule

_PAGE = "湖畔新貌\n本报记者 苏禾\n"
_WHOLE = "今年还将新建两所小学，让孩子在家门口读书。"

JOINS = (
    Rule(
        "join.next",
        "The next fragment of running text goes on, over captions and bylines.",
        "隔着图片说明和署名，由下一段接续",
        f"{_PAGE}全区集聚软件企业320家，云湖智造产\n▲夜色中的云湖。\n业园成为全市的创新高地，年产值超过60亿元。",
        "产|业园",
        f"{_PAGE}新能源方面，全市首家充电互\n{_WHOLE}",
    ),
    Rule(
        "join.after an inset",
        "A fragment further on goes on, with short complete sentences between.",
        "隔着短小完整的句子，由后面的一段接续",
        f"{_PAGE}全区坚持两手抓，一手改造旧厂，一手引进新企，以技术\n账本要经得起翻。\n改造带动传统工厂转型，已有40家企业完成升级，技术改造见效。",
        "技术|改造",
        f"{_PAGE}全区坚持两手抓。\n账本要经得起翻。\n改造带动传统工厂转型。",
    ),
    Rule(
        "join.stands before its beginning",
        "A fragment that stands before its beginning is moved behind it.",
        "排在开头之前的后半句移到开头之后",
        f"{_PAGE}南岸的老码头已经修葺一新，游船重新开航。\n岸的仓库改成了书店，每到周末座无虚席。\n{_WHOLE}\n老城更新没有停步，市民最熟悉的南",
        "南|岸的",
        f"{_PAGE}南岸的老码头已经修葺一新。\n{_WHOLE}",
    ),
    Rule(
        "join.a list goes on",
        "What ends in a list mark is followed by the rest of the list.",
        "以顿号结尾的后面接着清单的其余部分",
        f"{_PAGE}今年建成学校、\n幼儿园和社区食堂等便民设施42处。",
        "学校、|幼儿园",
        f"{_PAGE}今年建成学校。\n幼儿园和社区食堂等便民设施42处。",
    ),
    Rule(
        "join.asks for more",
        "A word at the end cannot end a sentence (的, 和, 把).",
        "结尾的词不能收句（的、和、把）",
        f"{_PAGE}老城更新没有停步，北岸的\n仓库改成了书店，每到周末座无虚席。",
        "的|仓库",
        f"{_PAGE}老城更新没有停步。\n仓库改成了书店。",
    ),
    Rule(
        "join.stands in this text unbroken",
        "The words across the gap stand elsewhere in the text unbroken.",
        "断处两边的词在文中别处连着出现",
        f"{_PAGE}全区集聚软件企业320家，云湖智造产\n▲夜色中的云湖。\n业园成为全市的创新高地。\n云湖智造产业园二期也已动工，计划后年投用。",
        "产|业园",
        f"{_PAGE}云湖智造产业园成为全市的创新高地。\n云湖智造产业园二期也已动工。",
    ),
    Rule(
        "join.is a word",
        "The characters that meet form a common word.",
        "断处两边的字合成常用词",
        f"{_PAGE}走进湖畔书屋，孩子们围坐着读历\n史故事，老人们在廊下对弈。",
        "历|史故事",
        f"{_PAGE}走进湖畔书屋，孩子们围坐着读书。\n史故事讲得生动。",
    ),
    Rule(
        "join.a verb is missing",
        "The left side ends in a preposition and its noun only (以书香).",
        "前半句只有介词和名词，缺谓语（以书香）",
        f"{_PAGE}老城更新没有停步，以书香\n浸润街巷，北岸的书屋座无虚席。",
        "书香|浸润",
        f"{_PAGE}老城更新没有停步。\n浸润街巷的书香更浓。",
    ),
    Rule(
        "join.closes a quote or bracket",
        "A quote opened on the left is closed on the right.",
        "前半句开的引号在后半句收",
        f"{_PAGE}大家说：我们要做到“让\n群众少跑腿”，把服务送到门口。",
        "“让|群众",
        f"{_PAGE}大家说：我们要做到“少跑腿”。\n群众满意，把服务送到门口。",
    ),
    Rule(
        "join.open end",
        "A sentence whose continuation is nowhere in the text is left open, never guessed.",
        "文中没有下文的句子保持中断，不猜",
        f"{_PAGE}新能源方面，全市首家充电互\n{_WHOLE}",
        "充电互|",
        f"{_PAGE}新能源方面，全市首家充电站投用。\n{_WHOLE}",
    ),
)
