"""What readers write in, and what was corrected."""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request, Response

from audit.asking.corrections import Sort, corrections
from audit.site import tables
from audit.site.filters import After, District
from audit.site.lists import correction_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Corrections
from audit.site.security import Pace
from audit.site.signing import SAME_SITE
from audit.site.viewing import PlainViewing, View, Viewing

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
Kind = Literal["error", "reply"]
Entry = Annotated[str, Path(pattern=r"^[0-9a-f]{8,64}$")]


@pages.get("/write/{kind}/{entry}")
def form(view: PlainViewing, kind: Kind, entry: Entry) -> Response:
    """The form for an error in an entry, or for a reply to it."""
    return view.page("write.html", kind=kind, entry=entry, sent=False)


@pages.post("/write/{kind}/{entry}", dependencies=[SAME_SITE])
def send(
    request: Request,
    view: PlainViewing,
    kind: Kind,
    entry: Entry,
    text: Annotated[str, Form(min_length=1, max_length=2000)],
    from_: Annotated[str, Form(alias="from", max_length=200)] = "",
    contact: Annotated[str, Form(max_length=200)] = "",
    trap: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep it for the review desk."""
    pace: Pace = request.app.state.letters
    address = request.client.host if request.client else ""
    if not pace.allows(address, time.monotonic()):
        raise HTTPException(429, view._("Too many attempts: wait a minute."))
    inbox = view.site.services.inbox
    if inbox is None:
        raise HTTPException(404, view._("Nothing can be sent from here."))
    told = {"kind": kind, "entry": entry, "text": text, "from": from_, "contact": contact}
    # The field that people do not see was filled in by a program.
    if not trap and not inbox.add(told):
        raise HTTPException(503, view._("The inbox is full: try again later."))
    return view.page("write.html", kind=kind, entry=entry, sent=True)


Shown = Annotated[int, Query(ge=1, le=100)]


Sorted = Annotated[Sort, Query(description="Corrected last first, or first first.")]


@router.get("/corrections", response_model=Corrections)
def correction_list(
    view: Viewing,
    district: District = None,
    sort: Sorted = "recorded",
    after: After = None,
    limit: Shown = 25,
) -> Any:
    """What this ledger said and says no more or otherwise, because it had read or judged wrongly.

    When (`at`), why (`cause`), what it said (`old`) and what it says now (`new`).
    """
    rows, following = corrected_as_shown(view, district, sort, after, limit)
    return view.json({"entries": rows, "next": following})


@pages.get("/corrections")
def corrected(
    view: Viewing,
    district: District = None,
    sort: Sorted = "recorded",
    after: After = None,
    limit: Shown = 25,
) -> Response:
    """The same as a page."""
    rows, following = corrected_as_shown(view, district, sort, after, limit)
    return view.page(
        "corrections.html", rows=rows, following=following, sort=sort, district=view.district(district)
    )


@pages.get("/corrections.{form}")
def file(
    view: Viewing,
    form: tables.Form,
    district: District = None,
    sort: Sorted = "recorded",
    after: After = None,
    limit: Shown = 25,
) -> Response:
    """The same as a file."""
    rows, following = corrected_as_shown(view, district, sort, after, limit)
    columns = correction_columns(view.site.services.wording, view.lang)
    return tables.answer(form, "corrections", columns, rows, {"next": following}, view)


def corrected_as_shown(
    view: View, district: str | None, sort: Sort, after: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of corrections as they may be shown, and where the next begins."""
    found, following = corrections(
        view.site.ledger,
        view.clocks,
        view.audience,
        after=after,
        limit=limit,
        sort=sort,
        district=view.district(district),
    )
    show = publisher(view)
    rows = [
        {**one, "old": show.entry(one["old"]), "new": show.entry(one["new"]) if one["new"] else None}
        for one in found
    ]
    return rows, following
