"""Which fragments of a broken page belong together, and how sure that is.

A *head* is a paragraph that breaks off, a *tail* one that may continue it. Every pair is scored by
place, by continuity of words across the gap, by open quotes and by grammar; the assignment with the
best total wins, each fragment used once. What stays without a tail is left open, never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.assignment import assign
from parsers.cohesion import (
    LISTS,
    NEVER,
    OPENERS,
    TRAILS,
    always_goes_on,
    begins_inside,
    breaks_word,
    character,
    clings,
    echo,
    inside_word,
    is_han,
    is_torn,
    lacks_verb,
    unclosed,
)
from parsers.lines import CLOSERS, FINAL, is_final, is_salutation, is_signed
from parsers.text import Paragraph, Role

REACH = 12
"""How many paragraphs on either side a continuation is looked for."""
LEAST = 1.5
"""Score below which two fragments are not joined."""
SURE = 3.0
"""Score from which a join is sure, where no rival comes within one point."""
WRAPPED = 200
"""With so many heads the lines are merely wrapped: each goes on in the next."""

INSETS: frozenset[Role] = frozenset({"caption", "pull_quote", "furniture", "byline"})
"""Roles that stand in running text without belonging to it."""

_LABEL = re.compile(r"[^，。、：:“”]{2,10}[:：]|(?:问|答)[:：]")
_ITEM = re.compile(
    r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、.．)）]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|——|[-*|#●■◆▲►]"
)
_LEAD = re.compile(
    r"(?:19|20)\d\d年|今年|近年|去年|同时|此外|另外|目前|如今|下一步|接下来|为此|据了解|其中|在此基础上|[^，。]{2,6}方面[,，]|“"
)
_DATELINE = re.compile(r"[\w ]{2,14}(?:消息|讯|电)\s*[（(：:]")
_ROW = re.compile(r"\s[\d.,]+$")
_SENTENCE_INSIDE = re.compile(r"[。！？；].")


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraph `tail` continues paragraph `head` (indices); why says what the score rests on."""

    head: int
    tail: int
    score: float
    sure: bool
    why: str


