"""Dates as documents print them of themselves."""

from __future__ import annotations

from parsers.lazily import lazily
from parsers.time_mentions import HAN_YEAR_DIGITS

NUMBER = r"\s?(\d{1,2})\s?"
DAY = lazily(
    rf"(?<!\d)((?:19|20)\d\d)\s?(?:年{NUMBER}(?:月(?:{NUMBER}日)?)|[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d))"
)
HAN_DAY = lazily(
    r"([一二][九〇○零][〇○零一二三四五六七八九]{2})年(十[一二]?|[一二三四五六七八九])月(?:([一二三四五六七八九十]{1,3})日)?"
)


def printed_day(text: str) -> tuple[str, str, tuple[int, int]] | None:
    """The first date with a month in a line: as YYYY-MM[-DD], its words and where they stand."""
    if match := DAY.search(text):
        year, *rest = match.groups()
        month, day = (rest[0], rest[1]) if rest[0] else (rest[2], rest[3])
        numbers = (int(year), int(month), int(day) if day else None)
    elif match := HAN_DAY.search(text):
        numbers = (
            int("".join(str(HAN_YEAR_DIGITS[c]) for c in match.group(1))),
            han_number(match.group(2)),
            han_number(match.group(3)) if match.group(3) else None,
        )
    else:
        return None
    year_, month_, day_ = numbers
    if not 1 <= month_ <= 12 or (day_ is not None and not 1 <= day_ <= 31):
        return None
    value = f"{year_:04}-{month_:02}" + (f"-{day_:02}" if day_ else "")
    return value, match.group().strip(), match.span()


def han_number(words: str) -> int:
    """A number below 100 in Chinese: 六, 十五, 二十二."""
    tens, ten, ones = words.partition("十")
    digits = "〇一二三四五六七八九"
    if not ten:
        return digits.index(words)
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)
