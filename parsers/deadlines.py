"""The period that a deadline's words mean: 6月底前, 全年, 上半年, 2025.12."""

from __future__ import annotations

import re

from parsers.periods import Anchor, due_by, find_times, resolve

_YEAR_MONTH = re.compile(r"\s*((?:19|20)\d\d)\s*[.\-/]\s*(1[0-2]|0?[1-9])\s*(?:月?底?前?)\s*")
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*")


def period_of(words: str, anchor: Anchor) -> str | None:
    """YYYY[-MM[-DD]] or YYYY..YYYY by which (in which) it is due; None for 持续推进 and other open words.

    Of several times the last one counts: a row that names steps is due with the last of them.
    """
    if found := _YEAR_MONTH.fullmatch(words):
        return f"{found.group(1)}-{int(found.group(2)):02}"
    if (found := _YEAR.fullmatch(words)) is not None:
        return found.group(1)
    mentions = [m for m in find_times(words) if m.role == "time"]
    if not mentions:
        return None
    last = mentions[-1]
    period = resolve(last, anchor.facing("ahead"))
    if period is None or ".." in period:
        return period
    period = due_by(last, anchor.facing("ahead"))
    year = _named_year(words)
    # 2025年3月开工，10月完工: a bare month belongs to the year that was named before it.
    if period is not None and last.form in ("month", "quarter", "half", "year_edge") and year:
        return year + period[4:]
    return period


def _named_year(words: str) -> str | None:
    found = re.findall("(?:19|20)\\d\\d(?=年)", words)
    return found[-1] if found else None
