"""Programmes by name: one in quotes (“八五”普法), one named after its place (健康云川建设)."""

from __future__ import annotations

import re

from parsers.deed_words import WORDS
from parsers.frameworks.stock import is_stock
from parsers.gazetteer import gazetteer
from parsers.indicators import one_of

_ENDS = tuple(WORDS["programmes"])
_QUOTED = re.compile(rf"“(?P<name>[^“”、，]{{2,16}})”(?P<of>[一-龥]{{0,6}}?){one_of(WORDS['programmes'])}$")
_OF_PLACE = re.compile(rf"^{one_of(WORDS['virtues'])}(?P<place>[一-龥]{{2,4}})建设$")
_ATTITUDES = re.compile("政府|队伍|作风|机关|党")
"""Whose conduct is meant: “五型”政府建设 is an attitude."""
_NATION = "中国"
_NATIONAL = frozenset(WORDS["national_programmes"])


def is_programme(thing: str) -> bool:
    """Whether the object of a deed is a programme with a name; what every text names (“三农”工作) is none.

    >>> is_programme("“八五”普法"), is_programme("“三农”工作")
    (True, False)
    >>> is_programme("健康云南建设"), is_programme("健康城市建设")
    (True, False)
    """
    if not thing.endswith(_ENDS):
        return False
    if "”" in thing:
        found = _QUOTED.search(thing)
        if found is None or _ATTITUDES.search(found["of"]):
            return False
        return not (is_stock(found["name"]) or found["name"] in _NATIONAL) or "普法" in thing
    own = _OF_PLACE.match(thing)
    return own is not None and (own["place"] == _NATION or own["place"] in gazetteer().by_short)
