"""What a page says of itself: title, date, author, editor, publisher, address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.web import tree
from parsers.web.dates import date_in_address, declared_date, first_date, has_time
from parsers.web.lines import Line
from parsers.web.main_text import FURNITURE

_TITLE_METAS = ("articletitle", "og:title", "article:title")
_DATE_METAS: tuple[str, ...] = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "weibo:article:create_at",
    "publication_date",
    "publish_time",
    "publishtime",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "og:release_date",
    "article:create_at",
    "firstpublishedtime",
    "createdate",
    "date",
)
_PUBLISHER_METAS = ("contentsource", "source", "og:site_name", "sitename", "article:publisher")

_MAKERS = (
    "发布|发表|时间|日期|来源|稿源|更新|编辑|作者|记者|浏览|阅读|点击|次数|字号|信息提供|发文|成文|来自|张贴|责编"
    "|月号|总第"
)
_CUE = re.compile(_MAKERS)
_PUBLISHED = re.compile(r"发布(?:日期|时间)|发表(?:于|时间|日期)|(?:发布|发稿)[:：于]")
_TODAY = re.compile(r"今天是|今日是|星期[一二三四五六日天]\s*$|农历")
_NAME = r"[\u3400-\u9fff·]{2,5}"
_NAMES = rf"{_NAME}(?:[\s\u3000、，,/&]{{1,3}}{_NAME}){{0,5}}"
_AUTHOR = re.compile(
    rf"(?:作\s{{0,4}}者|撰文|撰稿)\s?[:：/／|丨]\s{{0,4}}({_NAMES})"
    rf"|[(（][^()（），。]{{0,12}}(?:记者|通讯员)[\s:：]{{0,4}}({_NAMES})\s?[)）]"
    rf"|(?:记者|通讯员)[\s:：]{{1,4}}({_NAMES})\s*$"
)
_EDITOR = re.compile(
    rf"(?:责任编辑|责\s?编|编\s?辑|编\s?审)\s?[:：]\s?({_NAMES})|[(（](?:责任编辑|编辑|责编)\s?[:：]?\s?({_NAMES})[)）]"
)
_PUBLISHER = re.compile(
    r"(?:稿件来源|信息来源|文章来源|来\s{0,4}源|稿源)\s{0,3}[:：]\s{0,4}([^\s\u3000|｜【】\[\]()（）,，。；;：:=\x22'<>]{2,30})"
)
_TITLE_TAIL = re.compile(r"\s*(?:_|\||｜|--+|\s-\s|－).{0,200}$")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_NOT_LETTER = re.compile(r"[\W_]+")
_NO_NAME = {"未知", "佚名", "管理员", "admin", "网络", "本站"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; title_line and date_line are the printed lines they stand on."""

    title: str | None = None
    title_line: Line | None = None
    published: str | None = None
    published_clue: str | None = None
    author: str | None = None
    editor: str | None = None
    publisher: str | None = None
    url: str | None = None


def read(root: tree.Element, all_lines: Sequence[Line], article: Sequence[Line], titled: str | None) -> Facts:
    """Facts from the page's head and from the lines around its article.

    titled: the text of the title element.
    """
    metas = tree.metas(root)
    place = {id(line): i for i, line in enumerate(all_lines)}
    first = place[id(article[0])] if article else len(all_lines)
    last = place[id(article[-1])] if article else len(all_lines)
    named = next((metas[m] for m in _TITLE_METAS if m in metas), None)
    title_at = _title_line(all_lines, first, [t for t in (named, titled) if t])
    url = tree.address(root) or metas.get("og:url") or metas.get("url")
    published, clue = _published(metas, all_lines, title_at, first, last, url)
    near = _near(all_lines, title_at, first, last)
    ends = [line.text for line in all_lines[max(first, last - 2) : last + 7]]
    title_line = all_lines[title_at] if title_at is not None else None
    makers = [metas[m] for m in ("author", "article:author") if m in metas]
    return Facts(
        title=title_line.text if title_line else (named or _cut_tail(titled)),
        title_line=title_line,
        published=published,
        published_clue=clue,
        author=_match(_AUTHOR, [line.text for line in near] + ends) or _person(makers),
        editor=_match(_EDITOR, [line.text for line in near] + ends),
        publisher=_match(_PUBLISHER, [line.text for line in near] + ends)
        or next((metas[m] for m in _PUBLISHER_METAS if m in metas), None),
        url=url,
    )


