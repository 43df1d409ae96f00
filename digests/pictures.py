"""Pictures of series for mails: targets as steps, results as points, the same in words beside them."""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from struct import pack, unpack
from typing import Any

from digests.amounts import amount
from storage.mails.outbox import Attachment
from storage.mails.series import Point
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

MOST_PICTURES = 3
"""How many items of a mail have one: the weightiest, as far as there is room beside the words."""
MOST_YEARS = 8
"""The last years that are drawn: more would be too narrow on a phone."""
WIDTH, HEIGHT, SCALE = 440, 110, 1.25
INK, FAINT, PAPER, TARGET, RESULT = "#1f2722", "#c4cac4", "#ffffff", "#2f4f8f", "#1c6b42"
_WISHED = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TICKS: dict[Lang, str] = {
    "zh": "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~r') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~r') + '万' : format(datum.value, ',~r')",
    "en": "abs(datum.value) >= 1e9 ? format(datum.value / 1e9, ',~r') + ' bn' : "
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~r') + ' m' : format(datum.value, ',~r')",
}
"""Numbers on the axis as people write them, as expressions of the drawing library."""


@cache
def chinese_font() -> str | None:
    """A font of this machine that has Chinese glyphs; None where there is none, or no fontconfig to ask."""
    try:
        told = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, check=True, text=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    # One font may have several names: the first is the one in English.
    found = {line.split(",")[0].strip() for line in told.stdout.splitlines() if line.strip()}
    return next((name for name in _WISHED if name in found), min(found, default=None))


def picture(name: str, title: str, points: Sequence[Point], lang: Lang) -> tuple[Attachment, str] | None:
    """A series as a PNG and the same in words; None where a font with Chinese glyphs is missing.

    name: what tells the picture from others in a mail. The same series gives the same bytes on one machine.
    """
    font = chinese_font()
    years = sorted({int(point.period) for point in points})[-MOST_YEARS:]
    shown = [point for point in points if int(point.period) in years]
    if font is None or not shown:
        return None
    png = _png(json.dumps(_spec(shown, years, font, lang), ensure_ascii=False, sort_keys=True))
    return Attachment(f"{name}.png", "image/png", png, f"{name}@duixian"), _words(title, shown, lang)


def _words(title: str, points: Sequence[Point], lang: Lang) -> str:
    _ = translator(lang)
    names = _names(lang)
    bound = {point: None if point.op == "=" else point.op for point in points}
    figures = (
        f"{p.period} {names.get(p.role, p.role)} {amount(p.value, lang, bound[p], p.unit)}" for p in points
    )
    return _("Chart of {title}: {figures}").format(title=title, figures="; ".join(figures))


def _names(lang: Lang) -> dict[str, str]:
    _ = translator(lang)
    return {"promise": _("promised"), "result": _("reported")}


def _spec(points: Sequence[Point], years: Sequence[int], font: str, lang: Lang) -> dict[str, Any]:
    """The picture as Vega-Lite: each target as wide as its year, each result in the middle of its own."""
    names = _names(lang)
    rows: list[dict[str, Any]] = [
        {"year": int(p.period), "value": p.value, "what": names.get(p.role, p.role)} for p in points
    ]
    promised = [row for row in rows if row["what"] == names["promise"]]
    results = [row for row in rows if row["what"] == names["result"]]
    steps = [{**row, "x": row["year"] - 0.42, "x2": row["year"] + 0.42} for row in promised]
    ties = [{"x": a["x2"], "value": a["value"], "x2": b["x"], "y2": b["value"]} for a, b in pairwise(steps)]
    scale = {"domain": [years[0] - 0.5, years[-1] + 0.5], "nice": False}
    axis = {"values": list(years), "format": "d", "grid": False, "title": None}
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": {"labelExpr": _TICKS[lang], "ticks": False, "domain": False, "tickCount": 3, "title": None},
        "scale": {"zero": all(p.value >= 0 for p in points), "nice": True},
    }

    def across(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    colour = {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": list(names.values()), "range": [TARGET, RESULT]},
        "legend": {"orient": "top", "title": None},
    }
    step = {"x": across("x"), "x2": {"field": "x2"}, "y": y}
    point = {"x": across("year"), "y": y}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 10,
        "background": PAPER,
        "layer": [
            {
                "data": {"values": ties},
                "mark": {"type": "rule", "color": TARGET, "strokeDash": [2, 3]},
                "encoding": {**step, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": steps},
                "mark": {"type": "rule", "strokeWidth": 4},
                "encoding": {**step, "color": colour},
            },
            {
                "data": {"values": results},
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 90},
                "encoding": {**point, "color": colour},
            },
        ],
        "config": {
            "font": font,
            "view": {"stroke": None},
            "axis": {
                "domainColor": FAINT,
                "tickColor": FAINT,
                "gridColor": "#eceeeb",
                "labelColor": INK,
                "labelFontSize": 12,
            },
            "legend": {"labelColor": INK, "labelFontSize": 12, "symbolType": "circle"},
        },
    }


@lru_cache(maxsize=512)
def _png(spec: str) -> bytes:
    """The drawing of a specification, remembered by its content."""
    import vl_convert

    # Nothing may be fetched from anywhere, whatever stands in a text.
    return _packed(vl_convert.vegalite_to_png(json.loads(spec), scale=SCALE, allowed_base_urls=[]))


def _packed(png: bytes) -> bytes:
    """The same picture in less than half the bytes: the drawing library packs for speed."""
    chunks: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = unpack(">I", png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + size]))
        at += size + 12
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), 9)
    header = next(data for kind, data in chunks if kind == b"IHDR")
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
