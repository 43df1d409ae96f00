"""The HTTP API: the questions of the command line under the same names, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path

from audit.asking import changes, commitments
from audit.site.filters import ChangesAsked, CommitmentsAsked, Listed
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Changes, Commitments, Story
from audit.site.viewing import View, Viewing

router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
Id = Annotated[str, Path(description="An id, or its first digits.", pattern=r"^[0-9a-f]{6,64}$")]


@router.get("/changes", response_model=Changes)
def change_log(view: Viewing, asked: ChangesAsked) -> Any:
    """What changed: old and new words, by which text, newest first."""
    found = changes.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    return view.json(
        {
            "entries": publisher(view).entries(found.entries),
            **about(found, view.site.ledger.mode == "demo"),
            "not_observed": unobserved_of(view, asked),
        }
    )


@router.get("/commitments", response_model=Commitments)
def commitment_list(view: Viewing, asked: CommitmentsAsked) -> Any:
    """What is promised: each the thread of all statements about one thing."""
    found = commitments.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    demo = view.site.ledger.mode == "demo"
    entries = [publisher(view).commitment(c) for c in found.entries]
    told = {"next": found.next, "not_observed": unobserved_of(view, asked)}
    return view.json({"entries": entries, **told, **({"demo": True} if demo else {})})


@router.get("/commitments/{id_}", response_model=Story)
def commitment(view: Viewing, id_: Id) -> Any:
    """One commitment's whole story."""
    found = commitments.story(view.site.ledger, id_, view.clocks, view.audience)
    if found is None:
        raise HTTPException(404, view._("No commitment has this id, or none that was stated by that day."))
    found = publisher(view).commitment(found)
    told = view.unobserved(found["district"], after_last(found))
    return view.json(
        {**found, "not_observed": told, **({"demo": True} if view.site.ledger.mode == "demo" else {})}
    )


def after_last(found: Mapping[str, Any]) -> date | None:
    """The day from which the commitment is silent: the first of the year after the last that states it."""
    stated = [e for e in found["editions"] if e.isdigit()]
    return date(int(max(stated)) + 1, 1, 1) if stated else None


def unobserved_of(view: View, asked: Listed) -> list[str]:
    """When nobody saw the sources of the place that a list was asked of."""
    q = asked.question
    return view.unobserved(q.district, getattr(q, "since", None), getattr(q, "until", None))


def about(found: changes.ChangeAnswer, demo: bool) -> dict[str, Any]:
    """What stands beside the entries of a page of the log."""
    return {
        "next": found.next,
        "undated": found.undated,
        "total": found.total,
        "total_is_least": found.total >= changes.MOST_COUNTED,
        **({"demo": True} if demo else {}),
    }
