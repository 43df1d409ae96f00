"""Chinese, Arabic and mixed numerals as exact decimals: 两千一百零五, 1.1万, 百亿, 1,234.5, ３００."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
MAGNITUDES = SMALL | LARGE
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
CHINESE = "".join(DIGITS) + "".join(MAGNITUDES)
MOST_DIGITS = 24
"""Longer runs are codes or noise, never an amount."""


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral; None where the characters form none (三五, 万千).

    A bare magnitude counts once (百亿 is 10,000,000,000); 一百五 is 150, 三万二 is 32,000; three or more
    digits in a row are read by position (二〇二五).
    """
    if not text or len(text) > MOST_DIGITS:
        return None
    if all(c in DIGITS for c in text):
        if len(text) == 2:
            return None
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    before = ""
    for c in text:
        if c in DIGITS:
            if DIGITS.get(before):
                return None
            digit = DIGITS[c]
        elif c in SMALL:
            if before in SMALL or (before in DIGITS and not digit):
                return None
            section += (digit or 1) * SMALL[c]
            digit = 0
        elif c not in LARGE:
            return None
        else:
            section += digit
            if not section and not total:
                section = 1
            if c == "亿":
                total = (total + section) * LARGE[c]
            elif section or before in LARGE:
                total += section * LARGE[c]
            section = digit = 0
        before = c
    if digit and len(text) > 1 and text[-2] in "百千万亿":
        # 一百五: a lone last digit counts in the next lower magnitude.
        digit *= MAGNITUDES[text[-2]] // 10
    return Decimal(total + section + digit)


def span_of_two(text: str) -> tuple[Decimal, Decimal] | None:
    """Two neighbouring digits said as one amount: 两三 is 2 to 3, 七八十 is 70 to 80."""
    if len(text) < 2 or text[0] not in DIGITS or text[1] not in DIGITS:
        return None
    low, high = DIGITS[text[0]], DIGITS[text[1]]
    if not 0 < low < high <= low + 2 or any(c in DIGITS for c in text[2:]):
        return None
    scale = chinese(text[2:]) if text[2:] else Decimal(1)
    return None if scale is None else (low * scale, high * scale)


@lru_cache(maxsize=16384)
def number(text: str) -> Decimal | None:
    """The value of any numeral, digits and magnitudes mixed (1.1万, 3亿2千万, 12,000, ３.５)."""
    if not text or len(text) > MOST_DIGITS:
        return None
    if not text.isascii():
        text = text.translate(FULL_WIDTH)
    if text[0] not in "0123456789":
        return chinese(text)
    if text.isascii():
        return _decimal(text)
    total = section = Decimal(0)
    i, n = 0, len(text)
    while i < n:
        start = i
        while i < n and text[i] in "0123456789.,":
            i += 1
        part = _decimal(text[start:i])
        if part is None:
            return None
        while i < n and text[i] in SMALL:
            part *= SMALL[text[i]]
            i += 1
        section += part
        while i < n and text[i] in LARGE:
            if text[i] == "亿":
                total, section = (total + section) * LARGE["亿"], Decimal(0)
            else:
                total, section = total + section * LARGE["万"], Decimal(0)
            i += 1
        if i < n and text[i] in SMALL:
            return None
    return total + section


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "") if "," in text else text)
    except ArithmeticError:
        return None
