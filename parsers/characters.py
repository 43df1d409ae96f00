"""Characters that read as another one (full width, compatibility forms) or as nothing (zero width)."""

from __future__ import annotations

import re
import unicodedata

# Punctuation keeps its full-width form: Chinese text is punctuated with it. Folded is what numbers,
# formulas and Latin names are written with, where ０ and 0 must not make two readings.
_WIDE = (
    "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
    + "％＋－．／＝＜＞＆"
)
# Radicals and compatibility ideographs come from PDF fonts: they look like the character and are another.
_COMPATIBLE = [chr(c) for c in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))]
_FOLDS: dict[int, str] = {
    ord(c): folded for c in (*_WIDE, *_COMPATIBLE) if len(folded := unicodedata.normalize("NFKC", c)) == 1
} | {0xA0: " ", 0x2007: " ", 0x202F: " "}

FOLDABLE = re.compile(r"[\xa0\u2007\u202f０-９Ａ-Ｚａ-ｚ％＋－．／＝＜＞＆\u2f00-\u2fd5\uf900-\ufa6d]")
"""A character that `fold` replaces by another single one."""

_NOTHING = r"\x00-\x08\x0e-\x1b\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
INVISIBLE = re.compile(f"[{_NOTHING}]+")
"""Characters without any ink: a word with one inside is still that word."""

_BLANK = r"\t\n\x0b\x0c\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WITHOUT_INK_BETWEEN = (*range(0x3001), *range(0xFE00, 0xFF00))
EDGE = "".join(re.findall(f"[{_NOTHING}{_BLANK}]", "".join(map(chr, _WITHOUT_INK_BETWEEN))))
"""What is trimmed from the ends of a paragraph: blanks of any width and invisible characters."""

LINE = re.compile(f"[^{_NOTHING}{_BLANK}][^\\n\\r\\x0b\\x0c\\x85\\u2028\\u2029]*")
"""A line from its first visible character to its end; blank lines do not match."""


def fold(text: str) -> str:
    """The text with full-width digits, letters and signs as plain ones; its length never changes."""
    return text.translate(_FOLDS) if FOLDABLE.search(text) else text
