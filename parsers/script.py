"""Texts in traditional characters are read as simplified ones, one for one, so that offsets stay true.

Evidence is still cut from the source as printed; only what the rules look at changes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from parsers.text import Body

_TRADITIONAL = re.compile("[國實產業區發為萬億個與會對來過時動務經進設開關這學項縣鎮總長]")
_SIMPLIFIED = re.compile("[国实产业区发为万亿个与会对来过时动务经进设开关这学项县镇总长]")
_SAMPLE = 4000
"""Characters at the start that tell which script a text is in."""


def simplified(body: Body) -> Body:
    """The body with its paragraphs in simplified characters; unchanged where it is in them already."""
    sample = body.source.text[:_SAMPLE]
    if len(_TRADITIONAL.findall(sample)) <= len(_SIMPLIFIED.findall(sample)):
        return body
    table = _table()
    return replace(
        body,
        paragraphs=tuple(replace(p, text=p.text.translate(table)) for p in body.paragraphs),
        title=body.title.translate(table) if body.title else None,
        notes=(*body.notes, "traditional characters, read as simplified ones"),
    )


@cache
def _table() -> dict[int, str]:
    lines = (files("parsers") / "data" / "traditional.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {ord(old): new for new, olds in pairs for old in olds}
