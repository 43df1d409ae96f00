"""Which lines of a page are its article: the subtree whose lines weigh most, without its furniture.

A line of prose weighs what it is long, a line of links or of page furniture weighs negative. The subtree
with the greatest sum is the article: wider ones add menus, narrower ones lose paragraphs.
"""

from __future__ import annotations

import re

from parsers.web import tree
from parsers.web.lines import Line

_SENTENCE = re.compile(r"[，。；：！？、”,;!?]")
_ABOUT_ITSELF = (
    "当前位置|您(?:现在)?的位置|^首页\\s?[>›»]|网站地图|联系我们|设为首页|加入收藏|扫一扫|分享到|微信扫码",
    "版权所有|版权声明|版权与免责|免责声明|未经.{0,12}(?:授权|许可|书面)|不得(?:转载|复制|以任何)|举报电话",
    "ICP备|公网安备|网站标识码|建议使用.{0,12}分辨率|技术支持[:：]|客户端下载|点击(?:进入|查看|下载)",
    "(?i:copyright|all rights reserved|powered by)",
    "^[【\\[〖]?(?:打印|关闭|收藏|大 ?中 ?小|字体|字号|分享|推荐|纠错|上一[篇页]|下一[篇页]|返回|发表评论)",
    "^[【\\[〖]?相关(?:新闻|链接|阅读|报道|文章|专题)",
)
FURNITURE = re.compile("|".join(_ABOUT_ITSELF))
"""Words of a page about itself; a line that has one is cut only where it is short."""
_SHORT = 160
"""Longest line that its furniture words make furniture; an article that uses them runs on."""
_NARROWER = 0.9
"""A child that carries this share of its parent's weight is the article; the rest is appendage."""


def weigh(lines: list[Line]) -> None:
    """Give every line its value: characters of prose, negative for links and furniture."""
    for line in lines:
        size = len(line.text)
        if line.links > size / 2:
            line.value = -float(min(size, 30))
        elif size < _SHORT and FURNITURE.search(line.text):
            line.value = -30.0
        elif line.row or _SENTENCE.search(line.text) or size >= 30:
            line.value = size - 2.0 * line.links
        else:
            line.value = -2.0


def article(lines: list[Line]) -> list[Line]:
    """The article's lines among all weighed lines of a page, furniture inside it cut.

    A page on which no line weighs anything (a few words) is its own article.
    """
    root = _heaviest(lines)
    if root is None:
        return trimmed(lines)
    inside = [line for line in lines if line.block is root or root in line.block.parents]
    return trimmed(inside)


def trimmed(inside: list[Line]) -> list[Line]:
    """The lines without furniture: what the page says of itself, link lists, and such lines at either end."""
    kept = [line for line in inside if not _is_furniture(line)]
    first, last = 0, len(kept)
    while first < last and _is_edge(kept[first]):
        first += 1
    while last > first and _is_edge(kept[last - 1]):
        last -= 1
    return kept[first:last]


def _is_furniture(line: Line) -> bool:
    size = len(line.text)
    if line.links > 0.5 * size and not line.row:
        return True
    return size < _SHORT and FURNITURE.search(line.text) is not None


def _is_edge(line: Line) -> bool:
    return line.links > len(line.text) / 2


def _heaviest(lines: list[Line]) -> tree.Element | None:
    weights: dict[int, float] = {}
    elements: dict[int, tree.Element] = {}
    for line in lines:
        for element in (line.block, *line.block.parents):
            key = id(element)
            if key not in elements:
                elements[key] = element
                weights[key] = 0.0
            weights[key] += line.value
    if not weights:
        return None
    best = max(weights, key=lambda key: weights[key])
    if weights[best] <= 0:
        return None
    node = elements[best]
    while True:
        narrower = [
            child
            for child in tree.children(node)
            if weights.get(id(child), 0.0) >= _NARROWER * weights[id(node)]
        ]
        if len(narrower) != 1 or not isinstance(narrower[0], tree.Element):
            return node
        node = narrower[0]
