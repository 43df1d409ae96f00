"""What each paragraph of a page is: title, heading, byline, caption, furniture, glossary, or body.

Only what the page itself shows is used: the words that newspapers set beside pictures and names, marks,
blank lines, and the place on the page. Long paragraphs are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parsers import joins
from parsers.cohesion import is_torn
from parsers.lines import (
    is_final,
    is_heading_like,
    is_numbered,
    is_salutation,
    is_signed,
    is_title_like,
    reporters_in,
    role_of,
)
from parsers.text import Paragraph

SHORT = 90
"""Nothing longer than this is anything but running text."""
TOP, END = 16, 12
"""Paragraphs at the top and at the end of a page where bylines, source lines and footers stand."""
HOLE = 4
"""Line ends in a row that a picture leaves behind in an e-paper's plain text."""

_GLOSSARY = re.compile(
    r"(?:名词|术语|用语|词语)[和与有关情况]{0,8}(?:解释|注释|注解|说明)|《政府工作报告》.{0,8}(?:解释|注释|注解)"
    r"|^[#* 附件录一二三12\d：:]{0,8}(?:注释|注解|解释说明|解释和说明|有关情况说明|名词解释和.{0,6}说明)"
    r"[：: *]*$"
)
_GLOSSARY_BEHIND = re.compile("[。！](?:主要)?(?:名词|术语|用语)(?:解释|注释)[:：]?$")
"""A heading that was run together with the report's last paragraph."""
_LAST_WORDS = re.compile(r"(?:代表|同志们|委员|让我们|朋友们).*！\s*$", re.S)
_APPENDIX = re.compile(r"[#* ]*附(?:件|表|录)[一二三四五六七八九十\d]{0,2}(?:[:：].*|[ *]*)$")
_COMMAS = str.maketrans("", "", "，,")
_LABELLED = re.compile(r"[^：:，。]{2,8}[:：].")


def assign(
    paragraphs: Sequence[Paragraph], source: str, words: str, title: str | None, gaps: bool = True
) -> list[Paragraph]:
    """The same paragraphs, each with its role; text, pieces and order are unchanged.

    words: the document's text, where broken words are looked up.
    gaps: whether blank lines of the source are blank lines of the page (not so in markup).
    """
    found = list(paragraphs)
    press = _mark_lines(found)
    _mark_title(found, title)
    if press:
        if gaps:
            _mark_below_holes(found, source)
        _mark_labels_beside_bylines(found)
        _mark_headings(found, words)
    _mark_glossary(found)
    return found


