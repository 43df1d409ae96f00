"""The forms in which Chinese government texts write a time, as one pattern with a name for each form.

`re` scans fastest for a leading character class. So every form is written as (name, characters it may begin
with, the rest); the pattern consumes one beginning character and each form checks by look-behind that it
was one of its own. A pair of neighbouring characters that begins no form is passed over at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

DIGIT = "0-9０-９"
HAN = "一二三四五六七八九十"
MONTH = "(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９])"
DAY = "(?:3[01]|[12][0-9]|0?[1-9]|３[０１]|[１２][０-９]|０?[１-９])"
HAN_MONTH = "(?:十[一二]?|[一二三四五六七八九])"
HAN_DAY = "(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
DASH = r"(?:[-—–－─~～至到]|——|年[-—–－─~～至到]|年——)"
COUNT = f"(?:[{DIGIT}]{{1,2}}|[{HAN}两]{{1,3}})"
LOOSE_COUNT = f"(?:{COUNT}(?: ?[-—–－~～至到] ?{COUNT})?|[一二三四五六七八九]{{2}}|几)"
"""A count, or one that leaves the end open: 三到五年, 三五年, 几年."""

EDGE = r"(?:年?(?:底|末|终(?![奖考])|初(?![步级中期])))?"
"""An edge of the year: 年底, 末, 初 (but not 初步, 初中)."""
BOUND = (
    r"(?:之前|以前|前(?![期沿后列往海年置景三二一几])|以来|起(?![步草点重航降飞来伏])"
    r"|(?:之|以)?内(?![部外容蒙需涝江])|之后|以后)?"
)
"""What a time bounds: 前, 内, 以来, 起 (but not 前期, 内部, 起步)."""
QUARTER = "第?(?:[一二三四1-4]|[一二三]、?[二三四]|一至[二三四])季度"
PART = (
    f"(?:(?: ?{MONTH} ?月 ?{DAY} ?日|{HAN_MONTH}月{HAN_DAY}日)"
    f"|(?: ?{MONTH} ?月?[-—–－~～至到]{{1,2}}{MONTH} ?月| ?{MONTH} ?月"
    f"|{HAN_MONTH}月(?=[份底末初，,、中上下]))"
    r"份?(?:底|末|初(?![步级中])|[上中下]旬)?"
    f"|[上下]半年|前?{QUARTER}[末初]?|前[一二三1-3]个?季度|前{COUNT}个?月|全年)?"
)
TAIL = re.compile(EDGE + PART + BOUND)
TAILED = frozenset({"date", "han_date", "this_year", "last_year", "next_year"})
"""Forms that a part of the year and a bound may follow. What follows is matched apart: it is long, and
written into each of them it would be compiled again and again."""

PLAN = "(?:十[一二三四五六]?|[一二三四五六七八九])五"
QUOTE = "[“”\"「『‘'’」』]"
PLAN_TAIL = (
    r"(?:规划|计划)?(?:期间|时期|期末|末期|末年|末|初期|中后期|后期|中期|前期(?!工)|初(?![步级中])|期内)?"
    r"(?:之前|前|以来)?"
)

YEAR_REST = f"[90９０][{DIGIT}]{{2}}"
"""A year from 1900 to 2099 after its first digit."""
NO_NUMBER_BEFORE = f"(?<![{DIGIT}.].)"
NO_COUNT_BEFORE = f"(?<![{HAN}{DIGIT}.第].)"
MONTH_EDGE = "(?:底(?!蕴)|末|初(?![步级中])|[上中下]旬)?"
INNER = "内(?![部外容蒙需涝江])"

SECOND = (
    DIGIT
    + HAN
    + "○〇零O两几年月季半日天个来后去续前用至到过时末内今大国革中届期以现在已步阶五的直左底终初—–－─~～、./ -"
)
"""What may follow the beginning character of any form: a cheap look-ahead that passes over all the rest."""

# The order matters: at one place the first form that fits wins.
FORMS: tuple[tuple[str, str, str], ...] = (
    # absolute
    (
        "years",
        "12１２",
        rf"{NO_NUMBER_BEFORE}{YEAR_REST} ?{DASH} ?[12１２]{YEAR_REST}(?![{DIGIT}])(?: ?年)?{BOUND}",
    ),
    ("iso_day", "12", rf"(?<![{DIGIT}./_].)[90][0-9]{{2}}[-./]{MONTH}[-./]{DAY}(?![0-9/])"),
    ("date", "12１２", rf"{NO_NUMBER_BEFORE}{YEAR_REST} ?年度?"),
    ("han_date", "一二", rf"[九〇○零０O][〇○零０O{HAN}]{{2}}年"),
    ("half", "上下", rf"半年[末初]?{BOUND}"),
    ("quarter", "前", rf"(?:[一二三1-3]个?季度|{COUNT}个月(?!时间)){BOUND}"),
    ("quarter", "第", rf"[一二三四1-4]季度[末初]?{BOUND}"),
    (
        "quarter",
        "一二三四1234",
        rf"{NO_COUNT_BEFORE}(?:、?[二三四2-4]|[至到-][二三四2-4])?季度[末初]?{BOUND}",
    ),
    (
        "months",
        DIGIT,
        rf"(?<![{DIGIT}./％%每].)(?:(?<=1)[0-2])?月?[-—–－~～至到]{{1,2}}{MONTH}月份?{BOUND}",
    ),
    (
        "month",
        DIGIT,
        rf"(?<![{DIGIT}./％%每].)(?:(?<=[1１])[0-2０-２]|(?<=[0０])[1-9１-９]|(?<=[1-9１-９])) ?月(?!均)"
        rf"(?: ?{DAY} ?日|份)?{MONTH_EDGE}{BOUND}",
    ),
    (
        "month",
        HAN,
        rf"(?<![{HAN}].)(?:(?<=十)[一二])?月(?:{HAN_DAY}日|份|底(?!蕴)|末|[上中下]旬){BOUND}",
    ),
    (
        "day_of_month",
        DIGIT,
        rf"(?<![{DIGIT}.月].)(?:(?<=[12])[0-9]|(?<=3)[01])?日(?=上午|下午|晚|凌晨|[从在,，]|召开|起)",
    ),
    # five-year plans
    ("plan", "“\"「『‘'", rf"{PLAN}{QUOTE}(?!普法|环境){PLAN_TAIL}"),
    (
        "plan",
        HAN,
        rf"(?<![{HAN}].)(?:(?<=十)[一二三四五六])?五(?:期间|时期|期末|末期|规划(?:期末|期间)?){BOUND}",
    ),
    ("plan_ordinal", "第", rf"[{HAN}]{{1,2}}个五年(?:规划|计划)(?:时期|期间|期末)?"),
    # relative to the document's year
    ("this_year", "今", r"(?<![如当现].)年(?![轻龄])度?"),
    ("this_year", "本", r"(?<![基成资原日版样].)年(?![轻龄级])度?"),
    ("last_year", "去", r"(?<!过.)年(?![轻龄])度?(?:同期)?"),
    ("last_year", "上", r"(?<![以之晚线街网].)一?年(?![纪轻龄产销薪均来会检画])度?(?:同期)?"),
    ("year_before_last", "前", r"(?<![提目此之以生先当空年].)年(?![产均度薪货轮内底初])"),
    ("next_year", "明", r"(?<![文透说证光表发鲜昆声].)年(?![轻龄])"),
    ("next_year", "下", r"一年度?"),
    ("whole_year", "全", r"(?<![安健完齐].)年(?![龄级])"),
    (
        "year_edge",
        "年",
        rf"(?<![{DIGIT}{HAN}两几多半百千壮青少童中老成丰学全周].)(?:(?:底|末|终(?![奖考]))(?:之前|以前|前)?"
        rf"|初(?![步级中期])|中(?=[前，,。；;、]|完成|建成)前?|{INNER}|前(?=完成|建成|实现|开工))",
    ),
    ("that_year", "当", r"年(?![轻龄])"),
    ("this_month", "本上当下", r"(?<!以.)(?:(?<=[本当上])月(?![亮球])|(?<=下)月)份?底?前?"),
    ("day_word", "今昨明", r"(?<![如至].)(?:(?<=[今昨])[天日](?!的)|(?<=明)天(?=[上下将起，]))"),
    # stretches of years
    ("past_years", "过", rf"去的?{LOOSE_COUNT}年(?:来|间|里)?"),
    ("past_years", "近", rf"(?<![将接邻附].){COUNT}年(?:来|间)?(?![轻龄])"),
    ("past_years", "这前", rf"(?<![提目之以年此学产].){COUNT}年(?:来|里|间)?"),
    ("past_years", "连", rf"续{COUNT}年"),
    ("coming_years", "未今往之", rf"(?:(?<=未)来|(?<=[今往之])后)的?{LOOSE_COUNT}年(?:内|间|里|左右)?"),
    ("coming_years", "后", rf"(?<![最之今往先年].){COUNT}年"),
    ("ahead", "提", rf"前(?:近|约)?(?:{COUNT}(?:年|个月|天)|半年)"),
    (
        "within",
        "用利分",
        rf"(?:(?<=利)用|(?<=[用分]))(?:大约|近|约|未来)?{LOOSE_COUNT}年(?:左右)?(?:的?时间)?",
    ),
    # 经过五年努力 is said of what was reached and of what will be: it has no direction.
    ("through", "经", rf"过(?:近|约)?{LOOSE_COUNT}年(?:来|多)?"),
    (
        "past_years",
        HAN + "两几" + DIGIT,
        rf"{NO_COUNT_BEFORE}[{HAN}{DIGIT}]{{0,2}}年(?:以?来(?![自源水临信宾])|累计)",
    ),
    (
        "within",
        HAN + "两" + DIGIT,
        rf"{NO_COUNT_BEFORE}[{HAN}{DIGIT}]{{0,2}}(?:[-—–－~～至到]{COUNT})?年"
        rf"(?:之内|以内|{INNER}|左右(?:的?时间)?|的?时间)",
    ),
    (
        "past_years",  # 力争三年完成: one to come, as its lead shows
        HAN + "两" + DIGIT,
        rf"(?<=(?:力争|争取|确保|计划).)[{HAN}{DIGIT}]{{0,2}}年(?![级龄期度行轻])",
    ),
    (
        "days",
        HAN + "两" + DIGIT,
        rf"{NO_COUNT_BEFORE}[{HAN}{DIGIT}]{{0,2}}(?:天|个月|个工作日)(?:之内|以内|内|左右|的?时间)",
    ),
    (
        "since_event",
        "十二建改新",
        r"(?:(?<=十)[一二三四五六七八九]?大|(?<=二)十一?大|(?<=十)一届三中全会|(?<=建)国|(?<=改)革开放"
        r"|(?<=新)中国成立)(?:[一二三四五六七八九十0-9]{1,3}多?年)?以来",
    ),
    # open ends
    (
        "future",
        "下今未接将",
        r"(?:(?<=下)(?:一步(?![行入态])|一?个?阶段)|(?<=今)后(?:一个时期|一段时期|一段时间|几年)?"
        r"|(?<=未)来(?:几年|一个时期|一段时期|(?=[，,]))|(?<=接)下来|(?<=将)来(?=[，,]))",
    ),
    (
        "recently",
        "近多长一历",
        r"(?<=近)(?:几年来?|年来|年(?=[，,])|日|期)|(?<=多)年以?来(?![自源])|(?<=长)期以来|(?<=一)直以来|(?<=历)年来?",
    ),
    ("recently", "日", rf"(?<![{DIGIT}节假生往他].)前(?=[，,])"),
    ("now", "目如现当截", r"(?<!项.)(?:(?<=[目当])前|(?<=如)今|(?<=现)(?:在|已)|(?<=截)[至止]到?目前)"),
    ("term", "本任届", r"(?:(?<=本)届政?府?任?期内?|(?<=任)期内|(?<=届)期?末)"),
    ("then", "届", r"时"),
)


_DIGITS = "0123456789０１２３４５６７８９"
_FAMILIES: tuple[tuple[str, str], ...] = (
    (_DIGITS, f"(?=[{DIGIT}{HAN} ]{{0,4}}(?:[年月日季天、./—–－─~～至到-]|个[月工]))"),
    (HAN + "两几", f"(?=[{DIGIT}{HAN}〇○零O]{{0,4}}(?:[年月季天五大届直、—–－~～至到-]|个[月工]))"),
)
"""Numerals are most of the beginning characters. Each kind shares its forms and a look at what follows."""
_AT_ONCE = 6
"""Groups of the other characters that are tried one after the other, behind one look for any of theirs."""


def compile_forms(look_ahead: bool = True) -> re.Pattern[str]:
    """One alternation a group of beginning characters, so that few forms are tried at one place."""
    forms = [(name, chars.replace(DIGIT, _DIGITS), rest) for name, chars, rest in FORMS]
    beginning = sorted({c for _, chars, _ in forms for c in chars})
    branches = [
        _family(forms, n, chars, ahead if look_ahead else "") for n, (chars, ahead) in enumerate(_FAMILIES)
    ]
    groups: dict[tuple[int, ...], str] = {}
    for char in beginning:
        if not any(char in chars for chars, _ in _FAMILIES):
            possible = tuple(i for i, (_, chars, _) in enumerate(forms) if char in chars)
            groups[possible] = groups.get(possible, "") + char
    others = [
        (chars, _branch(forms, chars, possible, n)) for n, (possible, chars) in enumerate(groups.items(), 2)
    ]
    for at in range(0, len(others), _AT_ONCE):
        some = others[at : at + _AT_ONCE]
        branches.append(f"(?<=[{''.join(chars for chars, _ in some)}])(?:{'|'.join(b for _, b in some)})")
    second = f"(?=[{SECOND}])" if look_ahead else ""
    return re.compile(f"[{''.join(beginning)}]{second}(?:{'|'.join(branches)})")


def _family(forms: Sequence[tuple[str, str, str]], number: int, chars: str, ahead: str) -> str:
    """The forms that may begin with any of `chars`, in their order."""
    tried = []
    for i, (name, own, rest) in enumerate(forms):
        shared = "".join(c for c in chars if c in own)
        if shared:
            only = f"(?<=[{shared}])" if len(shared) < len(chars) else ""
            tried.append(f"(?:{only}{rest})(?P<{name}_{number}_{i}>)")
    return f"(?<=[{chars}]){ahead}(?:{'|'.join(tried)})"


def _branch(forms: Sequence[tuple[str, str, str]], chars: str, possible: Sequence[int], number: int) -> str:
    tried = "|".join(f"(?:{forms[i][2]})(?P<{forms[i][0]}_{number}_{i}>)" for i in possible)
    return f"(?<=[{chars}])(?:{tried})"


PATTERN = compile_forms()
FORM_OF_GROUP: dict[str, str] = {group: group.rsplit("_", 2)[0] for group in PATTERN.groupindex}
"""The empty group behind each branch tells which form matched (`Match.lastgroup`)."""
