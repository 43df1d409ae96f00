"""Whose level a clause speaks of, by the words it uses of government and territory."""

from __future__ import annotations

import re
from typing import cast

from parsers.reading import Place
from parsers.statement import Level

BODIES = (
    r"(?P<nation>党中央|中央|国务院|全国|国家)|(?P<province>全省|省委|省政府|我省|自治区党委|自治区政府)"
    r"|(?P<city>全市|市委|市政府|我市|全州|州委|州政府|我州|全盟|盟委)"
    r"|(?P<district>全区|区委|区政府|我区|全县|县委|县政府|我县|全旗|旗委)"
    r"|(?P<street>全镇|我镇|镇党委|镇政府|全乡|我乡|乡党委|全街道|街道党工委|街道办|我街道|全村|村两委)"
)
OWNER = re.compile(
    rf"(?:{BODIES})(?:、[省市区县]政府|[省市区县]政府)?(?:确定|提出|部署|明确)?的?(?=[“\"‘「])"
)
"""Whose system a quoted name is: 市委“1+454”, 全市‘1+474’."""
QUOTE = re.compile('[“"‘「]')
"""What stands behind the owner of a system; most clauses hold none."""
SUBJECT = re.compile(rf"^(?:今年|去年|上年|目前|全年|预计|[，,])*(?:{BODIES})")
"""Whose fact a clause is: 全市完成… at its beginning."""
COMPARES = re.compile(
    r"唯一|首|前[列茅三十]|第|领先|位居|平均|同类|最|排|率先|各|一流|性|级"
    r"|[^，。；]{0,6}(?:前列|首位|第一|先进|示范)"
)
LEVELS = ("nation", "province", "city", "district", "street")
MUNICIPALITIES = ("11", "12", "31", "50")
AUTONOMOUS_REGIONS = ("15", "45", "54", "64", "65")


def level_cue(text: str, place: Place | None = None) -> Level | None:
    """The level whose system or fact a clause tells, None where it names none (then it is the speaker's own).

    市委“1+454” → city; 全市完成 → city. Comparisons and mere mentions of a territory are no cue
    (位居全市前列, 国家大学科技园). place: the document's; in a county-level city 全市 means that city itself,
    in an autonomous region's documents 全区 means the region.
    """
    owner = OWNER.search(text) if QUOTE.search(text) else None
    if owner:
        return _seen_from(owner, place)
    subject = SUBJECT.match(text)
    if subject and not subject.group("nation") and not COMPARES.match(text, subject.end()):
        return _seen_from(subject, place)
    return None


def _seen_from(match: re.Match[str], place: Place | None) -> Level | None:
    level = cast(Level, next(name for name in LEVELS if match.group(name)))
    if place is None:
        return level
    if level == "city" and place.level == "district" and place.name.endswith("市"):
        return "district"
    if level == "city" and place.level == "province" and place.code[:2] in MUNICIPALITIES:
        return "province"
    if level == "district" and "区" in match.group(level) and place.level in ("province", "city"):
        return "province" if place.code[:2] in AUTONOMOUS_REGIONS else None
    return level
