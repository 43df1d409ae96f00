"""Sentences and clauses of a paragraph, by their punctuation.

A clause is the smallest unit that a statement's span is made of: what stands between ，。；： and their
half-width forms, brackets kept whole, quotes and blanks at its edges left outside.
"""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

_BREAK = re.compile(
    # One set in front lets the search run over everything else; what was found is looked at behind it.
    r"[（(《。！？!?\n；;，：,:…—](?:"
    r"(?<=（)[^（）\n]{0,120}）|(?<=\()[^()\n]{0,120}\)|(?<=《)[^《》\n]{0,60}》"  # kept whole
    r"|(?<=[。！？!?\n])[。！？!?\n]*|(?<=[；;：])|(?<=，)(?:(?<!\d，)|(?!\d{3}(?!\d)))|(?<=[,:])(?:(?<!\d[,:])|(?!\d))|(?<=…)…|(?<=—)—)"
)
_CIRCLED = re.compile(r"(?:^|[：。，；])\s*①")
"""Circled numbers that count items, not footnotes: their row begins a paragraph or follows a mark."""
_BREAK_ITEMS = re.compile(_BREAK.pattern.replace("[（(", "[②-⑳（(", 1).replace("—)—)", "—)—|(?<=[②-⑳]))"))
_WHOLE = frozenset("（(《")
_ENDS = dict.fromkeys("。！？!?\n", "。") | dict.fromkeys("；;②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "；")
_EDGE = " \t\u3000\xa0\u200b，。；：,.;:!?！？、…—－*#_·►▲■●◆○\r\n"
_OPEN, _CLOSE = "“‘『「【[", "”’』」】]"
_PAIR = dict(zip(_CLOSE, _OPEN, strict=True))
_TRIMMED = frozenset(_EDGE + _OPEN + _CLOSE)


class Clause(NamedTuple):
    """Clause [start, end) of a paragraph; `sentence` counts sentences, `first` opens one."""

    start: int
    end: int
    sentence: int
    first: bool
    mark: str
    """The mark that closes it: ， ； 。 ： or nothing at the end of the paragraph."""


_clause = partial(tuple.__new__, Clause)
"""A clause of its fields in order: half of what calling the class takes, for the record made most often."""


def clauses(text: str) -> list[Clause]:
    """Clauses in order, empty ones left out, edges trimmed."""
    found: list[Clause] = []
    add = found.append
    start, sentence, first = 0, 0, True
    items = "①" in text and _CIRCLED.search(text) is not None
    for match in (_BREAK_ITEMS if items else _BREAK).finditer(text):
        at, behind = match.span()
        sign = text[at]
        if sign in _WHOLE:
            continue
        mark = _ENDS.get(sign, sign)
        if start < at and text[start] not in _TRIMMED and text[at - 1] not in _TRIMMED:
            add(_clause((start, at, sentence, first, mark)))
            first = False
        elif edges := trim(text, start, at):
            add(_clause((*edges, sentence, first, mark)))
            first = False
        if mark == "。":
            if not first:
                sentence += 1
            first = True
        start = behind
    if edges := trim(text, start, len(text)):
        found.append(Clause(edges[0], edges[1], sentence, first, ""))
    return found


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Edges without blanks, marks and quotes that do not pair inside; None where nothing is left."""
    while True:
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start >= end:
            return None
        head, tail = text[start], text[end - 1]
        if head in _CLOSE or (head in _OPEN and not _closes(text, start, end)):
            start += 1
        elif tail in _OPEN or (tail in _CLOSE and not _opens(text, start, end)):
            end -= 1
        elif (
            head in _OPEN
            and _PAIR.get(tail) == head
            and text.find(tail, start + 1, end - 1) < 0
            and (end - start > 24)
        ):
            start, end = start + 1, end - 1  # a whole quoted utterance, not a quoted name
        else:
            return start, end


def _closes(text: str, start: int, end: int) -> bool:
    close = _CLOSE[_OPEN.index(text[start])]
    return text.find(close, start + 1, end) >= 0


def _opens(text: str, start: int, end: int) -> bool:
    return text.find(_PAIR[text[end - 1]], start, end - 1) >= 0
