"""Full-text search over statements and texts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from audit.asking import searching
from audit.asking.searching import Where
from audit.site.filters import District
from audit.site.lists import statement_columns, text_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Hits
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from storage.queries.search import Found

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
WORDS = 100
Words = Annotated[str, Query(description="Words; a blank between two asks for both.", max_length=WORDS)]
In = Annotated[Where, Query(alias="in", description="Where to look.")]
After = Annotated[int | None, Query(ge=0, le=2**62, description="What the last answer gave as `next`.")]
Limit = Annotated[int, Query(ge=1, le=100)]
Sorted = Annotated[searching.Sort, Query(description="What was read last first, or first first.")]


def hits(
    view: View,
    words: str,
    where: Where,
    district: str | None,
    sort: searching.Sort,
    after: int | None,
    limit: int,
) -> Found:
    """Statements or texts with the words, as they may be shown."""
    place = view.district(district)
    if not words.strip():
        return Found([], None)
    found = searching.search(
        view.site.ledger, words, where, view.clocks, district=place, after=after, limit=limit, sort=sort
    )
    show = publisher(view)
    shown = show.statement if where == "statements" else show.hit
    return Found([shown(entry) for entry in found.entries], found.next)


@router.get("/search", response_model=Hits)
def search(
    view: Viewing, q: Words, in_: In = "statements", district: District = None,
    sort: Sorted = "read", after: After = None, limit: Limit = 25,
) -> Any:  # fmt: skip
    """Statements (or texts) that have every one of the words, those read last first."""
    found = hits(view, q, in_, district, sort, after, limit)
    told = view.unobserved(view.district(district)) if district else []
    return view.json({"entries": found.entries, "next": found.next, "not_observed": told})


@pages.get("/search")
def page(
    view: Viewing, q: Words = "", in_: In = "statements", district: District = None,
    sort: Sorted = "read", after: After = None, limit: Limit = 25,
) -> Response:  # fmt: skip
    """The search page."""
    found = hits(view, q, in_, district, sort, after, limit)
    return view.page("search.html", q=q, where=in_, found=found, district=view.district(district), sort=sort)


@pages.get("/search.{form}")
def file(
    view: Viewing, form: Form, q: Words, in_: In = "statements", district: District = None,
    sort: Sorted = "read", after: After = None, limit: Limit = 25,
) -> Response:  # fmt: skip
    """The same hits as a file."""
    found = hits(view, q, in_, district, sort, after, limit)
    columns = statement_columns(view.lang) if in_ == "statements" else text_columns(view.lang)
    return answer(form, "search", columns, found.entries, {"next": found.next}, view)