def strays(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Indices of the paragraphs that can hardly begin a sentence, and so want a head (none if too many)."""
    found = [
        at
        for at, paragraph in enumerate(paragraphs)
        if paragraph.role == "body" and len(paragraph.text) >= 8 and begins_inside(paragraph.text.lstrip())
    ]
    return found if len(found) <= WRAPPED else []


def wanted(paragraphs: Sequence[Paragraph], at: int, loose: Sequence[int], document: str) -> bool:
    """Whether the line ends in half a word, which the text completes elsewhere or a `loose` one near it."""
    left = paragraphs[at].text.rstrip()
    if len(left) < 6 or _ITEM.match(left):
        return False
    if ("，" in left or "," in left) and always_goes_on(left[-3:], document):
        return True
    for tail in loose[bisect_left(loose, at - REACH) : bisect_right(loose, at + REACH)]:
        right = paragraphs[tail].text.lstrip()
        if tail == at or not is_han(right[0]) or not is_han(left[-1]):
            continue
        if inside_word(left[-1], right[0]) or echo(left, right, document) > 2:
            return True
    return False


def heads(paragraphs: Sequence[Paragraph], loose: Sequence[int], document: str) -> list[int]:
    """Indices of the paragraphs that break off. Cheap: nearly every paragraph ends with a full stop."""
    found: list[int] = []
    signed: bool | None = None
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if not text or text[-1] in FINAL or text[-1] in ".．>" or paragraph.role != "body":
            continue
        text = text.rstrip()
        if not text or text[-1] in CLOSERS:
            continue
        if len(text) >= 30 and signed is None:
            signed = in_newspaper(paragraphs)
        if _openness(text) + (len(text) >= 30 and signed is True) + _left_over(paragraphs, at) >= 3 or wanted(
            paragraphs, at, loose, document
        ):
            found.append(at)
    return found


def in_newspaper(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether reporters sign the page: then it is edited well, and a missing full stop means a tear."""
    return any(p.role == "byline" and is_signed(p.text) for p in paragraphs[:30])


def _left_over(paragraphs: Sequence[Paragraph], at: int) -> float:
    """Whether the next paragraph begins with what no sentence begins with, and so wants a head."""
    after = next((p.text.lstrip() for p in paragraphs[at + 1 : at + 4] if p.role == "body"), "")
    bare = bool(after) and (after[0] in TRAILS or after[0] in "，、。；：,;")
    return 3.0 if bare and len(paragraphs[at].text) >= 8 else 0.0


def _openness(text: str) -> float:
    """How clearly a line without a full stop is running text that breaks off (3: clear enough to ask)."""
    if _ROW.search(text[-12:]):
        return 0  # a row of figures
    last_sentence = text[text.rfind("。") + 1 :].strip()
    if len(last_sentence) <= 45 and _ITEM.match(last_sentence) and not is_torn(text):
        return 0  # a list's item or a heading, which may be printed behind the paragraph before it
    score = 3.0 if is_torn(text) and (len(text) >= 8 or text[-1] in LISTS) else 0.0
    if _SENTENCE_INSIDE.search(text):
        score += 3
    if len(text) >= 30:
        score += 1 + (len(text) >= 45) + (len(text) >= 60)
    return score + ("，" in text or "," in text)


def is_open(text: str, document: str) -> bool:
    """Whether a head without a tail was cut, rather than merely printed without its full stop."""
    text = text.rstrip()
    last = character(text[-1]) if text and is_han(text[-1]) else None
    seldom = last is not None and last.closes < 10 * NEVER
    return seldom or is_torn(text) or always_goes_on(text[-3:], document)


def links(paragraphs: Sequence[Paragraph], found: Sequence[int], document: str) -> list[Link]:
    """The joins of the heads `found`, each head and each tail used at most once, no circles."""
    signed = in_newspaper(paragraphs)
    if len(found) > WRAPPED:
        return list(_wrapped(paragraphs, found, signed))
    scored: dict[int, dict[int, tuple[float, str]]] = {}
    for head in found:
        for tail in _candidates(paragraphs, head, document):
            score, why = _score(paragraphs, head, tail, document, signed)
            if score >= LEAST:
                scored.setdefault(head, {})[tail] = (score, why)
    chosen = assign({h: {t: s for t, (s, _) in tails.items()} for h, tails in scored.items()})
    taken = set(chosen.values())
    wooed: dict[int, dict[int, float]] = {}
    for head, tails in scored.items():
        for tail, (score, _) in tails.items():
            wooed.setdefault(tail, {})[head] = score
    result = []
    for head, tail in sorted(chosen.items()):
        score, why = scored[head][tail]
        rivals = [s for t, (s, _) in scored[head].items() if t not in taken]
        rivals += [s for h, s in wooed[tail].items() if h not in chosen]
        sure = score >= SURE and all(score - rival >= 1 for rival in rivals)
        result.append(Link(head, tail, score, sure, why))
    return result


def _wrapped(paragraphs: Sequence[Paragraph], found: Sequence[int], signed: bool) -> Iterator[Link]:
    """Each head with the next line of running text: no two heads have the same."""
    for head, end in zip(found, [*found[1:], len(paragraphs)], strict=True):
        bodies = range(head + 1, min(end + 1, head + 1 + REACH, len(paragraphs)))
        tail = next(
            (at for at in bodies if paragraphs[at].role == "body" and paragraphs[at].text.strip()), None
        )
        if tail is not None:
            score, why = _score(paragraphs, head, tail, "", signed)
            if score >= LEAST:
                yield Link(head, tail, score, score >= SURE, why)


def _candidates(paragraphs: Sequence[Paragraph], head: int, document: str) -> list[int]:
    """The next paragraph of running text, and those around that can hardly begin a sentence."""
    found, is_next, left = [], True, paragraphs[head].text.rstrip()
    for tail in range(head + 1, min(len(paragraphs), head + 1 + REACH)):
        if paragraphs[tail].role != "body" or not paragraphs[tail].text.strip():
            continue
        right = paragraphs[tail].text.lstrip()
        if (
            is_next
            or _interposed(paragraphs, head, tail)
            or begins_inside(right)
            or echo(left, right, document) > 2
        ):
            found.append(tail)
        is_next = False
    for tail in range(head - 1, max(-1, head - 1 - REACH), -1):
        if paragraphs[tail].role == "body" and begins_inside(paragraphs[tail].text):
            found.append(tail)
    return found


def _between(paragraphs: Sequence[Paragraph], head: int, tail: int) -> list[Paragraph]:
    low, high = min(head, tail), max(head, tail)
    return [p for p in paragraphs[low + 1 : high] if p.role not in INSETS and p.text.strip()]


def _interposed(paragraphs: Sequence[Paragraph], head: int, tail: int) -> bool:
    """Whether only short complete sentences stand between: captions or pull quotes that nothing marks."""
    between = _between(paragraphs, head, tail)
    return len(between) <= 2 and all(len(p.text) <= 45 and is_final(p.text) for p in between)


def _score(
    paragraphs: Sequence[Paragraph], head: int, tail: int, document: str, signed: bool
) -> tuple[float, str]:
    left, right = paragraphs[head].text.rstrip(), paragraphs[tail].text.lstrip()
    between = _between(paragraphs, head, tail)
    long = sum(1 for p in between if len(p.text) > 45 or not is_final(p.text))
    if head < tail:
        score, why = 3 - 0.6 * long - 0.3 * (len(between) - long), "next" if not between else "after an inset"
    else:
        score, why = 0.5 - 0.25 * len(between), "stands before its beginning"
    word, word_why = _continuity(left, right, document)
    score += word
    if word < 0 and head > tail:
        return score, why
    if head > tail and word < 2 and not _closes(right):
        return 0.0, why
    if (len(between) or head > tail) and word > 0 and character(right[0]).opens < 20:
        score += 1
    marks, marks_why = _marks(left, right)
    start = _start(left, right)
    total = score + marks + start
    if word <= 0 and marks <= 0 and start in (0.0, 0.75, -1.0):
        # Nothing speaks for it but the place: reports leave a full stop out, newspapers hardly ever.
        total = min(total - (0.5 if signed else 1.5), SURE - 0.1)
    return total, ", ".join(part for part in (why, word_why, marks_why) if part)


def _continuity(left: str, right: str, document: str) -> tuple[float, str]:
    """Do the characters that meet form a word, in this document or in general?"""
    last, first = left[-1], right[0]
    if last in LISTS:
        return (1.5, "a list goes on") if first not in LISTS else (-3.0, "")
    if clings(left):
        bound = 0.5 if inside_word(last, first) else 0.0
        return 1.5 + bound, f"{last} asks for more"
    asks = 1.5 if lacks_verb(left) else 0.0
    length = echo(left, right, document)
    common = inside_word(last, first)
    torn = common or breaks_word(last) or character(first).opens < 20
    if length >= 3 or (length == 2 and common):
        worth = {2: 2.5, 3: 3.0, 4: 3.5}.get(length, 4.5) - (0 if torn else 1.5)
        return worth + asks, f"“{left[-2:]}|{right[:2]}” stands in this text unbroken"
    if common:
        return 2.0 + asks, f"“{last}{first}” is a word"
    if asks:
        return asks, "a verb is missing"
    if first in TRAILS or (not is_han(first) and first not in OPENERS):
        return 1.0, ""
    if breaks_word(last):
        return -5.0, ""
    return (-1.0 if is_han(last) and character(last).closes < 200 else 0.0), ""


def _marks(left: str, right: str) -> tuple[float, str]:
    """An open quote or bracket on the left wants its closing mark on the right."""
    opened = unclosed(left)
    wanted = _closes(right)
    if opened and wanted:
        return 2.0, "closes a quote or bracket"
    if opened:
        return -1.0, ""
    return (-1.0 if wanted else 0.0), ""


def _closes(text: str) -> bool:
    """Whether a closing mark comes before any opening one."""
    mark = re.search(r"[“”‘（(）)《》]", text)
    return mark is not None and mark.group() in "”）)》"


def _start(left: str, right: str) -> float:
    """Does the right side look like the beginning or like the middle of a sentence?"""
    asks = left[-1] in LISTS or clings(left)
    if _ITEM.match(right) or _LABEL.match(right) or is_salutation(right) or _DATELINE.match(right):
        return -5.0
    if right[0] in "“‘" and right.rstrip()[-1] in "”’" and unclosed(left) == "":
        return -4.0  # a whole quotation set apart
    if _LEAD.match(right):
        return -0.5 if asks else -2.5
    if begins_inside(right):
        return 2.25 if not is_han(right[0]) or right[0] in TRAILS or right[1:2] in LISTS else 0.75
    if len(right) < 12:
        return 0.5
    return 0.0 if asks or character(right[0]).opens < 100 else -1.0
