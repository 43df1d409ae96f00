"""How likely two pieces of Chinese text belong together at the point where they meet.

No dictionary: a small table of character counts (which characters open a sentence, which close a
clause, which are bound to a right neighbour) and the words of the document itself.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

CLINGS = frozenset("的地得和与及或把被将让使以在对从向由于为给跟同按据更最很且并而其该各每我你他她它这那是")
"""Function words: a line that ends in one goes on, whatever comes next."""

TRAILS = frozenset("的地得等了着们之与和及或而")
"""No sentence begins with these, and they follow nearly any word."""

NEVER = 50
"""Uses in ten thousand below which a character counts as never closing a clause (opening a sentence)."""


class Character(NamedTuple):
    """One row of the table: rates per 10,000 uses and the right neighbours it is bound to."""

    opens: int
    closes: int
    bound: str


ASKS = frozenset("的和与及或把被将让使以")
"""Those of them that do not end a headline either."""

PREPOSITIONS = frozenset("以把将被让使由从向对与用")

_PAUSE = re.compile("[，,、。；：:]")
_VERBLESS = re.compile(f"[，,。；：:][{''.join(sorted(PREPOSITIONS))}][\u4e00-\u9fff]{{1,2}}$")

LISTS = "、，,"
OPENERS, CLOSERS = "“‘（(《【「", "”’）)》】」"

UNSEEN = Character(200, 2000, "")
"""A character too rare for the table (most stand in names) proves nothing."""


@cache
def _table() -> dict[str, Character]:
    rows = files("parsers").joinpath("data/characters.tsv").read_text(encoding="utf-8").splitlines()
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {c[0]: Character(int(c[1]), int(c[2]), c[3]) for c in cells}


def character(char: str) -> Character:
    """What the table knows of a character."""
    return _table().get(char, UNSEEN)


def is_han(char: str) -> bool:
    """Whether it is a common Chinese character (not a digit, letter or mark)."""
    return "\u4e00" <= char <= "\u9fff"


def inside_word(left: str, right: str) -> bool:
    """Whether these two characters usually stand in one word, or both in one number or Latin name."""
    if is_han(left):
        return right in character(left).bound
    return bool(left) and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def clings(text: str) -> bool:
    """Whether the text ends in a function word (把, 向) that does not itself end a word (方向)."""
    last = text[-1:]
    if last not in CLINGS:
        return False
    return character(last).closes < 2 * NEVER or not inside_word(text[-2:-1], last)


def lacks_verb(text: str) -> bool:
    """Whether the last clause is a preposition and its noun only (以数字, 把项目)."""
    return _VERBLESS.search(text[-5:]) is not None


def breaks_word(char: str) -> bool:
    """Whether a line that ends here ends inside a word: nothing closes with this character."""
    return is_han(char) and char not in CLINGS and character(char).closes < NEVER


def unclosed(text: str) -> str:
    """The opening quotes and brackets that the text does not close."""
    opened: list[str] = []
    for mark in text:
        if mark in OPENERS:
            opened.append(mark)
        elif mark in CLOSERS and opened and OPENERS.index(opened[-1]) == CLOSERS.index(mark):
            opened.pop()
    return "".join(opened)


def is_torn(text: str) -> bool:
    """Whether a line certainly breaks off: in a list, after a function word, inside a word or quotation."""
    bare = text.rstrip()
    if not bare:
        return False
    last = bare[-1]
    if len(bare) <= 30 and not _PAUSE.search(bare):
        return last in ASKS or breaks_word(last) or bool(unclosed(bare))
    return last in LISTS or clings(bare) or lacks_verb(bare) or breaks_word(last) or bool(unclosed(bare))


def begins_inside(text: str) -> bool:
    """Whether the text can hardly be the beginning of a sentence."""
    first = text[:1]
    if not is_han(first):
        return first in "，、。；：”’）》,.;:%％)"
    return first in TRAILS or character(first).opens < 20 or text[1:2] in "，,、；。"


def echo(left: str, right: str, document: str) -> int:
    """Length of the longest stretch across the gap that the document prints elsewhere unbroken (0: none)."""
    best = 0
    for k in range(1, min(5, len(left) + 1)):
        if left[-k] in "，。、；：“”\n" or left[-k:] + right[:1] not in document:
            break
        for m in range(1, min(5, len(right) + 1)):
            if right[m - 1] in "，。、；：“”\n" or left[-k:] + right[:m] not in document:
                break
            best = max(best, k + m)
    return best


def always_goes_on(tail: str, document: str) -> bool:
    """Whether the document prints these last characters elsewhere, and there always inside a longer word."""
    if len(tail) < 3:
        return False
    at, seen = document.find(tail), 0
    while at >= 0 and seen < 20:
        after = document[at + len(tail) : at + len(tail) + 1]
        if is_han(after):
            if not inside_word(tail[-1], after):
                return False
            seen += 1
        elif after not in ("\n", "\r", ""):
            return False
        at = document.find(tail, at + 1)
    return seen > 0
