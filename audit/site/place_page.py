"""Places: the list, and one place with its scorecard, its editions and its indicators side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from audit.asking import indicators, plans
from audit.scorecard import RATES, scores
from audit.site.charts import commitment_chart, small_multiple
from audit.site.filters import PERIOD
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Indicator, Scorecards
from audit.site.viewing import View, Viewing

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
Name = Annotated[str, Query(description="A place by any unambiguous tail.", min_length=1, max_length=60)]
Subject = Annotated[str, Query(description="The exact words of what is promised.", max_length=200)]
Year = Annotated[str | None, Query(max_length=12, pattern=PERIOD)]


def _(text: str) -> str:
    """Marks a text of the interface for translation."""
    return text


LEVELS = {
    "nation": _("nation"),
    "province": _("province"),
    "city": _("city"),
    "district": _("district"),
    "street": _("street"),
}


def cards_of(view: View, district: str, period: str | None) -> list[dict[str, Any]]:
    """The scorecard of a place; strangers get no counts of what nobody reviewed."""
    clocks = view.clocks
    key = ("scores", district, period, clocks)
    cards = view.site.remembered(
        key,
        lambda: scores(view.site.ledger, district, period, as_of=clocks.as_of, known_at=clocks.known_at),
    )
    if view.audience == "operator":
        return cards
    hidden = {"missed", "unreported", "missed_vaguely", "rows"}
    return [{k: v for k, v in card.items() if k not in hidden} for card in cards]


@router.get("/scorecard", response_model=Scorecards)
def scorecard(view: Viewing, district: Name, period: Year = None) -> Any:
    """What became of a place's quantified commitments, with 95 % intervals."""
    place = view.district(district) or district
    return JSONResponse({"entries": cards_of(view, place, period)})


@router.get("/indicator", response_model=Indicator)
def one_indicator(view: Viewing, district: Name, subject: Subject) -> Any:
    """An indicator over the years: promised beside reported."""
    place = view.district(district) or district
    stories, drawn = indicators.indicator(view.site.ledger, place, subject, view.clocks, view.audience)
    ids = [one["id"] for one in stories]
    show = publisher(view)
    told = {"district": place, "subject": subject, "unit": drawn.unit, "commitments": ids}
    return JSONResponse({**told, "entries": [show.clause(p) for p in indicators.series(drawn)]})


@pages.get("/places")
def places(view: Viewing) -> Response:
    """Every place of the ledger."""
    return view.page("places.html", places=view.places())


@pages.get("/places/{name}")
def place(view: Viewing, name: Annotated[str, Path(max_length=60)], period: Year = None) -> Response:
    """One place."""
    district = view.district(name) or name
    clocks = view.clocks
    key = ("leading", district, clocks, view.audience)
    leading = view.site.remembered(
        key, lambda: indicators.leading(view.site.ledger, district, clocks, view.audience)
    )
    known = view.site.remembered(
        ("periods", district, clocks), lambda: plans.periods(view.site.ledger, district, clocks)
    )
    show = publisher(view)
    return view.page(
        "place.html",
        district=district,
        cards=cards_of(view, district, period),
        rates=RATES,
        period=period,
        periods=known,
        spans=[p for p in known if ".." in p],
        level_names={name: view._(word) for name, word in LEVELS.items()},
        multiples=[(show.commitment(one), drawn, small_multiple(drawn, view.lang)) for one, drawn in leading],
    )


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
        chart=chart,
    )
