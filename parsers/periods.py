"""Which period a time in a text means, given when the text was published.

A period is YYYY, YYYY-MM, YYYY-MM-DD or YYYY..YYYY.

What cannot be known stays None: a text without a date gives 今年 no year, and 下一步 has no end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from parsers.anchor import PLAN_DOCUMENTS, Anchor
from parsers.eras import eras, plans
from parsers.time_mentions import AIMS, Direction, Role, TimeClass, TimeMention, find_times

__all__ = [
    "Anchor",
    "Direction",
    "Role",
    "TimeClass",
    "TimeMention",
    "default_period",
    "due_by",
    "earlier",
    "find_times",
    "resolve",
    "resolve_all",
    "tense",
]

HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "O": 0,
    "０": 0,
    "两": 2,
}


def number(words: str) -> int | None:
    """A small count in digits of either width or in Chinese (12, ３, 十五, 两); None where open (三五年)."""
    if words.isdecimal():
        return int(words)
    if not words or any(c not in HAN_DIGITS and c != "十" for c in words):
        return None
    if "十" in words:
        tens, _, ones = words.partition("十")
        if len(tens) > 1 or len(ones) > 1 or ones == "十":
            return None
        return (HAN_DIGITS[tens] if tens else 1) * 10 + (HAN_DIGITS[ones] if ones else 0)
    if len(words) in (2, 3):
        return None  # 三五年: three to five
    value = 0
    for c in words:
        value = value * 10 + HAN_DIGITS[c]
    return value


NUMBER = "([0-9０-９]{1,4}|[一二三四五六七八九十两]{1,3})"
MONTH_DAY = re.compile(f"{NUMBER} ?月(?: ?{NUMBER} ?日)?")
MONTHS = re.compile(f"月?[-—–－~～至到]{{1,2}}{NUMBER} ?月")
LEADING_YEAR = re.compile(r"^(.{4}) ?年度?")
COUNT_OF_YEARS = re.compile(f"{NUMBER}(?:[-—–－~～至到]{NUMBER})?年")
EARLIER = re.compile(f"提前(?:近|约)?{NUMBER}年")
PLAN_NAME = re.compile("(?:十[一二三四五六]?|[一二三四五六七八九])五")
ORDINAL = re.compile("第([一二三四五六七八九十]{1,2})个")
PLAN_LAST_YEAR = re.compile("末|收官")


def resolve(mention: TimeMention, anchor: Anchor) -> str | None:
    """The period that a mention means; None where it cannot be known.

    What is due by a time has that time as its period (到2025年 is 2025, 到“十四五”末 is 2025).
    """
    return _resolve(mention.form, mention.words, mention.lead, mention.after, anchor)


@lru_cache(maxsize=4096)
def _resolve(form: str, words: str, lead: str, after: str, anchor: Anchor) -> str | None:
    if form in ("date", "han_date"):
        found = LEADING_YEAR.match(words)
        year = _year(found.group(1)) if found else None
        if year is None or found is None:
            return None
        if words.endswith("以来") and not MONTH_DAY.search(words, found.end()):
            return _since(year, anchor)
        return _within_year(year, words[found.end() :])
    if form == "years":
        numbers = re.findall("[0-9０-９]{4}", words)
        first, last = int(numbers[0]), int(numbers[1])
        return f"{first}..{last}" if first < last else None
    if form == "iso_day":
        return "{:04}-{:02}-{:02}".format(*map(int, re.split("[-./]", words)))
    if form in ("plan", "plan_ordinal"):
        return _plan(words, lead, after)
    if form in STRETCHES:
        return _stretch("coming_years" if form == "past_years" and lead in AIMS else form, words, anchor)
    if form == "since_event":
        start = next((year for name, year in eras() if name in words), None)
        return _since(start, anchor) if start else None
    year_of = YEAR_OF_FORM.get(form)
    year = year_of(anchor) if year_of else None
    if form in ("day_word", "this_month", "day_of_month"):
        return _near(form, words, anchor)
    if year is None:
        return None
    if form == "month" and anchor.type not in (*PLAN_DOCUMENTS, "communique") and anchor.looking == "back":
        named = MONTH_DAY.search(words)
        if named and anchor.month and (number(named.group(1)) or 0) > anchor.month:
            year -= 1
    return _within_year(year, words)


STRETCHES = frozenset({"past_years", "coming_years", "within"})
YEAR_OF_FORM: dict[str, Callable[[Anchor], int | None]] = {
    "this_year": lambda a: a.this_year,
    "last_year": lambda a: _shift(a.last_full_year if a.type == "communique" else a.this_year, -1),
    "year_before_last": lambda a: _shift(a.this_year, -2),
    "next_year": lambda a: _shift(a.this_year, 1),
    "whole_year": lambda a: a.current,
    "year_edge": lambda a: a.current,
    "half": lambda a: a.current,
    "quarter": lambda a: a.current,
    "month": lambda a: a.current,
    "months": lambda a: a.current,
}


def _shift(year: int | None, by: int) -> int | None:
    return None if year is None else year + by


def _year(words: str) -> int | None:
    digits = "".join(str(HAN_DIGITS.get(c, c)) for c in words)
    return int(digits) if digits.isdecimal() else None


def _within_year(year: int, words: str) -> str:
    """A month or day where the words name one; halves, quarters and runs of months count as their year."""
    found = MONTH_DAY.search(words)
    if not found or MONTHS.search(words):
        return f"{year:04}"
    month, day = number(found.group(1)), number(found.group(2) or "")
    if month is None or not 1 <= month <= 12:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day and day <= 31 else f"{year:04}-{month:02}"


def _since(start: int, anchor: Anchor) -> str | None:
    """From a year to the last one the text can know of."""
    end = anchor.last_full_year if anchor.type in (*PLAN_DOCUMENTS, "communique") else anchor.year
    if end is None or end < start:
        return None
    return f"{start}..{end}" if end > start else f"{start}"


def _plan(words: str, lead: str, after: str) -> str | None:
    name = PLAN_NAME.search(words)
    if name:
        years = plans().get(name.group())
    else:
        ordinal = ORDINAL.search(words)
        nth = number(ordinal.group(1)) if ordinal else None
        years = list(plans().values())[nth - 1] if nth and nth <= len(plans()) else None
    if years is None:
        return None
    if PLAN_LAST_YEAR.search(words) or after.startswith("收官") or lead in ("到", "至"):
        return f"{years[1]}"
    if after.startswith("开局") or re.search("期?初", words):
        return f"{years[0]}"
    return f"{years[0]}..{years[1]}"


def _stretch(form: str, words: str, anchor: Anchor) -> str | None:
    """近三年 are the full years before publication; 未来五年 begin with the plan year."""
    found = COUNT_OF_YEARS.search(words)
    count = number(found.group(2) or found.group(1)) if found else None
    if not count:
        return None
    if form == "past_years":
        end = anchor.last_full_year
        start = _shift(end, 1 - count)
    else:
        start = anchor.plan_year or anchor.year
        # A plan's years begin with its own; two years from a news day on end in the second next year.
        whole = anchor.type in PLAN_DOCUMENTS or form == "coming_years"
        end = _shift(start, count - 1 if whole else count)
    if start is None or end is None:
        return None
    return f"{start}..{end}" if start < end else f"{end}"


def _near(form: str, words: str, anchor: Anchor) -> str | None:
    """Words that need the month or day of publication: 本月, 今天, 14日."""
    if anchor.year is None or anchor.month is None:
        return None
    if form == "this_month":
        by = {"上": -1, "下": 1}.get(words[0], 0)
        months = anchor.year * 12 + anchor.month - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if form == "day_of_month":
        day = number(words[:-1])
        return f"{anchor.year:04}-{anchor.month:02}-{day:02}" if day and (anchor.day or 31) >= day else None
    if words[0] == "今" and anchor.day:
        return f"{anchor.year:04}-{anchor.month:02}-{anchor.day:02}"
    return None


def resolve_all(text: str, mentions: Iterable[TimeMention], anchor: Anchor) -> list[str | None]:
    """Each mention's period; a bare month or quarter belongs to the year named before it in its sentence."""
    periods: list[str | None] = []
    year: str | None = None
    last = 0
    for mention in mentions:
        if "。" in text[last : mention.start]:
            year = None
        last = mention.end
        period = resolve(mention, anchor)
        if mention.form in ("month", "months", "quarter", "half") and year is not None:
            period = _within_year(int(year), mention.words)
        elif (
            mention.role == "time"
            and period
            and ".." not in period
            and mention.form not in ("year_edge", "whole_year")
        ):
            year = period[:4]
        periods.append(period)
    return periods