def reporters(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The reporters that the bylines name (not the correspondents, 通讯员), in order."""
    names = [name for p in paragraphs if p.role == "byline" for name in reporters_in(p.text)]
    return tuple(dict.fromkeys(names))


def _mark_lines(found: list[Paragraph]) -> bool:
    """Give the roles that a line shows by itself; True where reporters sign or captions are marked."""
    press = False
    last = len(found) - 1
    for at, paragraph in enumerate(found):
        if len(paragraph.text) > SHORT or paragraph.role != "body":
            continue
        text = paragraph.text.strip()
        role = role_of(text, near_top=at < TOP, near_end=last - at < END) if text else None
        if role is not None:
            found[at] = replace(paragraph, role=role, depth=2 if role == "heading" else 0)
            press = press or role == "caption" or (role == "byline" and is_signed(text))
    return press


def _mark_title(found: list[Paragraph], title: str | None) -> None:
    """The title the page declares; else the first run of title-like lines before the running text."""
    declared = "".join((title or "").split())
    depth: int | None = None
    for at, paragraph in enumerate(found[:TOP]):
        text = paragraph.text.strip()
        if paragraph.role == "title":
            return
        fits = paragraph.role in ("body", "heading") and 0 < len(text) <= SHORT
        if (
            not fits
            and depth is None
            and (declared or paragraph.role in ("caption", "furniture") or not text)
        ):
            continue
        if not fits or (depth is not None and paragraph.depth > depth):
            return
        if not (_is_declared(text, declared) if declared else is_title_like(text)):
            if depth is None and declared:
                continue
            return
        depth = paragraph.depth
        found[at] = replace(paragraph, role="title", depth=1)


def _is_declared(text: str, declared: str) -> bool:
    bare = "".join(text.strip("#* ").split())
    return len(bare) > 3 and bare in declared


def _mark_below_holes(found: list[Paragraph], source: str) -> None:
    """In a newspaper page, one short sentence below the hole that a picture left is its caption."""
    end = 0
    for at, paragraph in enumerate(found):
        if not paragraph.pieces:
            continue
        start, before = paragraph.pieces[0].source, end
        end = paragraph.pieces[-1].source + paragraph.pieces[-1].source_length
        text = paragraph.text.strip()
        if paragraph.role != "body" or before == 0 or not 0 < len(text) <= 40 or start - before < HOLE:
            continue
        if source.count("\n", before, start) >= HOLE and _one_sentence(text):
            found[at] = replace(paragraph, role="caption")


def _one_sentence(text: str) -> bool:
    if "。" in text[:-1] or text[-1] in "：:" or text[0] in "-*|（(" or _LABELLED.match(text):
        return False
    return not is_torn(text) and not is_numbered(text) and not is_salutation(text)


def _mark_labels_beside_bylines(found: list[Paragraph]) -> None:
    """A word or two beside the byline that names the column, when a heading follows."""
    for at in range(1, len(found) - 1):
        text = found[at].text.strip()
        beside = found[at - 1].role == "byline" and found[at].role == "body" and 2 <= len(text) <= 5
        if beside and is_heading_like(text) and is_heading_like(found[at + 1].text):
            found[at] = replace(found[at], role="furniture")


def _mark_headings(found: list[Paragraph], document: str) -> None:
    """In a newspaper page a short line without a full stop is a heading, unless it breaks off."""
    loose = joins.strays(found)
    for at, paragraph in enumerate(found):
        text = paragraph.text.strip()
        if paragraph.role == "body" and _is_subhead(text) and not is_final(text) and not is_torn(text):
            if joins.wanted(found, at, loose, document):
                continue
            found[at] = replace(paragraph, role="heading", depth=2)


def _is_subhead(text: str) -> bool:
    """Heading-like and no longer than a newspaper sets above a section."""
    return is_heading_like(text) and len(text) <= 36 and len(text.translate(_COMMAS)) >= len(text) - 1


def _mark_glossary(found: list[Paragraph]) -> None:
    """The explanations of terms behind a report, up to the next appendix of another kind."""
    inside = False
    for at in range(len(found) // 4, len(found)):
        text = found[at].text
        if len(text) <= 45:
            if _GLOSSARY.search(text) and (at >= len(found) // 2 or _closed(found, at)):
                inside = True
            elif inside and _APPENDIX.match(text):
                inside = False
        elif _GLOSSARY_BEHIND.search(text, len(text) - 20):
            inside = True
            continue
        if not inside and _ENTRY_ONE.match(text) and _closed(found, at) and _numbered_on(found, at):
            inside = True
        if inside and found[at].role in ("body", "heading"):
            found[at] = replace(found[at], role="glossary")


def _closed(found: Sequence[Paragraph], at: int) -> bool:
    """Whether the report's last words stand close before: what follows them explains it."""
    return any(_LAST_WORDS.search(p.text) for p in found[max(0, at - 4) : at])


def _numbered_on(found: Sequence[Paragraph], at: int) -> bool:
    """Whether entries two and three of a numbered list of terms follow entry one."""
    near = [p.text for p in found[at + 1 : at + 12]]
    return all(any(_entry(n).match(text) for text in near) for n in (2, 3))


@cache
def _entry(number: int) -> re.Pattern[str]:
    return re.compile(
        rf"[\s　*]*[\[［(（〔]?{number}[\]］)）〕]?[.．、]?\s*[^：:。；\d][^：:。；]{{1,40}}[：:]"
    )


_ENTRY_ONE = re.compile(r"[\s　*]*[\[［(（〔]?1[\]］)）〕]?[.．、]?\s*[^：:。；]{2,40}[：:]")
