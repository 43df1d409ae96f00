"""Sentences and clauses of a paragraph, by their punctuation.

A clause is the smallest unit that a statement's span is made of: what stands between ，。；： and their
half-width forms, brackets kept whole, quotes and blanks at its edges left outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BREAK = re.compile(
    r"（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|《[^《》\n]{0,60}》"  # kept whole
    r"|(?P<end>[。！？!?\n]+)|(?P<semi>[；;])|(?P<comma>[，：]|(?<!\d)[,:]|[,:](?!\d)|……|——)"
)
_EDGE = " \t\u3000\xa0\u200b，。；：,.;:!?！？、…—－*#_·►▲■●◆○\r\n"
_OPEN, _CLOSE = "“‘『「【[", "”’』」】]"
_PAIR = dict(zip(_CLOSE, _OPEN, strict=True))


@dataclass(slots=True)
class Clause:
    """Clause [start, end) of a paragraph; `sentence` counts sentences, `first` opens one."""

    start: int
    end: int
    sentence: int
    first: bool
    mark: str
    """The mark that closes it: ， ； 。 ： or nothing at the end of the paragraph."""


def clauses(text: str) -> Iterator[Clause]:
    """Clauses in order, empty ones left out, edges trimmed."""
    start, sentence, first = 0, 0, True
    for found in _BREAK.finditer(text):
        kind = found.lastgroup
        if kind is None:
            continue
        edges = trim(text, start, found.start())
        if edges is not None:
            mark = "。" if kind == "end" else "；" if kind == "semi" else text[found.start()]
            yield Clause(edges[0], edges[1], sentence, first, mark)
            first = False
        if kind == "end":
            if not first:
                sentence += 1
            first = True
        start = found.end()
    edges = trim(text, start, len(text))
    if edges is not None:
        yield Clause(edges[0], edges[1], sentence, first, "")


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
