"""The start page, the legend, and the choice of language."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from audit.asking import changes
from audit.asking.clocks import Clocks
from audit.site.due_page import rows
from audit.site.place import Site
from audit.site.publishing import publisher
from audit.site.viewing import PlainViewing, Viewing
from storage.queries import Counts, counts
from storage.queries.counting import longest
from tracking.model import ChangeKind

router = APIRouter(include_in_schema=False)
MOST_ENTRIES = 5000
"""Entries of a ledger up to which the first page works out what is due and waits for what is counted."""
LATELY = 8
"""Entries that the first page tells."""
GROUPS = ("change", "grade", "review", "direction", "kind", "life", "lineage", "standing", "outcome")


@router.get("/")
def start(view: Viewing) -> Response:
    """What changed lately, where to look, search."""
    site = view.site
    lately = view.remembered(
        ("lately", view.clocks, view.audience), lambda: lately_of(site, view.clocks, view.audience)
    )
    large = longest(site.ledger) > MOST_ENTRIES
    number = None if large and view.clocks.known_at else held(site, view.clocks.known_at, wait=not large)
    shown = publisher(view).entries(lately)
    due = []
    if not large:
        due = rows(view, None, 90, ["due_soon", "awaiting_report"])
        view.day = None  # the page is about more than what is due
    health = site.services.health(site.ledger) if site.services.health else []
    return view.page(
        "start.html", lately=shown, number=number, places=view.places()[:40], due=due, health=health
    )


def lately_of(site: Site, clocks: Clocks, audience: changes.Audience) -> list[dict[str, Any]]:
    """What was recorded last: first what differs or was reported back, then what is new, which every text is
    full of."""
    found: list[dict[str, Any]] = []
    for kinds in (tuple(kind for kind in get_args(ChangeKind) if kind not in ("new", "restated")), ("new",)):
        if len(found) == LATELY:
            break
        question = changes.ChangeQuestion(clocks=clocks, audience=audience, kinds=kinds, sort="recorded")
        found += changes.ask(site.ledger, question, limit=LATELY).entries
    return found[:LATELY]


def held(site: Site, known_at: datetime | None, *, wait: bool = True) -> Counts | None:
    """How much the ledger holds: counting takes a while where that is much. wait: until it is counted; else
    None stands for what is being counted."""
    if known_at is not None:
        return site.remembered(("counts", known_at), lambda: counts(site.ledger, known_at=known_at))
    return site.lately("counts", lambda: counts(site.ledger), wait=wait)


@router.get("/legend")
def legend(view: Viewing) -> Response:
    """Every word people see, what it means and what it does not mean."""
    return view.page("legend.html", groups=GROUPS)


@router.get("/language/{to}")
def language(
    view: PlainViewing, to: Literal["zh", "en"], back: Annotated[str, Query(max_length=2000)] = "/"
) -> Any:
    """Choose a language and go on where one was."""
    parts = urlsplit(back)
    local = (
        not parts.scheme and not parts.netloc and back.startswith("/") and not back.startswith(("//", "/\\"))
    )
    answer = RedirectResponse(back if local and back.isprintable() else "/", 303)
    secure = view.request.url.scheme == "https"
    answer.set_cookie("lang", to, max_age=31_536_000, httponly=True, samesite="lax", secure=secure)
    return answer
