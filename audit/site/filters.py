"""The parameters that lists take, for pages, files and API alike; and what of them becomes a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from audit.asking.changes import ChangeQuestion
from audit.asking.clocks import ClockError
from audit.asking.commitments import CommitmentQuestion
from audit.dates import first_day, last_day
from audit.site.viewing import AsOf, View, Viewing
from parsers.statement import Level
from tracking.model import ChangeKind, Grade
from tracking.words.marking import marked as _

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
PERIOD = r"^\d{4}(\.\.\d{4})?$"
CommitmentKind = Literal["target", "action", "framework"]
Life = Literal["one-off", "running", "recurring"]
Issuer = Literal["party", "government", "congress", "department", "third_party", "unknown"]
Direction = Literal[
    "raised", "lowered", "advanced", "postponed", "widened", "narrowed", "hardened", "softened", "reworded"
]
Area = Literal[
    "housing", "transport", "environment", "education", "health", "welfare", "rural", "innovation", "culture",
    "safety", "government", "economy", "other",
]  # fmt: skip
District = Annotated[
    str | None,
    Query(
        description="A place by any unambiguous tail of its name; the nation is 全国.",
        max_length=60,
        examples=["市中区"],
    ),
]
LevelFilter = Annotated[Level | None, Query(description="Only this level of government.")]
Period = Annotated[
    str | None, Query(description="An edition: YYYY or YYYY..YYYY.", max_length=12, pattern=PERIOD)
]
Day = Annotated[str | None, Query(max_length=10, pattern=DATE)]
After = Annotated[
    str | None, Query(description="Where the last page said that the next begins.", max_length=1500)
]
Limit = Annotated[int, Query(ge=1, le=200, description="Entries on a page.")]
Hash = Annotated[str | None, Query(description="SHA-256 of a text's bytes.", pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Listed:
    """A question with the page asked for."""

    question: Any
    after: str | None
    limit: int


def changes_asked(
    view: Viewing,
    district: District = None,
    level: LevelFilter = None,
    kind: Annotated[list[ChangeKind] | None, Query(description="Only these kinds of change.")] = None,
    grade: Annotated[Grade | None, Query(description="Only what rests on this ground.")] = None,
    edition: Period = None,
    commitment_kind: Annotated[CommitmentKind | None, Query(description="Only this kind of promise.")] = None,
    area: Annotated[
        Area | None, Query(description="Only this subject area, by the words of an entry.")
    ] = None,
    issuer: Annotated[Issuer | None, Query(description="Only what this body said.")] = None,
    document: Hash = None,
    since: Day = None,
    until: Day = None,
    direction: Annotated[Direction | None, Query(description="Only changes in this direction.")] = None,
    sort: Annotated[Literal["said", "said_asc", "recorded", "recorded_asc"], Query()] = "said",
    after: After = None,
    limit: Limit = 25,
) -> Listed:
    """What is asked of the change log."""
    question = ChangeQuestion(
        clocks=view.clocks,
        audience=view.audience,
        district=view.district(district),
        level=level,
        kinds=tuple(kind or ()),
        grade=grade,
        edition=edition,
        commitment_kind=commitment_kind,
        area=area,
        issuer=issuer,
        document=document,
        since=_day(since, _("since must be YYYY, YYYY-MM or YYYY-MM-DD"), first_day),
        until=_day(until, _("until must be YYYY, YYYY-MM or YYYY-MM-DD"), last_day),
        direction=direction,
        sort=sort,
    )
    return Listed(question, after, limit)


def commitments_asked(
    view: Viewing,
    district: District = None,
    level: LevelFilter = None,
    kind: Annotated[CommitmentKind | None, Query(description="Only this kind of promise.")] = None,
    life: Annotated[Life | None, Query(description="One-off, running or recurring.")] = None,
    subject: Annotated[str | None, Query(max_length=200, description="Its exact words.")] = None,
    edition: Period = None,
    sort: Annotated[
        Literal["recorded", "title"], Query(description="Last concluded first; or by title (with a place).")
    ] = "recorded",
    after: After = None,
    limit: Limit = 25,
) -> Listed:
    """What is asked of the commitments."""
    question = CommitmentQuestion(
        clocks=view.clocks,
        district=view.district(district),
        level=level,
        kind=kind,
        life=life,
        subject=subject,
        edition=edition,
        sort=sort,
    )
    return Listed(question, after, limit)


ChangesAsked = Annotated[Listed, Depends(changes_asked)]
CommitmentsAsked = Annotated[Listed, Depends(commitments_asked)]
__all__ = ["AsOf", "ChangesAsked", "CommitmentsAsked", "District", "LevelFilter", "Listed", "Period", "View"]


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period (2026, 2021..2025)."""
    years = [int(year) for year in period.split("..")]
    return date(years[0], 1, 1), date(years[-1], 12, 31)


def _day(text: str | None, fault: str, read: Callable[[str], date]) -> date | None:
    if not text:
        return None
    try:
        return read(text)
    except (ValueError, OverflowError):
        raise ClockError(fault) from None
