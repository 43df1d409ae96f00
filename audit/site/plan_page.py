"""One edition of a plan, or two of them as a diff."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Response

from audit.asking import plans
from audit.asking.pages import page_of
from audit.site.filters import PERIOD, After, LevelFilter, days_of
from audit.site.lists import change_columns, edition_columns
from audit.site.publishing import publisher
from audit.site.records import PROBLEMS, Plan
from audit.site.tables import Form, answer
from audit.site.viewing import View, Viewing
from parsers.statement import Level
from tracking.model import ChangeKind

StatementKind = Literal["target", "action", "result", "framework"]

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api", tags=["questions"], responses=PROBLEMS)
District = Annotated[str, Query(description="A place by any unambiguous tail.", min_length=1, max_length=60)]
Period = Annotated[str, Query(max_length=12, pattern=PERIOD, examples=["2020"])]
OPENED, ON_A_PAGE = 20, 50
"""Entries of each group that a comparison opens, and of one group that its own page shows."""
STATEMENTS = 200
"""Statements of an edition on a page: a work report has three to six hundred."""
GroupName = Annotated[
    Literal["new", "changed", "gone", "unreported", "judged", "same"] | None,
    Query(description="Only this group of a comparison, a page at a time."),
]
Kinds = Annotated[
    list[ChangeKind | StatementKind] | None,
    Query(description="Only these kinds: of statements, or (with `against`) of changes."),
]
Sorted = Annotated[Literal["said", "said_desc", "title"], Query(description="By date, or by title.")]
Against = Annotated[str | None, Query(max_length=12, pattern=PERIOD, description="Compare with this one.")]


def _found(
    view: View, district: str, period: str, against: str | None, level: Level | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The editions, and with `against` what changed between the two periods."""
    ledger, clocks = view.site.ledger, view.clocks
    _known(view, district, period, against)
    show = publisher(view)
    editions = editions_of(view, district, period, level)
    if against is None:
        return editions, []
    entries = plans.comparison(ledger, district, period, against, level, clocks, view.audience)
    return editions, [show.entry(e) for e in entries]


def _known(view: View, district: str, *asked_for: str | None) -> list[str]:
    """The periods for which the place has an edition, the asked ones among them."""
    known = plans.periods(view.site.ledger, district, view.clocks)
    for asked in filter(None, asked_for):
        if asked not in known:
            sentence = view._("{place} has no edition {asked}; it has {known}.")
            told = ", ".join(known[-12:]) or "0"
            raise HTTPException(404, sentence.format(place=district, asked=asked, known=told))
    return known


def editions_of(
    view: View, district: str, period: str, level: Level | None, *, only_systems: bool = False
) -> list[dict[str, Any]]:
    """The editions of a period as they may be shown. only_systems: of the statements those that name one."""
    show, ledger = publisher(view), view.site.ledger
    found = plans.said(ledger, district, period, level, view.clocks, only_systems=only_systems)
    return [
        {**e, "statements": [show.statement(s) for s in e["statements"]]}
        for e in plans.named(ledger, found, view.clocks)
    ]


@router.get("/plan", response_model=Plan)
def plan(
    view: Viewing, district: District, period: Period, against: Against = None, level: LevelFilter = None
) -> Any:
    """One edition with its statements; with `against` also what changed between the two."""
    place = view.district(district) or district
    editions, entries = _found(view, place, period, against, level)
    told = view.unobserved(place, *days_of(period))
    return view.json({"editions": editions, "changes": entries, "not_observed": told})


@pages.get("/plan.{form}")
def file(
    view: Viewing,
    form: Form,
    district: District,
    period: Period,
    against: Against = None,
    level: LevelFilter = None,
    kind: Kinds = None,
    sort: Sorted = "said",
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 2000,
) -> Response:
    """The statements of an edition, or what changed between two, as a file."""
    place = view.district(district) or district
    editions, entries = _found(view, place, period, against, level)
    records = entries if against else [s for e in editions for s in _told(e)]
    column = "change" if against else "kind"
    found, following = page_of(
        f"plan {sort} {period} {against}",
        [r for r in records if not kind or r[column] in kind],
        lambda r: _place_in(r, sort),
        after,
        limit,
        descending=sort == "said_desc",
    )
    wording, lang = view.site.services.wording, view.lang
    columns = change_columns(wording, lang) if against else edition_columns(lang)
    told = {"next": following, "not_observed": view.unobserved(place, *days_of(period))}
    return answer(form, "plan", columns, found, {**told, "district": place, "period": period}, view)


def _told(edition: dict[str, Any]) -> list[dict[str, Any]]:
    facts = {"edition": edition["period"], "lineage": edition["lineage"]}
    return [{**s, **facts} for s in edition["statements"]]


def _place_in(record: dict[str, Any], sort: str) -> tuple[str | int, ...]:
    """What a row is sorted by: when it was said, or what it is called; then where it stands."""
    said = record.get("said_on") or record.get("published_on") or "9999"
    where = record.get("id") or record["sha256"], record.get("start", 0), record.get("key", "")
    named = (record.get("commitment") or {}).get("title", "")
    return (named, said, *where) if sort == "title" else (said, *where)


@pages.get("/plans/{name}/{period}")
def page(
    view: Viewing,
    name: Annotated[str, Path(max_length=60)],
    period: Annotated[str, Path(max_length=12, pattern=PERIOD)],
    against: Against = None,
    level: LevelFilter = None,
    group: GroupName = None,
    after: After = None,
) -> Response:
    """The edition, or the diff."""
    district = view.district(name) or name
    against = None if against == period else against
    periods = _known(view, district, period, against)
    told: dict[str, Any] = {
        "district": district,
        "period": period,
        "against": against,
        "level": level,
        "periods": periods,
        "unobserved": view.unobserved(district, *days_of(period)),
    }
    if against is None:
        editions = plans.said(view.site.ledger, district, period, level, view.clocks)
        shown, following = _a_page(view, editions, after)
        return view.page("plan.html", **told, editions=shown, following=following)
    older, newer = sorted((period, against))
    ledger, clocks, show = view.site.ledger, view.clocks, publisher(view)
    groups = plans.groups(
        ledger,
        district,
        period,
        against,
        level,
        clocks,
        view.audience,
        most=OPENED if group is None else ON_A_PAGE,
        only=group,
        after=after if group is not None else None,
    )
    pair = (
        [editions_of(view, district, one, level, only_systems=True) for one in (older, newer)]
        if group is None
        else ([], [])
    )
    return view.page(
        "plan.html",
        **told,
        older=older,
        newer=newer,
        groups=[replace(one, entries=show.entries(one.entries)) for one in groups],
        only=group,
        systems=plans.systems(*pair),
    )


def _a_page(
    view: View, editions: list[dict[str, Any]], after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """The editions with those of their statements that one page shows, in the order of the texts."""
    show = publisher(view)
    places = [(at, number) for at, e in enumerate(editions) for number in range(len(e["statements"]))]
    found, following = page_of("plan page", places, lambda place: place, after, STATEMENTS)
    first = found[0][0] if after is not None and found else 0
    last = found[-1][0] + 1 if following is not None else len(editions)
    shown = []
    for at, edition in list(enumerate(editions))[first:last]:
        said = [edition["statements"][number] for here, number in found if here == at]
        shown.append({**edition, "statements": said, "total": len(edition["statements"])})
    named = plans.named(view.site.ledger, shown, view.clocks)
    return [{**one, "statements": list(map(show.statement, one["statements"]))} for one in named], following
