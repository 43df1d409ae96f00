"""Charts as SVG that takes its colours from the page: one drawing for light, dark and print."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Any

from markupsafe import Markup

from audit.asking.points import Picture, Point
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

INK, FAINT, TARGET, RESULT, SILENT = "#010101", "#020202", "#030303", "#040404", "#050505"
_COLOURS = {
    INK: "var(--ink)",
    FAINT: "var(--line)",
    TARGET: "var(--target)",
    RESULT: "var(--result)",
    SILENT: "var(--faint)",
}
"""Stand-ins for the page's colours: the drawing library knows no CSS variables."""
_FONT = "sans-serif"
"""To measure words by; the page's own font takes its place. A list of fonts is looked up for every label,
which took two thirds of a drawing."""
_TICKS: dict[Lang, str] = {
    "zh": "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~r') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~r') + '万' : format(datum.value, ',')",
    "en": "abs(datum.value) >= 1e9 ? format(datum.value / 1e9, ',~r') + ' bn' : "
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~r') + ' m' : format(datum.value, ',')",
}
"""Numbers on the axis as people write them, as expressions of the drawing library."""
LARGE, SMALL = (400, 190), (220, 90)
"""Width and height of a picture."""
_drawing = Lock()
_drawn: dict[Hashable, str] = {}
_MOST_DRAWN = 2048


def commitment_chart(
    picture: Picture, lang: Lang, *, width: int = LARGE[0], height: int = LARGE[1]
) -> Markup | None:
    """The picture of a commitment: amounts over the years, or the editions it stands in; None: nothing."""
    _ = translator(lang)
    if picture.measured:
        names = {"promise": _("promised"), "result": _("told as a result")}
        shown = (*_told(picture.points), picture.silent_since, width, height, lang)
        return _draw(
            shown, lambda: _amounts(picture.points, names, picture.silent_since, width, height, lang)
        )
    if picture.mentions:
        told = [(m["edition"], m["role"]) for m in picture.mentions]
        return _draw((*told, picture.silent_since, width, lang), lambda: _mentions(picture, width, lang))
    return None


def prepare(lang: Lang) -> None:
    """Make the forms that pictures with amounts take: the first of each would wait for it."""
    _ = translator(lang)
    names = (_("promised"), _("told as a result"))
    for silent, legend, size in ((False, True, LARGE), (True, True, LARGE), (False, False, SMALL)):
        _form(names, silent, True, legend, *size, lang)


def small_multiple(picture: Picture, lang: Lang, *, only_drawn: bool = False) -> Markup | None:
    """The same, small: one of many side by side. only_drawn: None where it would have to be drawn first."""
    if not picture.measured:
        return None
    _ = translator(lang)
    names = {"promise": _("promised"), "result": _("told as a result")}
    shown = ("small", *_told(picture.points), lang)
    if only_drawn:
        held = _drawn.get(shown)
        return None if held is None else Markup(held)
    return _draw(shown, lambda: _amounts(picture.points, names, None, *SMALL, lang, legend=False))


def _told(points: Sequence[Point]) -> list[Hashable]:
    """What a drawing shows of amounts."""
    return [(p.role, p.year, p.value) for p in points]


def _amounts(
    points: Sequence[Point],
    names: Mapping[str, str],
    silent: str | None,
    width: int,
    height: int,
    lang: Lang,
    *,
    legend: bool = True,
) -> dict[str, Any]:
    _ = translator(lang)
    years = sorted({p.year for p in points} | ({int(silent)} if silent else set()))
    promised: dict[int, float] = {p.year: p.value for p in points if p.role == "promise"}
    datasets = {
        "steps": [
            {"x": year - 0.42, "x2": year + 0.42, "y": promised[year], "what": names["promise"]}
            for year in sorted(promised)
        ],
        "ties": [
            {"x": a + 0.42, "y": promised[a], "x2": b - 0.42, "y2": promised[b]}
            for a, b in pairwise(sorted(promised))
        ],
        "results": [
            {"year": p.year, "value": p.value, "what": names["result"]} for p in points if p.role == "result"
        ],
        "silent": [{"x": int(silent), "label": _("not stated since")}] if silent else [],
    }
    zero = all(p.value >= 0 for p in points)
    form = _form(tuple(names.values()), bool(silent), zero, legend, width, height, lang)
    known: dict[int, list[Any]] = {_DOMAIN: [years[0] - 0.5, years[-1] + 0.5], _YEARS: years}
    filled = _filled(form, known)
    data = [{**d, "values": datasets[d["name"]]} if d["name"] in datasets else d for d in filled["data"]]
    return {**filled, "data": data}


_DOMAIN, _YEARS = -9101, -9102
"""Stand in a form for the first and last year, and for the years of its axis."""


