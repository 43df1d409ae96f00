"""Places: the list, and one place with its scorecard, its editions and its indicators side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response

from audit.asking import commitments, indicators, plans
from audit.asking import places as asked_places
from audit.asking.pages import page_of
from audit.asking.points import bound, picture
from audit.scorecard import RATES, scores
from audit.site.api import Id
from audit.site.charts import commitment_chart, small_multiple
from audit.site.filters import PERIOD, After, Limit, days_of
from audit.site.lists import indicator_columns, place_columns, scorecard_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Indicator, Places, Scorecards
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from tracking.words.levels import LEVELS

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
Name = Annotated[str, Query(description="A place by any unambiguous tail.", min_length=1, max_length=60)]
Subject = Annotated[str, Query(description="The exact words of what is promised.", max_length=200)]
PlaceSort = Annotated[asked_places.Sort, Query(description="The widest first, or by name.")]
Year = Annotated[str | None, Query(max_length=12, pattern=PERIOD)]


OPENED = 20
"""Rows of each outcome that the page of a place opens; the file has all."""


def cards_of(view: View, district: str, period: str | None, most: int | None = None) -> list[dict[str, Any]]:
    """The scorecard of a place; strangers get no counts of what nobody reviewed. most: rows an outcome."""
    clocks, ledger = view.clocks, view.site.ledger
    key = ("scores", district, period, clocks, most)
    cards = view.remembered(
        key, lambda: scores(ledger, district, period, as_of=clocks.as_of, known_at=clocks.known_at, most=most)
    )
    if view.audience == "operator":
        return cards
    hidden = {"missed", "unreported", "missed_vaguely", "outcomes", "rows"}
    return [{k: v for k, v in card.items() if k not in hidden} for card in cards]


@router.get("/scorecard", response_model=Scorecards)
def scorecard(view: Viewing, district: Name, period: Year = None) -> Any:
    """What became of a place's quantified commitments, with 95 % intervals."""
    place = view.district(district) or district
    told = view.unobserved(place, *(days_of(period) if period else ()))
    return view.json({"entries": cards_of(view, place, period), "not_observed": told})


@pages.get("/scorecard.{form}")
def rows(
    view: Viewing, form: Form, district: Name, period: Year = None, after: After = None, limit: Limit = 100
) -> Response:
    """What the scorecard counts, a commitment a row, as a file."""
    place = view.district(district) or district
    every = [
        {**row, "district": place, "level": card["level"]}
        for card in cards_of(view, place, period)
        for row in card.get("rows", ())
    ]
    found, following = page_of(
        "scorecard",
        every,
        lambda r: (r["level"], r["outcome"] or "", r["edition"] or "", r["commitment"]),
        after,
        limit,
    )
    return answer(form, "scorecard", scorecard_columns(view.lang), found, {"next": following}, view)


@router.get("/indicator", response_model=Indicator)
def one_indicator(view: Viewing, district: Name, subject: Subject) -> Any:
    """An indicator over the years: promised beside reported."""
    place = view.district(district) or district
    stories, drawn = indicators.indicator(view.site.ledger, place, subject, view.clocks, view.audience)
    ids = [one["id"] for one in stories]
    show = publisher(view)
    told = {"district": place, "subject": subject, "unit": drawn.unit, "commitments": ids}
    entries = [show.clause(p) for p in indicators.series(drawn)]
    return view.json({**told, "entries": entries, "not_observed": view.unobserved(place)})


@router.get("/places", response_model=Places)
def place_list(view: Viewing, sort: PlaceSort = "level", after: After = None, limit: Limit = 100) -> Any:
    """The places of the ledger, the widest first."""
    entries, following = listed(view, sort, after, limit)
    return view.json({"entries": entries, "next": following})


@pages.get("/places")
def places(view: Viewing, sort: PlaceSort = "level", after: After = None, limit: Limit = 200) -> Response:
    """The list."""
    entries, following = listed(view, sort, after, limit)
    return view.page("places.html", places=entries, following=following, sort=sort, level_word=_levels(view))


@pages.get("/places.{form}")
def places_file(
    view: Viewing, form: Form, sort: PlaceSort = "level", after: After = None, limit: Limit = 200
) -> Response:
    """The same as a file."""
    entries, following = listed(view, sort, after, limit)
    return answer(form, "places", place_columns(view.lang), entries, {"next": following}, view)


def listed(
    view: View, sort: asked_places.Sort, after: str | None, limit: int
) -> tuple[list[dict[str, str]], str | None]:
    """A page of the places, and where the next begins."""
    every = asked_places.in_order(view.places(), sort)
    return page_of(f"places {sort}", every, lambda p: asked_places.order_of(p, sort), after, limit)


def _levels(view: View) -> dict[str, str]:
    return {name: view._(word) for name, word in LEVELS.items()}


@pages.get("/places/{name}")
def place(view: Viewing, name: Annotated[str, Path(max_length=60)], period: Year = None) -> Response:
    """One place."""
    district = view.district(name) or name
    clocks = view.clocks
    leading = view.remembered(
        ("leading", district, clocks), lambda: indicators.leading(view.site.ledger, district, clocks)
    )
    known = view.remembered(
        ("periods", district, clocks), lambda: plans.periods(view.site.ledger, district, clocks)
    )
    show = publisher(view)
    return view.page(
        "place.html",
        district=district,
        cards=cards_of(view, district, period, OPENED),
        rates=RATES,
        period=period,
        periods=known,
        unobserved=view.unobserved(district, *(days_of(period) if period else ())),
        spans=[p for p in known if ".." in p],
        level_names=_levels(view),
        bound=bound,
        multiples=[
            (show.commitment(one), drawn, small_multiple(drawn, view.lang, only_drawn=True))
            for one, drawn in leading
        ],
    )


@pages.get("/commitments/{id_}/small.svg")
def small(view: Viewing, id_: Id) -> Response:
    """The small picture of a commitment, for a page that is shown before all are drawn."""
    found = commitments.story(view.site.ledger, id_, view.clocks, view.audience)
    chart = small_multiple(picture(found, ()), view.lang) if found is not None else None
    if chart is None:
        raise HTTPException(404, view._("No commitment has this id, or none that was stated by that day."))
    return Response(chart, media_type="image/svg+xml")


@pages.get("/indicators.{form}")
def points(view: Viewing, form: Form, district: Name, subject: Subject) -> Response:
    """Its figures as a file."""
    place = view.district(district) or district
    _stories, drawn = indicators.indicator(view.site.ledger, place, subject, view.clocks, view.audience)
    show = publisher(view)
    found = [show.clause(p) for p in indicators.series(drawn)]
    told = {"district": place, "subject": subject, "unit": drawn.unit}
    unseen = {"not_observed": view.unobserved(place)}
    return answer(form, "indicator", indicator_columns(view.lang), found, {**told, **unseen}, view)


@pages.get("/indicators")
def indicator(view: Viewing, district: Name, subject: Subject) -> Response:
    """One indicator over the years."""
    place = view.district(district) or district
    stories, drawn = indicators.indicator(view.site.ledger, place, subject, view.clocks, view.audience)
    stories = [publisher(view).commitment(one) for one in stories]
    points = [publisher(view).clause(p) for p in indicators.series(drawn)]
    chart = commitment_chart(drawn, view.lang) if drawn.measured else None
    return view.page(
        "indicator.html",
        district=place,
        subject=subject,
        stories=stories,
        picture=drawn,
        points=points,
        bound=bound,
        chart=chart,
        unobserved=view.unobserved(place),
    )
