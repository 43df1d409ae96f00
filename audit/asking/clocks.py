"""The two clocks of a question: what held on a day, and what the ledger knew at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from audit.dates import last_day, moment
from storage import dates
from tracking.words.marking import marked as _


class ClockError(ValueError):
    """A clock that cannot be read; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """as_of: only what texts dated by that day say. known_at: only what the ledger held then. None: now."""

    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def now(self) -> bool:
        """Whether both clocks stand at now."""
        return self.as_of is None and self.known_at is None

    def holds(self, said: str | None, edition: str | None = None) -> bool:
        """Whether something said on an imprecise date was said by the day asked about.

        Where the date is unknown, the year of the edition decides; where that is unknown too, it is left out.
        """
        if self.as_of is None:
            return True
        last = dates.last_day(said) if said else None
        if last is not None:
            return last <= self.as_of.isoformat()
        year = (edition or "")[:4]
        return year.isdigit() and int(year) <= self.as_of.year

    def query(self) -> dict[str, str]:
        """The clocks as parameters of a link."""
        told = {}
        if self.as_of is not None:
            told["as_of"] = self.as_of.isoformat()
        if self.known_at is not None:
            told["known_at"] = self.known_at.isoformat().replace("+00:00", "Z")
        return told


def clocks(as_of: str | None, known_at: str | None) -> Clocks:
    """The clocks that two texts mean (YYYY, YYYY-MM or a day; an ISO time or a day); raises ClockError."""
    try:
        day = last_day(as_of.strip()) if as_of and as_of.strip() else None
    except (ValueError, OverflowError):
        raise ClockError(_("as_of must be YYYY, YYYY-MM or YYYY-MM-DD")) from None
    try:
        # A plus sign in an address is a blank to whoever reads it.
        text = known_at.strip().replace(" ", "+") if known_at and known_at.strip() else None
        time = None if text is None else moment(text)
        if time is not None:
            time.timestamp()
    except (ValueError, OverflowError, OSError):
        raise ClockError(_("known_at must be a time like 2026-11-20T18:30+08:00")) from None
    return Clocks(day, time)
