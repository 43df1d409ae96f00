"""Names that every text uses and no plan owns (data/stock_names.tsv)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PLAN_ORDINAL = re.compile(r"(?:[一二三四五六七八九]|十[一二三四五六七八九]?|二十)五")
"""“九五”, “十四五”: five-year plans."""


@cache
def _names() -> frozenset[str]:
    lines = (files("parsers") / "data" / "stock_names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return frozenset(name for row in rows[1:] for name in row[1].split())


def is_stock(core: str) -> bool:
    """True for national vocabulary, hotlines and five-year plans."""
    return core in _names() or _PLAN_ORDINAL.fullmatch(core) is not None
