"""Deeds that a report tells in its review with a bare verb (去年…开展…专项整治): they were carried out."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.deed_things import NAME
from parsers.deed_words import WORDS
from parsers.deeds import LEAD, Deed
from parsers.indicators import one_of

_CARRIED_OUT = frozenset(WORDS["carried_out"])
_FORESEEN = re.compile(one_of(WORDS["foreseen"]))
_WENT = re.compile(one_of(WORDS["went"]))
_BARE = re.compile("(?:专项|综合|集中|系列)*(?:整治|治理|行动|活动|检查|培训|宣传)(?:行动|活动|工作)?")
_UNNAMED = tuple(WORDS["unnamed_heads"])
_STANCES, _WORKS = tuple(WORDS["stances"]), ("工程", "项目", "建设项目")
_OPENS = 2
"""Characters between the words of manner at a clause's head and the verb (我们, 在全县)."""


def carried_out(deed: Deed, words: str) -> Deed | None:
    """The deed as told by a review, None where its clause does not begin with it or it has no name.

    What is carried out (开展, 实施) needs none; what only moves on (推进, 建设) does, or nobody could say of
    what progress is told.
    """
    lead = LEAD.match(words)
    at = words.find(deed.verb)
    if lead is None or not 0 <= at <= lead.end() + _OPENS or _FORESEEN.search(words[: at + len(deed.verb)]):
        return None
    if "一系列" in deed.object or deed.object.endswith(_STANCES) or deed.object.startswith(_UNNAMED):
        return None
    if _BARE.fullmatch(deed.object) or (deed.verb not in _CARRIED_OUT and not _goes_on_by_name(deed)):
        return None
    return replace(deed, rule=f"{deed.rule};deed.reviewed")


def _goes_on_by_name(deed: Deed) -> bool:
    """Whether what moves on is a programme, a measure with a name in quotes, or works with names."""
    if _WENT.search(deed.object) or deed.rule in ("deed.made", "deed.into"):
        return False
    works = deed.object.endswith(_WORKS) and NAME.search(deed.object) is not None
    return works or deed.rule == "deed.programme" or "“" in deed.object
