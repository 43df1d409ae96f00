"""When two texts are alike: what is compared, and a sketch by which like texts are found.

A text is compared by its statements (all that it states, whatever stands round it on the page) and by runs
of its letters. Its sketch is the smallest of its statements' hashes (bottom-k, Broder 1997): texts that share
most of their statements share most of their sketches, so that whoever looks for copies asks for equal hashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b, sha256
from zlib import crc32

from parsers.statement import Statement

SKETCH = 16
"""Hashes in a sketch: of two texts that share two thirds of their statements, one in a million pairs shows
fewer than a quarter of these in common."""
SIZE = 16
"""Hex digits of a statement's hash."""
_TELLING = frozenset("0123456789〇零一二三四五六七八九十百千万亿两东南西北中上下左右")
RUN = 5
"""Letters in a run."""
FIGURES = 6
"""Figures that two texts about different places do not have in common by chance, in the same words."""
_FIGURE = re.compile(r"\d+[^\W\d_]{3}")  # digits first: three times as fast as letters first
_TAGS = re.compile(r"<[^>]*>")
_MARKS = re.compile(r"(?!(?<=\d)\.(?=\d)|(?<=\d)[%‰]|(?<!\d)[-+](?=\d))[\W_]")
"""What is no part of a word or a figure: a point between digits is, and a percent behind one."""


def letters(text: str) -> str:
    """The letters and digits of a text in one width, without tags, blanks and punctuation.

    >>> letters("<b>１0％以上</b>， 即 10.5 亿元")
    '10%以上即10.5亿元'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", _TAGS.sub("", text)))


def said(statement: Statement) -> str:
    """A hash of what a statement claims: equal ones claim the same in the same words."""
    # Equal words may have read other parts, told elsewhere in the text; who is in charge stands beside them.
    claim = (
        statement.kind,
        letters(statement.text),
        _amounts(statement),
        statement.framework,
        statement.responsible,
    )
    owner = (statement.district, statement.level)
    return sha256(repr((claim, owner)).encode()).hexdigest()[:SIZE]


def _amounts(statement: Statement) -> tuple[tuple[object, ...], ...]:
    """The amounts of a statement, wherever they stand."""
    return tuple((q.op, q.approx, q.value, q.high, q.unit) for q in statement.quantities)


def misprinted(left: Statement, right: Statement) -> bool:
    """Whether statements with the same amounts differ in one letter that is no number and no direction: those
    make it another thing. How the rest was read follows from the letter.
    """
    if (left.kind, left.responsible, _amounts(left)) != (right.kind, right.responsible, _amounts(right)):
        return False
    a, b = letters(left.text), letters(right.text)
    differ = [pair for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    return len(a) == len(b) and len(differ) == 1 and not set(differ[0]) & _TELLING


def sketch(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The sketch of a text: the smallest of its statements' hashes, in order."""
    return tuple(sorted({said(statement) for statement in statements})[:SKETCH])


def may_be_alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two sketches have enough in common for their texts to be compared."""
    common = len(set(left) & set(right))
    return common >= max(1, min(len(left), len(right)) // 4)


def figures(text: str) -> tuple[int, ...]:
    """A sketch of a text by its figures: the smallest hashes of numbers with the three letters behind them.

    It takes a tenth of the time of looking at statements and knows no place: a text filed elsewhere has the
    same. Nothing for a text that writes no number in digits.

    >>> figures("新增就业１2000人以上。") == figures("<p>新增就业12000人以上")
    True
    """
    found = unicodedata.normalize("NFKC", " ".join(set(_FIGURE.findall(text))))
    hashes = {
        int.from_bytes(blake2b(one.encode("utf-8", "surrogatepass"), digest_size=7).digest())
        for one in found.split()
    }
    return tuple(sorted(hashes)[:SKETCH])


def same_figures(left: Collection[int], right: Collection[int]) -> bool:
    """Whether sketches share three quarters of the fuller one, and `FIGURES`: they are of one text."""
    fuller = max(len(left), len(right))
    return len({*left} & {*right}) >= max(FIGURES, -(-fuller * 3 // 4))


def runs(text: str) -> frozenset[int]:
    """Hashes of a text's runs of letters."""
    found = letters(text)
    return frozenset(crc32(found[at : at + RUN].encode()) for at in range(len(found) - RUN + 1))


def held(left: frozenset[int], right: frozenset[int]) -> float:
    """The share of the shorter text's runs that the longer one has: 1.0 for one that quotes it whole."""
    return len(left & right) / max(1, min(len(left), len(right)))