def is_byline(line: Line) -> bool:
    """Whether a line tells when, where and by whom the text was published, and nothing else."""
    text = line.text
    if len(text) > 120 or "。" in text:
        return False
    dated = first_date(text)
    if dated and (_CUE.search(text) or len(_HANZI.findall(text[: dated[1]] + text[dated[2] :])) <= 3):
        return True
    return (
        len(text) < 60
        and re.match(rf"[\s(（【\[]*(?:{_MAKERS}|责任|文章|稿件|信息|本文)[^，；]{{0,8}}[:：]", text)
        is not None
    )


def _title_line(lines: Sequence[Line], first: int, names: list[str]) -> int | None:
    """The printed title: a line before or atop the article that the page's title repeats, or a heading."""
    whole = [_letters(name) for name in names]
    best: tuple[float, int] | None = None
    for i in range(min(len(lines), first + 4)):
        line = lines[i]
        letters = _letters(line.text)
        if len(letters) < 4 or len(letters) > 120 or line.links > len(line.text) / 2:
            continue
        score = 0.0
        if any(letters in name and len(letters) * 4 >= len(name) for name in whole):
            score = 100.0 + len(letters)
        elif line.heading in (1, 2) and first - 40 <= i:
            score = 20.0 - line.heading
        if score and (best is None or score >= best[0]):
            best = (score, i)
    return best[1] if best else None


def _published(
    metas: dict[str, str], lines: Sequence[Line], title_at: int | None, first: int, last: int, url: str | None
) -> tuple[str | None, str | None]:
    for name in _DATE_METAS:
        if name in metas and (found := declared_date(metas[name])):
            return found, f"meta {name}: {metas[name][:40]}"
    best: tuple[float, str, str] | None = None
    start = title_at if title_at is not None else first
    for i in range(max(0, min(start, first) - 12), min(len(lines), last + 8)):
        line = lines[i]
        if first + 4 <= i < last - 3 and not (
            len(line.text) < 80 and has_time(line.text) and _CUE.search(line.text)
        ):
            continue  # inside the article a date is its subject, unless the line signs a post
        dated = first_date(line.text) if len(line.text) < 200 else None
        if dated is None or _TODAY.search(line.text) or line.links > 0.6 * len(line.text):
            continue
        rest = len(line.text) - (dated[2] - dated[1])
        score = (
            3.0 * bool(_CUE.search(line.text)) + 2.0 * has_time(line.text) + 2.0 * (rest < 30) + (rest < 6)
        )
        score += 2.0 * bool(_PUBLISHED.search(line.text)) - 3.0 * bool(FURNITURE.search(line.text))
        score += 2.0 * (start <= i <= first + 3) - 1.0 * (i > first + 3)
        if score >= 3 and (best is None or score > best[0]):
            best = (score, dated[0], line.text)
    if best is not None:
        return best[1], f"printed: {best[2][:60]}"
    if url and (found := date_in_address(url)):
        return found, f"address: {url[:100]}"
    return None, None


def _near(lines: Sequence[Line], title_at: int | None, first: int, last: int) -> Sequence[Line]:
    start = title_at if title_at is not None and title_at <= first else max(0, first - 8)
    return [line for line in lines[start : min(first + 8, last + 1)] if len(line.text) < 200]


def _match(pattern: re.Pattern[str], texts: list[str]) -> str | None:
    for text in texts:
        for match in pattern.finditer(text[:400] + text[-200:] if len(text) > 600 else text):
            name = next((g for g in match.groups() if g), "").strip()
            if name and name not in _NO_NAME and not _CUE.search(name):
                return name
    return None


def _person(makers: list[str]) -> str | None:
    return next(
        (m for m in makers if 2 <= len(m) <= 20 and m.lower() not in _NO_NAME and "://" not in m), None
    )


def _cut_tail(titled: str | None) -> str | None:
    if not titled:
        return None
    cut = _TITLE_TAIL.sub("", titled.strip())
    return cut if len(cut) >= 4 else titled.strip() or None


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", text)
