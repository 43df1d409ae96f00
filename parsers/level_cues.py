"""Whose level a clause speaks of, by the words it uses of government and territory."""

from __future__ import annotations

import re

from parsers.reading import Place
from parsers.statement import Level

CUE = re.compile(
    r"(?P<nation>党中央|中央|国务院|全国|我国|国家)|(?P<province>全省|省委|省政府|我省|省级?人大|自治区党委|自治区政府)"
    r"|(?P<city>全市|市委|市政府|我市|全州|州委|州政府|我州|全盟|盟委)"
    r"|(?P<district>全区|区委|区政府|我区|全县|县委|县政府|我县|全旗|旗委)"
    r"|(?P<street>全镇|我镇|镇党委|镇政府|全乡|我乡|乡党委|全街道|街道党工委|街道办|我街道|全村|村两委)"
)
COMPARES_BEHIND = re.compile(
    r"唯一|首|前[列茅三十]|第|领先|位居|平均|同类|最|排|率先|各|一流|性|级"
    r"|[^，。；]{0,6}(?:前列|首位|第一|先进|示范)"
)
COMPARES_BEFORE = re.compile(
    r"(?:领跑|高于|低于|居|列|占|走在|获评|荣获|评为|快于|好于|优于|超|唯一|辐射|面向|覆盖|获|被)$"
)
CLASSES = ("nation", "province", "city", "district", "street")


def level_cue(text: str, place: Place | None = None) -> Level | None:
    """The level whose body or territory a clause names as its own (市委“1+454” → city), None where none is.

    Comparisons are no cue (位居全市前列, 全省唯一). place: the document's; in a county-level city 全市 means
    that city itself, in an autonomous region's documents 全区 means the region.
    """
    for match in CUE.finditer(text):
        if COMPARES_BEHIND.match(text, match.end()) or COMPARES_BEFORE.search(text[: match.start()]):
            continue
        for level in CLASSES:
            if match.group(level):
                return _seen_from(level, match.group(), place)
    return None


def _seen_from(level: str, word: str, place: Place | None) -> Level | None:
    if place is None:
        return level  # type: ignore[return-value]
    if level == "city" and place.level == "district" and place.name.endswith("市"):
        return "district"
    if level == "city" and place.level == "province" and place.code[:2] in ("11", "12", "31", "50"):
        return "province"
    if level == "district" and "区" in word:
        if place.level == "province":
            return "province"
        if place.level == "city":
            return "province" if place.code[:2] in ("15", "45", "54", "64", "65") else None
    return level  # type: ignore[return-value]
