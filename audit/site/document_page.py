"""Texts: the list, and one text with its statements highlighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from fastapi.responses import RedirectResponse

from audit.asking import documents
from audit.site.filters import After, District, Limit
from audit.site.lists import document_columns
from audit.site.marking import marked
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Documents, Text
from audit.site.tables import Form, answer
from audit.site.viewing import Viewing

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
Sha256 = Annotated[str, Path(description="SHA-256 of the text's bytes.", pattern=r"^[0-9a-f]{64}$")]
Rights = Annotated[Literal["official", "press", "unknown"] | None, Query(description="Whose words they are.")]
Sorted = Annotated[documents.Sort, Query(description="Read last first (or first first), or by date.")]


@dataclass(frozen=True, slots=True)
class Texts:
    """A page of the list: the place (full name) and whose words were asked for, the texts, the next page, and
    when nobody saw the place's sources."""

    district: str | None
    rights: str | None
    sort: str
    entries: list[dict[str, Any]]
    next: str | None
    unobserved: list[str]


def texts(
    view: Viewing,
    district: District = None,
    rights: Rights = None,
    sort: Sorted = "read",
    after: After = None,
    limit: Limit = 25,
) -> Texts:
    """The page asked for, by page, file and API alike."""
    place = view.district(district)
    entries, following = documents.ask(
        view.site.ledger, view.clocks, district=place, rights=rights, sort=sort, after=after, limit=limit
    )
    show = publisher(view)
    return Texts(place, rights, sort, [show.listed(d) for d in entries], following, view.unobserved(place))


Asked = Annotated[Texts, Depends(texts)]


@router.get("/documents", response_model=Documents)
def document_list(view: Viewing, found: Asked) -> Any:
    """The texts, those read last first."""
    return view.json({"entries": found.entries, "next": found.next, "not_observed": found.unobserved})


@router.get("/documents/{sha256}", response_model=Text)
def text(view: Viewing, sha256: Sha256) -> Any:
    """One text with everything read from it."""
    found = documents.document(view.site.ledger, sha256, view.clocks)
    if found is None:
        raise HTTPException(404, view._("The ledger has no text with this hash, or none of that day."))
    return view.json(publisher(view).document(found))


@pages.get("/documents")
def page(view: Viewing, found: Asked) -> Response:
    """The list."""
    return view.page("documents.html", found=found)


@pages.get("/documents.{form}")
def file(view: Viewing, form: Form, found: Asked) -> Response:
    """The list as a file."""
    told = {"next": found.next, "not_observed": found.unobserved}
    return answer(form, "documents", document_columns(view.lang), found.entries, told, view)


@pages.get("/texts/{beginning}")
def shortened(view: Viewing, beginning: Annotated[str, Path(pattern=r"^[0-9a-f]{8,64}$")]) -> Response:
    """Where a mail's link to a text leads."""
    found = documents.named(view.site.ledger, beginning)
    if len(found) != 1:
        raise HTTPException(404, view._("The ledger has no text with this hash, or none of that day."))
    return RedirectResponse(view.link(f"/documents/{found[0]}"), 307)


@pages.get("/documents/{sha256}")
def document(view: Viewing, sha256: Sha256) -> Response:
    """The text with its statements in place."""
    found = documents.document(view.site.ledger, sha256, view.clocks)
    if found is None:
        raise HTTPException(404, view._("The ledger has no text with this hash, or none of that day."))
    shown = publisher(view).document(found)
    content = None
    if shown["text"]:
        content = marked(
            shown["text"],
            shown["media"],
            [s for s in shown["statements"] if not s.get("withheld")],
            lambda s: (
                view.link(f"/commitments/{s['commitment']['id']}") + f"#k{s['key'][:16]}"
                if s["commitment"]
                else None
            ),
        )
    made = view.page("document.html", one=shown, content=content)
    made.headers["X-Robots-Tag"] = "noindex"
    return made
