"""What one short line of a page shows by itself: a byline, a caption, a heading's number, furniture."""

from __future__ import annotations

import re

from parsers.lazily import lazily
from parsers.text import Role

FINAL = "。！？!?；;：:…—"
CLOSERS = "”’）)》」』】"

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"{_NAME}(?:[ 　、,，]+(?!记者|通讯员|实习){_NAME}){{0,5}}"
_POST = r"(?:首席|见习|实习|特约)?(?:记者|通讯员|评论员|撰稿人?)"
_BYLINE = lazily(
    r"(?:[\w·—\-]{0,16}?(?:本报|新闻|日报|晚报|晨报|早报|时报|壹点|在线|网|社|台|客户端|融媒)?\s*)?"
    rf"{_POST}[:： 　]*{_NAMES}(?:\s+{_POST}[:： 　]*{_NAMES}){{0,3}}\s*(?:(?:文/?图|文|图|报道)\s*)?"
    rf"|(?:作者|撰文|文/图|文|采写)[:：/]\s*{_NAMES}"
)
_REPORTERS = lazily(rf"(?:首席|见习|实习|特约)?记者[:： 　]*({_NAMES})")
_MASTHEAD = lazily(r"\w{2,10}(?:日报|晚报|晨报|早报|时报|都市报|商报|新闻|客户端|融媒|网)(?:·\w{2,8})?")
_TOP = lazily(
    r"[—―－\-]{2,}.{4,60}(?:会议|大会|全会).{0,4}上?[—―－]*"
    r"|(?:代?(?:省长|市长|区长|县长|州长|盟长|主席|总理)|.{0,8}人民政府.{1,3}长)"
    r"[ 　]*[\u4e00-\u9fff·　 ]{2,8}"
    r"|(?:发布时间|发布日期|日期|时间|来源|信息来源|稿源|作者)[:：].{1,60}"
)
_CAPTION_MARK = lazily(r"[▲△▼▽►▶◀◄☝👆👇]|图为|图[一二三四五六七八九十\d]?[:：]|[上下左右]图|资料图")
_CREDIT = lazily(
    r"(?:供图|资料照?[片图]"
    r"|[ 　/（(](?:图片?|摄影?)[）)]?|[\u4e00-\u9fff]{2,3} ?摄|图片由.{2,20}提供)[）)]?。?$"
)
_LABEL = lazily(r"【[^】]{1,8}】|[■◆□◇●★]\s*\S.{1,30}")
_FURNITURE = lazily(
    r"[（(\[【]?(?:责任编辑|责编|编辑|校对|审核|审签|值班主任|监制|美编|来源|稿源|编审)[:：/ ].{1,50}"
    r"|.{0,40}(?:版权所有|备案号|ICP备|公网安备|未经.{0,10}授权|Copyright).{0,50}"
    r"|[【\[（(]?(?:打印本?页?|关闭窗口?|返回顶部|分享到|扫一扫.{0,20}|上一篇.{0,60}|下一篇.{0,60})[】\])）]?.{0,20}"
    r"|字号[:：].{0,12}|<!--.*",
    re.I,
)
_BRACKETED = lazily(r"[（(][^（()）]{2,38}[）)]")
_REPRINTED = lazily(r"(?:来源|稿源)[:：].*(?:报|网|新闻|转自|转载|发布)")
_TURNED = lazily(r"(?:[（(](?:上接|下转|紧接|紧转).{1,12}版[）)]\s*)+")
_DATED = lazily(r"[（(].{0,20}\d{4}年\d{1,2}月\d{1,2}日")
_ORDER = lazily(
    r"第[一二三四五六七八九十]+[章节部分]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_SALUTATION = lazily(r"(?:各位|同志们|女士|先生|尊敬).{0,20}[:：，！]")
_QUESTION = lazily(r"[\w·]{2,6}[:：].{0,60}[?？]$|(?:记者|问|答)[:：]")
_INNER_STOP = lazily(r"[。；！？].")


def role_of(text: str, near_top: bool, near_end: bool) -> Role | None:
    """The role of a stripped line shorter than a sentence's worth; None where the line does not show it."""
    if text[0] in "一二三四五六七八九十第（(" and is_numbered(text) and is_heading_like(text):
        return "heading"
    if near_top and (_TOP.fullmatch(text.strip("*# ")) or _MASTHEAD.fullmatch(text)):
        return "byline"
    if is_signed(text):
        return "byline"
    if _CAPTION_MARK.match(text) or (text[-1] in "图片摄影）)。" and _CREDIT.search(text)):
        return "caption"
    if _LABEL.fullmatch(text) and (near_top or text[0] == "【") and not is_final(text[:-1]):
        return "furniture"
    if _TURNED.fullmatch(text):
        return "furniture"
    if (near_top or near_end) and _BRACKETED.fullmatch(text):
        return "byline" if _DATED.match(text) else "furniture"
    if (near_top or near_end or text[0] == "<") and _FURNITURE.fullmatch(text):
        return "furniture"
    return None


def is_signed(text: str) -> bool:
    """Whether the line names who wrote it or where it comes from: 本报记者 张三, 来源：某某日报."""
    if len(text) > 60:
        return False
    if text[0] in "来稿":
        return _REPRINTED.match(text) is not None
    return ("者" in text or "员" in text or "文" in text) and _BYLINE.fullmatch(text) is not None


def reporters_in(text: str) -> list[str]:
    """The reporters a byline names (not the correspondents, 通讯员)."""
    return [name for match in _REPORTERS.finditer(text) for name in re.split(r"[ 　、,，]+", match[1])]


def is_final(text: str) -> bool:
    """Whether the text ends as a sentence, a list's lead or a quotation does."""
    bare = text.rstrip()
    return bare[-1:] in FINAL or (bare[-1:] in CLOSERS and bare.rstrip(CLOSERS)[-1:] in FINAL)


def is_heading_like(text: str) -> bool:
    """Short, one clause or two, and without the mark that ends a sentence."""
    bare = text.strip()
    return 2 <= len(bare) <= 45 and bare[-1] not in "。；;，,、." and not _INNER_STOP.search(bare)


def is_title_like(text: str) -> bool:
    """Heading-like, and no salutation, numbered heading, question or list's lead."""
    if not is_heading_like(text) or is_salutation(text) or is_numbered(text):
        return False
    return text[-1] not in ":：" and not _QUESTION.match(text)


def is_numbered(text: str) -> bool:
    """Whether the line opens with a heading's number: 一、 （二） 第三章."""
    return _ORDER.match(text) is not None


def is_salutation(text: str) -> bool:
    """Whether the line addresses an audience: 各位代表： 同志们！."""
    return _SALUTATION.match(text) is not None