@cache
def _form(
    names: tuple[str, ...], silent: bool, zero: bool, legend: bool, width: int, height: int, lang: Lang
) -> dict[str, Any]:
    """The picture without its data, compiled: making one takes longer than drawing it."""
    import altair as alt
    import vl_convert

    x_axis = alt.Axis(
        values=[_YEARS],
        format="d",
        grid=False,
        tickSize=4,
        title=None,
        labelOverlap="greedy",
        labelSeparation=8,
    )
    x_scale = alt.Scale(domain=[_DOMAIN], nice=False)
    x = alt.X("x:Q", scale=x_scale, axis=x_axis)
    y_axis = alt.Axis(title=None, tickCount=4, labelExpr=_TICKS[lang])
    y_scale = alt.Scale(zero=zero, nice=True)
    y = alt.Y("y:Q", scale=y_scale, axis=y_axis)
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(names), range=[TARGET, RESULT]),
        legend=alt.Legend(orient="top", title=None, symbolType="circle") if legend else None,
    )
    layers = [
        alt.Chart(alt.NamedData("ties"))
        .mark_rule(color=TARGET, strokeDash=[2, 3])
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        alt.Chart(alt.NamedData("steps"))
        .mark_rule(strokeWidth=3.5)
        .encode(x=x, x2="x2:Q", y=y, color=colour),
        alt.Chart(alt.NamedData("results"))
        .mark_point(size=70 if legend else 34, filled=True, opacity=1)
        .encode(
            x=alt.X("year:Q", scale=x_scale, axis=x_axis),
            y=alt.Y("value:Q", scale=y_scale, axis=y_axis),
            color=colour,
        ),
    ]
    if silent:
        base = alt.Chart(alt.NamedData("silent"))
        layers.append(base.mark_rule(color=SILENT, strokeDash=[5, 4]).encode(x=x))
        words = base.mark_text(color=SILENT, dx=-4, align="right", baseline="top", fontSize=11)
        layers.append(words.encode(x=x, y=alt.value(2), text="label:N"))
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(
        _themed(alt.layer(*layers).properties(width=width, height=height))
    )
    return compiled


def _filled(form: Any, known: Mapping[int, list[Any]]) -> Any:
    """A form with its stand-ins replaced."""
    if isinstance(form, dict):
        return {name: _filled(value, known) for name, value in form.items()}
    if isinstance(form, list):
        for stand_in, values in known.items():
            if form == [stand_in]:
                return values
        return [_filled(value, known) for value in form]
    return form


def _mentions(picture: Picture, width: int, lang: Lang) -> dict[str, Any]:
    import altair as alt
    import vl_convert

    _ = translator(lang)
    words = {"promise": _("promised"), "result": _("told as a result")}
    rows = [{**m, "what": words[m["role"]]} for m in picture.mentions]
    order = sorted({m["edition"] for m in picture.mentions} | ({picture.silent_since or ""} - {""}))
    base = _chart(rows).encode(
        x=alt.X(
            "edition:O", sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(title=None, labelAngle=0)
        ),
        y=alt.Y("what:N", sort=list(words.values()), axis=alt.Axis(title=None, domain=False, ticks=False)),
    )
    colour = alt.Color(
        "what:N", scale=alt.Scale(domain=list(words.values()), range=[TARGET, RESULT]), legend=None
    )
    dots = base.mark_point(filled=True, opacity=1, size=130).encode(color=colour)
    chart = _themed(dots.properties(width=width, height=36 * len({r["what"] for r in rows})))
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(chart)
    return compiled


def _chart(rows: Sequence[Mapping[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def _themed(chart: Any) -> dict[str, Any]:
    made: dict[str, Any] = (
        chart.configure(background="transparent", font=_FONT, padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            domainColor=FAINT,
            tickColor=FAINT,
            gridColor=FAINT,
            labelColor=INK,
            titleColor=INK,
            labelFontSize=12,
        )
        .configure_legend(labelColor=INK, labelFontSize=12)
        .to_dict(validate=False)
    )
    return made


def _draw(shown: Hashable, specify: Callable[[], Mapping[str, Any]]) -> Markup:
    """A drawing, remembered by what it shows: making its specification anew takes a while too."""
    drawn = _drawn.get(shown)
    if drawn is None:
        while len(_drawn) >= _MOST_DRAWN:
            _drawn.pop(next(iter(_drawn)), None)
        drawn = _drawn[shown] = _svg(json.dumps(specify(), ensure_ascii=False, sort_keys=True))
    return Markup(drawn)


def _svg(spec: str) -> str:
    import vl_convert

    # The converter keeps one engine a process.
    with _drawing:
        # A specification of Vega: Vega-Lite was compiled once for all drawings of a form.
        drawn: str = vl_convert.vega_to_svg(json.loads(spec))
    for stand_in, colour in _COLOURS.items():
        drawn = drawn.replace(stand_in, colour)
    drawn = re.sub(r' font-family="[^"]*"', ' font-family="inherit"', drawn)
    name = hashlib.sha256(spec.encode()).hexdigest()[:8]
    # Ids of clip paths must be the drawing's own: a page holds several.
    drawn = re.sub(r"\bclip(\d+)\b", rf"clip{name}-\1", drawn)
    # To a screen reader the table beside it says the same, in order.
    return re.sub(
        r"<svg [^>]*?(width=\"[^\"]*\" height=\"[^\"]*\" viewBox=\"([^\"]*)\")", _open_tag, drawn, count=1
    )


def _open_tag(found: re.Match[str]) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" aria-hidden="true" {found[1]}'
