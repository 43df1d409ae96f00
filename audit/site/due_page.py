"""What is due, as a page, as files and as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Response

from audit.asking.pages import page_of
from audit.ical import calendar
from audit.site.filters import After, District, Limit
from audit.site.lists import due_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Due
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from audit.standing import due as standing_due
from storage.queries.counting import longest
from tracking.words.labels import names

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
State = Literal["due_soon", "due_later", "awaiting_report", "overdue", "reported", "done"]
States = Annotated[list[State] | None, Query(description="Only what stands so; else what is open.")]
Days = Annotated[int, Query(ge=0, le=3660, description="Days within which `due_soon` falls.")]
Sort = Literal["due", "due_desc"]
Sorted = Annotated[Sort, Query(description="What is due first, or last.")]
OPEN: tuple[State, ...] = ("due_soon", "awaiting_report", "overdue")
MOST_ENTRIES = 20_000
"""Entries of a ledger beyond which a place has to be named: the view reads the log of what it is about."""


def rows(view: View, district: str | None, within: int, state: list[State] | None) -> list[dict[str, Any]]:
    """What stands so on the day asked about, or today; raises HTTPException."""
    ledger, clocks = view.site.ledger, view.clocks
    place = view.district(district)
    if place is None and longest(ledger) > MOST_ENTRIES:
        raise HTTPException(400, view._("This ledger is large: name a place."))
    # Overdue is a word about absence: strangers see it only where somebody reviewed the entry in the log.
    states = tuple(state or OPEN)
    if view.audience == "public":
        states = tuple(s for s in states if s != "overdue")
    on = clocks.as_of or date.today()
    view.day = on
    key = ("due", place, on, within, states, clocks.known_at)
    found = view.remembered(
        key,
        lambda: standing_due(
            ledger,
            on=on,
            within=timedelta(days=within),
            district=place,
            states=states,
            known_at=clocks.known_at,
        ),
    )
    show = publisher(view)
    return [show.due(row) for row in found]


def listed(
    view: View,
    district: str | None,
    within: int,
    state: list[State] | None,
    sort: Sort,
    after: str | None,
    limit: int,
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of them, and where the next begins."""
    return page_of(
        f"due {sort}",
        rows(view, district, within, state),
        lambda r: (r["due"], r["district"], r["commitment"]["id"], r["edition"] or ""),
        after,
        limit,
        descending=sort == "due_desc",
    )


@router.get("/due", response_model=Due)
def due(
    view: Viewing,
    district: District = None,
    within: Days = 30,
    state: States = None,
    sort: Sorted = "due",
    after: After = None,
    limit: Limit = 50,
) -> Any:
    """What is due on a day, awaits its report, or has none although the report is there."""
    found, following = listed(view, district, within, state, sort, after, limit)
    told = view.unobserved(view.district(district))
    return view.json({"entries": found, "next": following, "not_observed": told})


@pages.get("/due")
def page(
    view: Viewing,
    district: District = None,
    within: Days = 90,
    state: States = None,
    sort: Sorted = "due",
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The list."""
    found, following = listed(view, district, within, state, sort, after, limit)
    return view.page(
        "due.html",
        rows=found,
        following=following,
        district=view.district(district),
        unobserved=view.unobserved(view.district(district)),
        within=within,
        state=state,
        sort=sort,
        states=[s for s in names("standing") if view.audience == "operator" or s != "overdue"],
        on=view.clocks.as_of or date.today(),
    )


@pages.get("/due.ics")
def ics(view: Viewing, district: District = None, within: Days = 365, state: States = None) -> Response:
    """The due dates for a calendar program: all of them, a calendar has no pages."""
    text = calendar(rows(view, district, within, state), datetime.now(UTC))
    return Response(text, media_type="text/calendar; charset=utf-8")


@pages.get("/due.{form}")
def file(
    view: Viewing,
    form: Form,
    district: District = None,
    within: Days = 90,
    state: States = None,
    sort: Sorted = "due",
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The same page as a file."""
    found, following = listed(view, district, within, state, sort, after, limit)
    told = {"next": following, "not_observed": view.unobserved(view.district(district))}
    return answer(form, "due", due_columns(view.lang), found, told, view)
