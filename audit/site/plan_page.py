"""One edition of a plan, or two of them as a diff."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response
from fastapi.responses import JSONResponse

from audit.asking import plans
from audit.site.filters import PERIOD, LevelFilter, days_of
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Plan
from audit.site.viewing import View, Viewing
from parsers.statement import Level

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
District = Annotated[str, Query(description="A place by any unambiguous tail.", min_length=1, max_length=60)]
Period = Annotated[str, Query(max_length=12, pattern=PERIOD, examples=["2020"])]
Against = Annotated[str | None, Query(max_length=12, pattern=PERIOD, description="Compare with this one.")]


def _found(
    view: View, district: str, period: str, against: str | None, level: Level | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The editions, and with `against` what changed between the two periods."""
    ledger, clocks = view.site.ledger, view.clocks
    known = plans.periods(ledger, district, clocks)
    for asked in filter(None, (period, against)):
        if asked not in known:
            sentence = view._("{place} has no edition {asked}; it has {known}.")
            told = ", ".join(known[-12:]) or "0"
            raise HTTPException(404, sentence.format(place=district, asked=asked, known=told))
    show = publisher(view)
    editions = editions_of(view, district, period, level)
    if against is None:
        return editions, []
    entries = plans.comparison(ledger, district, period, against, level, clocks, view.audience)
    return editions, [show.entry(e) for e in entries]


def editions_of(view: View, district: str, period: str, level: Level | None) -> list[dict[str, Any]]:
    """The editions of a period as they may be shown."""
    show = publisher(view)
    return [
        {**e, "statements": [show.statement(s) for s in e["statements"]]}
        for e in plans.plan(view.site.ledger, district, period, level, view.clocks)
    ]


@router.get("/plan", response_model=Plan)
def plan(
    view: Viewing, district: District, period: Period, against: Against = None, level: LevelFilter = None
) -> Any:
    """One edition with its statements; with `against` also what changed between the two."""
    place = view.district(district) or district
    editions, entries = _found(view, place, period, against, level)
    told = view.unobserved(place, *days_of(period))
    return JSONResponse({"editions": editions, "changes": entries, "not_observed": told})


@pages.get("/plans/{name}/{period}")
def page(
    view: Viewing,
    name: Annotated[str, Path(max_length=60)],
    period: Annotated[str, Path(max_length=12, pattern=PERIOD)],
    against: Against = None,
    level: LevelFilter = None,
) -> Response:
    """The edition, or the diff."""
    district = view.district(name) or name
    against = None if against == period else against
    editions, entries = _found(view, district, period, against, level)
    older, newer = sorted((period, against)) if against else (None, period)
    systems: list[dict[str, Any]] = []
    if against and older:
        other = editions_of(view, district, against, level)
        pair = (other, editions) if older == against else (editions, other)
        systems = plans.systems(*pair)
    return view.page(
        "plan.html",
        district=district,
        period=period,
        against=against,
        older=older,
        newer=newer,
        level=level,
        editions=editions,
        groups=plans.grouped(entries),
        systems=systems,
        periods=plans.periods(view.site.ledger, district, view.clocks),
        unobserved=view.unobserved(district, *days_of(period)),
    )
