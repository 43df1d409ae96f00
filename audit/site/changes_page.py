"""The change log as a page and as files."""

from __future__ import annotations

from fastapi import APIRouter, Response

from audit.asking import changes
from audit.asking.changes import ORDERS
from audit.site.api import about, unobserved_of
from audit.site.filters import ChangesAsked
from audit.site.lists import change_columns
from audit.site.publishing import publisher
from audit.site.tables import Form, answer
from audit.site.viewing import Viewing
from tracking.words.areas import AREAS, area_word
from tracking.words.labels import names

router = APIRouter(include_in_schema=False)


@router.get("/changes")
def page(view: Viewing, asked: ChangesAsked) -> Response:
    """The log, with its filters."""
    found = changes.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    return view.page(
        "changes.html",
        found=found,
        entries=publisher(view).entries(found.entries),
        asked=asked,
        unobserved=unobserved_of(view, asked),
        kinds=names("change"),
        grades=names("grade"),
        directions=names("direction"),
        areas=[(name, area_word(name, view.lang)) for name in AREAS],
        orders=ORDERS,
        most=changes.MOST_COUNTED,
    )


@router.get("/changes.{form}")
def file(view: Viewing, asked: ChangesAsked, form: Form) -> Response:
    """The same entries as a file."""
    found = changes.ask(view.site.ledger, asked.question, after=asked.after, limit=asked.limit)
    columns = change_columns(view.site.services.wording, view.lang)
    told = {**about(found, view.site.ledger.mode == "demo"), "not_observed": unobserved_of(view, asked)}
    return answer(form, "changes", columns, publisher(view).entries(found.entries), told, view)
