"""Commitments: the list, and one commitment's whole story with its picture."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Response

from audit.asking import commitments
from audit.asking.points import Picture, bound, observed_later, picture, role_of
from audit.site.api import Id, after_last, unobserved_of
from audit.site.charts import commitment_chart
from audit.site.filters import CommitmentsAsked
from audit.site.lists import commitment_columns
from audit.site.publishing import publisher
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from storage.queries import edition_heads

router = APIRouter(include_in_schema=False)


@router.get("/commitments")
def page(view: Viewing, asked: CommitmentsAsked) -> Response:
    """The commitments, with their filters."""
    found = commitments.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    entries = [publisher(view).commitment(c) for c in found.entries]
    told = unobserved_of(view, asked)
    return view.page("commitments.html", found=found, entries=entries, asked=asked, unobserved=told)


@router.get("/commitments.{form}")
def file(view: Viewing, asked: CommitmentsAsked, form: Form) -> Response:
    """The same commitments as a file."""
    found = commitments.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    told = {"next": found.next, "not_observed": unobserved_of(view, asked)}
    entries = [publisher(view).commitment(c) for c in found.entries]
    return answer(form, "commitments", commitment_columns(view.lang), entries, told, view)


@router.get("/commitments/{id_}")
def story(view: Viewing, id_: Id) -> Response:
    """The whole story of one."""
    found = commitments.story(view.site.ledger, id_, view.clocks, view.audience)
    if found is None:
        raise HTTPException(404, view._("No commitment has this id, or none that was stated by that day."))
    found = publisher(view).commitment(found)
    periods = periods_of(view, found["district"], found["level"])
    drawn = picture(found, periods)
    return view.page(
        "commitment.html",
        one=found,
        picture=drawn,
        observed=observed_later(found, periods),
        unobserved=view.unobserved(found["district"], after_last(found)),
        chart=commitment_chart(drawn, view.lang),
        bound=bound,
        role_of=role_of,
        standing=[e for e in found["changes"] if not e["superseded_by"]],
        former=[e for e in found["changes"] if e["superseded_by"]],
        described=_described(view, drawn),
    )


def periods_of(view: View, district: str, level: str) -> list[str]:
    """The yearly editions that the ledger has of a place and level, as known at the time asked about."""
    at = view.clocks.known_at
    found = view.remembered(
        ("editions", district, at), lambda: edition_heads(view.site.ledger, district=district, known_at=at)
    )
    told = {e.period for e in found if e.level == level and not e.retrospective}
    return sorted(p for p in told if view.clocks.holds(None, p))


def _described(view: View, drawn: Picture) -> str:
    """The picture in a sentence, for who cannot see it."""
    _: Any = view._
    promised = [f"{p.year} {bound(p.op, p.value, p.high)}" for p in drawn.points if p.role == "promise"]
    told = [f"{p.year} {bound(p.op, p.value, p.high)}" for p in drawn.points if p.role == "result"]
    parts = []
    if promised:
        parts.append(f"{_('promised')} {', '.join(promised)}")
    if told:
        parts.append(f"{_('told as a result')} {', '.join(told)}")
    if drawn.silent_since:
        parts.append(f"{_('not stated since')} {drawn.silent_since}")
    return "; ".join(parts)