def earlier(words: str, due: str) -> str:
    """A deadline that is to be met years before its time (提前两年完成2025年的任务: 2023); else itself.

    >>> earlier("提前两年完成", "2025"), earlier("提前完成", "2025")
    ('2023', '2025')
    """
    found, last = EARLIER.search(words), due.split("..")[-1]
    count = number(found.group(1)) if found is not None else None
    return f"{int(last) - count}" if count and count < 10 and len(last) == 4 else due


def default_period(kind: str, anchor: Anchor) -> str | None:
    """The period of a statement that names no time itself.

    Promises of a report, plan or list fall in its plan year, results of its review in the year before;
    elsewhere it is unknown.
    """
    if anchor.type not in PLAN_DOCUMENTS:
        return None
    if kind in ("target", "action"):
        return f"{anchor.plan_year}" if anchor.plan_year else None
    if kind == "result":
        return f"{anchor.last_full_year}" if anchor.last_full_year else None
    return None


def tense(period: str | None, anchor: Anchor) -> Direction:
    """Whether a resolved period lies behind or ahead of publication, as far as years can tell."""
    if period is None or anchor.this_year is None:
        return "neutral"
    first, last = int(period[:4]), int(period.split("..")[-1][:4])
    if last < anchor.this_year:
        return "past"
    return "forward" if first > anchor.this_year else "neutral"


EDGES: tuple[tuple[str, str], ...] = (
    ("上半年", "06"),
    ("前三季度|三季度|第3季度", "09"),
    ("二季度", "06"),
    ("一季度", "03"),
)


def due_by(mention: TimeMention, anchor: Anchor) -> str | None:
    """The last month or day that a deadline allows, finer than the period if possible (上半年: YYYY-06)."""
    period = resolve(mention, anchor)
    if period is None or len(period) != 4:
        return period.split("..")[-1] if period else None
    for words, month in EDGES:
        if re.search(words, mention.words):
            return f"{period}-{month}"
    return period
