"""Projects and named systems: the list of a place, and the lineage of one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Response

from audit.asking import lineages
from audit.asking.pages import page_of
from audit.site.filters import After, Limit
from audit.site.lists import lineage_columns, lineages_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Lineage, Lineages
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from storage.strangers import masked
from tracking.words.marking import marked as _

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
District = Annotated[str, Query(description="A place by any unambiguous tail.", min_length=1, max_length=60)]
Name = Annotated[
    str, Query(description="What a project or system is called, or its formula.", min_length=2, max_length=60)
]
Kind = Annotated[Literal["project", "system"] | None, Query(description="Only projects, or only systems.")]
Sorted = Annotated[lineages.Sort, Query(description="Those of most editions first, or by name.")]


STAGES = {"规划": _("being planned"), "开工": _("begun"), "建成": _("built")}


def listed(
    view: View, district: str, kind: str | None, sort: lineages.Sort, after: str | None, limit: int
) -> tuple[str, list[dict[str, Any]], str | None]:
    """The place, a page of what its promises name, and where the next begins."""
    place = view.district(district) or district
    key = ("lineages", place, view.clocks)
    every = view.remembered(key, lambda: lineages.names(view.site.ledger, place, view.clocks))
    found, following = page_of(
        f"lineages {sort}",
        [one for one in every if kind in (None, one["kind"])],
        lambda one: lineages.order_of(one, sort),
        after,
        limit,
    )
    return place, masked(found) if view.audience == "public" else found, following


def found(view: View, district: str, name: str) -> dict[str, Any]:
    """The lineage of what is called so, as it may be shown; raises HTTPException."""
    place = view.district(district) or district
    one = lineages.lineage(view.site.ledger, place, name, view.clocks, view.audience)
    if one is None:
        sentence = view._("No sentence of {place} names {name}: see its list of projects and systems.")
        raise HTTPException(404, sentence.format(place=place, name=name))
    show = publisher(view)
    return {
        **one,
        "not_observed": view.unobserved(place),
        "commitments": [show.commitment(c) for c in one["commitments"]],
        "steps": [show.statement(s) for s in one["steps"]],
        "changes": show.entries(one["changes"]),
    }


@router.get("/lineages", response_model=Lineages)
def lineage_list(
    view: Viewing,
    district: District,
    kind: Kind = None,
    sort: Sorted = "editions",
    after: After = None,
    limit: Limit = 25,
) -> Any:
    """The projects and named systems that a place's promises name."""
    place, entries, following = listed(view, district, kind, sort, after, limit)
    told = {"district": place, "entries": entries, "next": following}
    return view.json({**told, "not_observed": view.unobserved(place)})


@router.get("/lineage", response_model=Lineage)
def one_lineage(view: Viewing, district: District, name: Name) -> Any:
    """A project or named system over the years: every sentence on it, with stages or parts."""
    return view.json(found(view, district, name))


@pages.get("/lineages")
def page(
    view: Viewing,
    district: District,
    kind: Kind = None,
    sort: Sorted = "editions",
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The list."""
    place, entries, following = listed(view, district, kind, sort, after, limit)
    return view.page(
        "lineages.html",
        district=place,
        entries=entries,
        following=following,
        kind=kind,
        sort=sort,
        unobserved=view.unobserved(place),
    )


@pages.get("/lineages.{form}")
def file(
    view: Viewing,
    form: Form,
    district: District,
    kind: Kind = None,
    sort: Sorted = "editions",
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The list as a file."""
    place, entries, following = listed(view, district, kind, sort, after, limit)
    told = {"next": following, "not_observed": view.unobserved(place)}
    return answer(form, "lineages", lineages_columns(view.lang), entries, told, view)


@pages.get("/lineage")
def lineage(view: Viewing, district: District, name: Name) -> Response:
    """One of them."""
    stages = {stage: view._(word) for stage, word in STAGES.items()}
    return view.page("lineage.html", one=found(view, district, name), stages=stages)


@pages.get("/lineage.{form}")
def steps(view: Viewing, form: Form, district: District, name: Name) -> Response:
    """Its sentences as a file."""
    one = found(view, district, name)
    told = {key: one[key] for key in ("district", "name", "kind", "commitments", "not_observed")}
    return answer(form, "lineage", lineage_columns(view.lang), one["steps"], told, view)
