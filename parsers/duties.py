"""Who is to do it and by when, where a list says so behind each item.

“1.新建小学8所（责任单位：区教育局；完成时限：12月底）”, “（区教育局牵头）”, or lines of their own below
the item. The words that assign are no part of what is promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lazily import lazily
from parsers.text import Paragraph

LONGEST_DUTY = 200
"""Characters of the bodies in charge; what is longer is another text."""
_LONGEST_DUE = 60
_UNIT = (
    "(?:责任)?牵头(?:责任|实施)?(?:单位|部门)|(?:主要)?(?:责任|负责|实施|承办|主办|落实)(?:单位|部门|主体)"
)
_DUE = "(?:计划|要求)?(?:完成|办结)(?:时限|时间|期限)|时间节点|时限要求|时限"
_OTHER = "(?:配合|协办|参与)(?:责任)?(?:单位|部门)|(?:牵头|责任|分管)(?:区|市|县)?领导|责任人|联系人"
_LABEL = lazily(f"[【\\[]?(?:(?P<unit>{_UNIT})|(?P<due>{_DUE})|(?P<other>{_OTHER}))[】\\]]?[ \u3000]?[：:]")
_HINT = lazily(
    "(?:单位|部门|主体|时限|时间|期限|节点|领导|责任人|联系人)[】\\]]?[ \u3000]?[：:]|"
    "(?:负责|牵头)[^（）()。]{0,30}[）)]"
)
"""One search that most paragraphs end with."""
_BRACKET = lazily(r"[（(](?P<inner>[^（）()\n]{2,300})[）)]")
_LINE = lazily(
    "(?<![^。；;！？，,\\s）)])(?=[【\\[]?(?:牵头|责任|主要|主办|承办|实施|落实|负责|完成|办结|计划|要求|时限|时间|配合))"
)
_BY = lazily(
    r"(?:由)?(?P<units>[\u4e00-\u9fa5、，,和及A-Za-z0-9]{2,120}?[局委办部院会司厅处中心街镇乡府团社队站县区市校]等?)"
    r"(?:按(?:照)?职责(?:分工)?|分别|共同|具体|牵头)*(?:牵头|负责)"
)
_MARKS = "；;，,、。. \t\u3000【】[]"
_ITEM = lazily(
    r"[ \u3000]*(?:\d{1,3}[.．、](?!\d)|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]|"
    r"[一二三四五六七八九十]{1,3}、|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[件项])"
)
_LONGEST_ITEM = 8
"""Paragraphs that one item of a list runs over at most."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who and by when, for what stands in front of character `end` of a paragraph (behind the last duty)."""

    end: int
    responsible: str = ""
    due: str = ""
    """The words of the deadline as printed."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A paragraph's text with blanks for the words that assign, and the duties in order."""

    text: str
    duties: tuple[Duty, ...]


def assigned(paragraphs: Sequence[Paragraph]) -> dict[int, Assigned]:
    """Paragraphs of lists whose items say who is in charge or until when, by their number."""
    found: dict[int, Assigned] = {}
    item: list[int] = []
    numbered = closed = False
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        # The first items of a short list stand where a page has its title.
        if paragraph.role != "body" and not (paragraph.role == "title" and _ITEM.match(text)):
            item = []
            continue
        here = _read(text) if _may_assign(text) else None
        if here is not None and not here.text.strip(_MARKS):
            duty = here.duties[-1]
            for at in item:
                found[at] = _with(found.get(at), paragraphs[at].text, duty)
            found[number] = Assigned(here.text, ())
            closed = True
            continue
        if here is not None:
            found[number] = here
        begins = _ITEM.match(text) is not None
        if begins or closed or not numbered or len(item) >= _LONGEST_ITEM:
            item, numbered = [number], begins
        else:
            item.append(number)
        closed = False
    return found


def _may_assign(text: str) -> bool:
    """Few paragraphs have a colon or a body that is charged: the search is spared in the others."""
    charged = "：" in text or ":" in text or "负责" in text or "牵头" in text
    return charged and _HINT.search(text) is not None


def _with(before: Assigned | None, text: str, duty: Duty) -> Assigned:
    """The item with what another line below it says."""
    if before is None:
        return Assigned(text, (Duty(len(text), duty.responsible, duty.due),))
    *first, last = before.duties or (Duty(len(text)),)
    merged = Duty(len(text), last.responsible or duty.responsible, last.due or duty.due)
    return Assigned(before.text, (*first, merged))


def _read(text: str) -> Assigned | None:
    stretches = sorted([*_bracketed(text), *_tails(text)])
    if not stretches:
        return None
    parts: list[str] = []
    duties: list[Duty] = []
    here = 0
    for start, end, responsible, due in stretches:
        if start < here:
            continue
        parts.append(text[here:start])
        # What follows without a mark between is another item.
        apart = (
            end < len(text)
            and text[end] not in "；;，,、。！？："
            and text[start - 1 : start] not in ("。", "；")
        )
        parts.append(("；" if apart else " ") + " " * (end - start - 1))
        duties.append(Duty(start, responsible, due))
        here = end
    parts.append(text[here:])
    return Assigned("".join(parts), tuple(duties))


def _bracketed(text: str) -> list[tuple[int, int, str, str]]:
    found = []
    for match in _BRACKET.finditer(text):
        said = _said(match["inner"])
        if said is not None:
            found.append((match.start(), match.end(), *said))
    return found


def _said(words: str) -> tuple[str, str] | None:
    """Bodies and deadline of the words in a bracket; None where they assign nothing."""
    if _LABEL.match(words.lstrip(_MARKS)):
        return labelled(words)
    by = _BY.match(words) if "负责" in words or "牵头" in words else None
    if by is None or len(words) - by.end() > _LONGEST_DUE:
        return None
    rest = words[by.end() :].strip(_MARKS)
    if rest and not rest.endswith(("完成", "配合", "前", "底", "参与", "负责")):
        return None
    return by["units"].strip(_MARKS), rest if rest.endswith(("完成", "前", "底")) else ""


def labelled(words: str) -> tuple[str, str]:
    """Bodies in charge and deadline of “label: value” pairs, the leading body first."""
    labels = list(_LABEL.finditer(words))
    units: dict[str, None] = {}
    due = ""
    for label, ends in zip(labels, [*(m.start() for m in labels[1:]), len(words)], strict=True):
        value = " ".join(words[label.end() : ends].strip(_MARKS).split())
        if label["unit"] and 0 < len(value) <= LONGEST_DUTY:
            units[value] = None
        elif label["due"] and len(value) <= _LONGEST_DUE:
            due = value
    return "；".join(units)[:LONGEST_DUTY], due


def _tails(text: str) -> list[tuple[int, int, str, str]]:
    """Labels with their values that stand in the open: up to the end of the last one's sentence."""
    found: list[tuple[int, int, str, str]] = []
    end = 0
    for begin in _LINE.finditer(text):
        start = begin.start()
        label = _LABEL.match(text, start)
        if label is None or start < end:
            continue
        full = text.find("。", label.end(), label.end() + LONGEST_DUTY)
        end = full + 1 if full >= 0 else min(len(text), label.end() + LONGEST_DUTY)
        pair = labelled(text[start:end])
        if found and not text[found[-1][1] : start].strip(_MARKS):
            first, _, responsible, due = found.pop()
            found.append((first, end, responsible or pair[0], due or pair[1]))
        else:
            found.append((start, end, *pair))
    return found
