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
    if deed.verb not in _CARRIED_OUT:
        named = deed.rule == "deed.programme" or NAME.search(deed.object) is not None
        if not named or _WENT.search(deed.object):
            return None
    return replace(deed, rule=f"{deed.rule};deed.reviewed")
