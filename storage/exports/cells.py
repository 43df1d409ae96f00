"""Text that is safe in a spreadsheet: what would be run as a formula is marked as text.

A cell that begins with = + - @ (or their full-width forms, also after blanks), a tab or a line break can
make a spreadsheet program compute, fetch or run something. Such text gets an apostrophe before it, which
makes it text; what begins with an apostrophe gets another one, so that nothing is lost.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"[\s\ufeff\u200b\x00]*[=+\-@＝＋－＠﹢﹣﹫−]|[\t\r\n'\x00]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPELT = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def guard(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might take it for a formula.

    >>> guard("=1+1"), guard("增长8%")
    ("'=1+1", '增长8%')
    """
    return "'" + text if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """Undo `guard`."""
    return text[1:] if text.startswith("'") else text


def fit(text: str) -> str:
    """The text without code points that XML cannot hold; each becomes U+FFFD, so that the loss shows.

    _x0041_ is how XLSX spells code points, so such text has its first sign spelt itself.
    """
    return _SPELT.sub("_x005F_", _UNFIT.sub("\ufffd", text))


def encodable(text: str) -> str:
    """The text with lone surrogates, which no encoding holds, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
