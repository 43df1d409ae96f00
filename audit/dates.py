"""Dates and times as people write them in questions."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


def first_day(text: str) -> date:
    """2019 → 2019-01-01, 2019-03 → 2019-03-01; ValueError for anything else than a date."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """2019 → 2019-12-31, 2019-02 → 2019-02-28; ValueError for anything else than a date."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def moment(text: str) -> datetime:
    """An ISO time, in local time where it names no zone; a bare day means its last moment."""
    found = datetime.fromisoformat(text)
    if len(text) <= 10:
        found = found.replace(hour=23, minute=59, second=59, microsecond=999999)
    return found if found.tzinfo else found.astimezone()


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = WRITTEN.match(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match.groups()
    date(int(year), int(month or 1), int(day or 1))  # raises for the 31st of February
    return int(year), int(month) if month else None, int(day) if day else None
