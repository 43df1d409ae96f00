"""Systems told in retrospect where the reader has no year for them.

A text of one plan year that tells two overall work systems of one government cannot mean both for that year:
the one told as past (谋划了) is last year's. A system that spells out its parts, told with it, goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracking import frameworks
from tracking.guises import identity_of
from tracking.mentions import Mention, where_listed

_PAST = re.compile(r"(?:谋划|提出|确立|确定|制定|形成|构建|实施|推行)了|去年|过去一年|一年来")
NEAR = 400
"""Characters behind the overall system within which its parts are told."""


def retold(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of one text's systems, those told of the year before moved into its edition."""
    overall = [m for m in mentions if _is_overall(m) and m.statement.period is None]
    past = [m for m in overall if _PAST.search(m.statement.text)]
    present = [m for m in overall if m not in past]
    dated = [m for m in mentions if _is_overall(m) and m.retrospective and m.edition.isdigit()]
    if len({m.edition for m in overall}) != 1:
        return list(mentions)
    if not past or not present:
        again = [a for whole in dated for a in _stood_in(whole, whole.edition, mentions, present)]
        return [*mentions, *again]
    moved = {m.id for whole in past for m in mentions if m is whole or _goes_with(whole, m, present)}
    told = [_year_before(m) if m.id in moved else m for m in mentions]
    wholes = [(whole, str(int(whole.edition) - 1)) for whole in past]
    return [*told, *(again for whole, year in wholes for again in _stood_in(whole, year, told, present))]


def _is_overall(mention: Mention) -> bool:
    return mention.framework is not None and frameworks.is_overall(mention.framework, mention.statement)


def _goes_with(whole: Mention, part: Mention, present: Sequence[Mention]) -> bool:
    if part.framework is None or part.statement.period is not None or _is_overall(part):
        return False
    start = part.statement.start
    if not whole.statement.start < start <= whole.statement.end + NEAR:
        return False
    if any(whole.statement.start < other.statement.start <= start for other in present):
        return False
    listed = frameworks.parts_of(part.framework).all
    return bool(listed & frameworks.parts_of(whole.framework).all) or part.statement.text.startswith(
        ("“", "即")
    )


def _stood_in(
    whole: Mention, edition: str, told: Sequence[Mention], present: Sequence[Mention]
) -> Iterator[Mention]:
    """This year's systems whose parts are all spelled out where last year's overall system is told.

    edition: last year's.
    """
    known = {identity_of(m) for m in told if m.framework is not None and m.edition == edition}
    until = min((p.statement.start for p in present), default=0)
    for mention in told:
        system = mention.framework
        if system is None or mention.edition != str(int(edition) + 1) or _is_overall(mention):
            continue
        if (
            len(system.components) != 1
            or len(system.components[0].items) < 3
            or identity_of(mention) in known
        ):
            continue
        spans = where_listed(system.components[0], whole.statement, whole.version)
        if (
            spans
            and whole.statement.start < spans[0][0]
            and spans[-1][1] <= min(until, whole.statement.end + NEAR)
        ):
            yield replace(_year_before(mention), slot="told with last year's", spans=spans)


def _year_before(mention: Mention) -> Mention:
    return replace(mention, edition=str(int(mention.edition) - 1), retrospective=True)
