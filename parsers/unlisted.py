"""Places that no gazetteer lists: a new district, a development zone, a fictional one. Only ever declared."""

from __future__ import annotations

import re
from hashlib import sha256

from parsers.reading import Place
from parsers.statement import Level

_ENDINGS: dict[Level, str] = {
    "province": r"(?:省|自治区|市)",
    "city": r"(?:市|州|地区|盟)",
    "district": r"(?:区|县|旗|市)",
    "street": r"(?:街道|街道办事处|镇|乡|村|社区)",
}
_CITY = re.compile(r"^.{2,12}?(?:市|自治州|地区|盟)(?=.)")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def unlisted(name: str, level: Level) -> Place | None:
    """A place by a declared full name that ends as names of its level do; None where it does not.

    The code has six characters like all codes and begins with X; the first four are those of its city.
    """
    ending = _ENDINGS.get(level)
    if ending is None or not re.fullmatch(r"[\u4e00-\u9fff]{2,20}?" + ending, name):
        return None
    city = _CITY.match(name) if level in ("district", "street") else None
    own = _hashed(name, 2) if city or level in ("district", "street") else "00"
    return Place("X" + _hashed(city.group() if city else name, 3) + own, name, level)


def _hashed(text: str, length: int) -> str:
    number = int.from_bytes(sha256(text.encode()).digest()[:8], "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(length))
