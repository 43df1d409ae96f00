"""Imprecise dates as texts give them: YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def last_day(said: str | None) -> str | None:
    """The last day (ISO) that an imprecise date can mean; None for an unknown or impossible one."""
    if said is None:
        return None
    try:
        parts = [int(part) for part in said.split("-")]
        if len(parts) == 1:
            return date(parts[0], 12, 31).isoformat()
        if len(parts) == 2:
            return date(parts[0], parts[1], monthrange(*parts)[1]).isoformat()
        year, month, day = parts
        return date(year, month, day).isoformat()
    except ValueError:
        return None
