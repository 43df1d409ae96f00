"""Who is named in a text and as what: office-holders, the press, third parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lazily import lazily
from parsers.text import Paragraph

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施文"
    "牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗谷盛曲翁"
    "冉骆蓝游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车连芦麦褚娄窦戚岑景党费冷晏席卫米柏宗瞿桂佟应"
    "臧闵苟邬边卞姬师仇栾隋刁沙荣巫寇桑郎甄丛虞敖巩佘池查麻苑迟邝封谈匡鞠惠荆冀郁胥班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
)
NAME = rf"(?:(?:欧阳|上官|司马|诸葛|令狐|皇甫)[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
"""A Chinese personal name by its surname."""

SAYS = (
    "(?:表示|介绍|指出|认为|强调|坦言|要求|告诉|透露|回答|回应"
    "|谈到|说道|谈道|直言|感慨|解释|总结|开门见山|提到|说)"
)
"""Verbs that introduce somebody's words."""

LABEL = lazily(r"([\u4e00-\u9fff·A-Za-z]{1,8})[：:](?=.)")
"""A label at the beginning of a paragraph; whether it names a speaker is for the reader to decide."""

_PRESS = lazily(r"(?:报|壹点|记者|主持人|问|新闻|周刊|网|台|社)$")
_THIRD = lazily(
    "公司|集团|企业|总裁|经理|董事长|创始人|居民|市民|村民|业主|群众|老人|住户|商户|店主|阿姨|大爷|阿婆"
    "|学生|家长|患者|教授|专家|律师|员工|工人|社区|村支书|党支部|园区"
)
_AFTER_NAME = (
    rf"[^\u4e00-\u9fff]|{SAYS}|[在做主出发作接受逐向一行带为就对吹率同与的走到代也还则逐翻谈来再当先]|$"
)
_OFFICE = (
    r"(?:(?:[省市区县州旗盟镇乡]|街道工|党工)委副?书记"
    r"|(?:常务)?(?:代理?|副)?[省市区县州旗盟镇乡]长|(?:街道办事处|管委会)副?主任|人大常委会副?主任"
    r"|政协副?主席|(?:自治区|人民政府)副?主席|[局委办室](?:副?局长|副?主任|主要负责人|负责人))"
)
_HOLDER = lazily(rf"({_OFFICE})(、[\u4e00-\u9fff]{{2,8}}?)?[ 　]?({NAME})(?={_AFTER_NAME})")
_WHERE = lazily(r"[\u4e00-\u9fff]{1,12}$")
_HINTS = (*(f"{of}长" for of in "省市区县州旗盟镇乡局"), "书记", "主任", "主席", "负责人")
"""Cheap to look for; nearly every paragraph of a report is without."""


@dataclass(frozen=True, slots=True)
class Leader:
    """A person the text names with an office: 某某区委书记某某."""

    name: str
    office: str


def leaders(paragraphs: Sequence[Paragraph]) -> tuple[Leader, ...]:
    """The office-holders that title, byline and text name, in order of appearance (each name once)."""
    found: dict[str, Leader] = {}
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.role in ("glossary", "furniture", "table") or not any(hint in text for hint in _HINTS):
            continue
        for match in _HOLDER.finditer(text):
            where = _WHERE.search(text[max(0, match.start() - 12) : match.start()])
            office = (where.group() if where else "") + match[1] + (match[2] or "")
            found.setdefault(match[3], Leader(match[3], office))
    return tuple(found.values())


def is_press(label: str) -> bool:
    """Whether the label names the press or whoever asks: 齐鲁晚报, 记者, 问."""
    return _PRESS.search(label) is not None


def is_third_party(words: str) -> bool:
    """Whether the words describe somebody who speaks for no government: a company, a resident, an expert."""
    return _THIRD.search(words) is not None


_ROLE = (
    "记者|通讯员|居民|市民|村民|业主|群众|老人|住户|商户|店主|阿姨|大爷|教授|专家|律师|员工|工人|学生|家长|患者|董事长|总经理|经理"
    "|总裁|创始人|负责人|志愿者|校长|医生|老师|摄影|先生|女士|同志"
)
_NAMED = lazily(
    rf"(?P<former>(?:原|前任?|时任)?)(?:{_OFFICE})(?:、[\u4e00-\u9fff]{{2,8}}?)?[ 　]?(?P<holder>{NAME})"
    rf"(?={_AFTER_NAME})"
    rf"|(?:{_ROLE})[ 　:：]{{0,2}}(?P<role>{NAME})(?={_AFTER_NAME})"
    rf"|(?<![\u4e00-\u9fff])(?P<speaker>{NAME})(?={SAYS}|女士|先生|大爷|大妈|阿姨|奶奶|爷爷|老师|[ 　]?摄)"
)


def private_names(text: str) -> list[tuple[int, int]]:
    """Where a text names people without an office that they hold: [start, end) of each name.

    Known by an office, a trade or a verb of saying beside the name; a name without any of these is missed.
    """
    found = []
    for match in _NAMED.finditer(text):
        holder = match["holder"] is not None and not match["former"]
        if not holder:
            kind = "holder" if match["holder"] is not None else "role" if match["role"] else "speaker"
            found.append(match.span(kind))
    return found
