"""Full-text search over statements and texts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from audit.site.filters import District
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Hits
from audit.site.viewing import View, Viewing
from storage.queries.search import Found, search_statements, search_texts

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
WORDS = 100
Words = Annotated[str, Query(description="Words; a blank between two asks for both.", max_length=WORDS)]
In = Annotated[Literal["statements", "texts"], Query(alias="in", description="Where to look.")]
After = Annotated[int | None, Query(ge=0, le=2**62, description="What the last answer gave as `next`.")]
Limit = Annotated[int, Query(ge=1, le=100)]


def hits(view: View, words: str, where: str, district: str | None, after: int | None, limit: int) -> Found:
    """Statements or texts with the words, as they may be shown."""
    look = search_statements if where == "statements" else search_texts
    found = look(
        view.site.ledger,
        words,
        district=view.district(district),
        known_at=view.clocks.known_at,
        after=after,
        limit=limit,
    )
    show = publisher(view)
    shown = show.statement if where == "statements" else show.hit
    kept = [e for e in found.entries if view.clocks.holds(e["published_on"], e.get("period"))]
    return Found([shown(entry) for entry in kept], found.next)


@router.get("/search", response_model=Hits)
def search(
    view: Viewing, q: Words, in_: In = "statements", district: District = None, after: After = None,
    limit: Limit = 25,
) -> Any:  # fmt: skip
    """Statements (or texts) that have every one of the words, those read last first."""
    found = hits(view, q, in_, district, after, limit)
    return JSONResponse({"entries": found.entries, "next": found.next})


@pages.get("/search")
def page(
    view: Viewing, q: Words = "", in_: In = "statements", district: District = None, after: After = None
) -> Response:
    """The search page."""
    found = hits(view, q, in_, district, after, 25) if q.strip() else Found([], None)
    return view.page("search.html", q=q, where=in_, found=found, district=view.district(district))
