"""Years and dates of texts and promises, and which of two texts came first as far as their dates say."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.reading import Reading
from tracking.model import Version

_YEAR = re.compile(r"\d{4}")
_FIRST = "0000-01-01"
_LAST = "9999-12-31"


def bounds(published: str | None) -> tuple[str, str]:
    """First and last possible day of YYYY, YYYY-MM, YYYY-MM-DD or None, as comparable text."""
    if published is None:
        return _FIRST, _LAST
    return (published + _FIRST[len(published) :].replace("-00", "-01"), published + _LAST[len(published) :])


def published_of(version: Version) -> str | None:
    """The document's date as said, in whatever precision."""
    return version.reading.published.value if version.reading.published else None


def precedes(left: Version, right: Version) -> bool:
    """Whether the left text surely came before the right one: by dates, or replaced by it."""
    if right.supersedes == left.sha256:
        return True
    return bounds(published_of(left))[1] < bounds(published_of(right))[0]


def order_key(version: Version) -> tuple[str, str, str]:
    """A total order that respects dates as far as they go; the hash settles the rest."""
    first, last = bounds(published_of(version))
    return (last, first, version.sha256)


@lru_cache(maxsize=1024)
def years_of(period: str | None) -> tuple[int, int] | None:
    """First and last year of a period, None for an unknown one.

    >>> years_of("2016..2020")
    (2016, 2020)
    """
    found = _YEAR.findall(period or "")
    return (int(found[0]), int(found[-1])) if found else None


def plan_year(reading: Reading) -> int | None:
    """The year whose plan a document belongs to; of news without one the year it was published."""
    clue = reading.plan_year or reading.published
    years = years_of(clue.value) if clue else None
    return years[0] if years else None
