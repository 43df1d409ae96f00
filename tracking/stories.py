"""A thread told edition by edition and text by text: the shape that all kinds of change are read from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tracking import dates
from tracking.editions import order_of
from tracking.explain import Payload
from tracking.mentions import Mention
from tracking.model import Commitment, Version
from tracking.owners import Owner
from tracking.payload import payload_of, primary_dimension
from tracking.shelf import programme_from
from tracking.threads import Thread
from tracking.told import Told


@dataclass(frozen=True, slots=True)
class Telling:
    """One text's statements of the promise for one edition.

    main: the most telling of them. payload: their terms together.
    absent: the text says that no such target is set. ambiguous: its statements give several figures.
    """

    version: Version
    mentions: tuple[Mention, ...]
    main: Mention
    payload: Payload
    absent: bool
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One edition of the thread with its tellings in the order of their dates, as far as these go."""

    period: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A commitment with its chapters in order and the results told about it. told: what else it is told of
    by, less surely: nothing is read from it but that the thing was spoken of."""

    owner: Owner
    commitment: Commitment
    thread: Thread
    chapters: tuple[Chapter, ...]
    results: tuple[Mention, ...]
    told: tuple[Told, ...] = ()


def story_of(owner: Owner, commitment: Commitment, thread: Thread, told: tuple[Told, ...] = ()) -> Story:
    """The story of a thread."""
    promises = [m for m in thread.mentions if m.role == "promise"]
    primary = primary_dimension(promises)
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in promises:
        grouped[mention.edition].append(mention)
    periods = sorted(grouped, key=lambda p: order_of(grouped[p][0]))
    chapters: list[Chapter] = []
    for period in periods:
        tellings = _tellings(grouped[period], primary)
        if chapters:
            tellings = tuple(_following(t, chapters[-1].tellings[-1], primary) for t in tellings)
        chapters.append(Chapter(period, tellings))
    results = tuple(m for m in thread.mentions if m.role == "result")
    return Story(owner, commitment, thread, tuple(chapters), results, told)


def _tellings(mentions: Iterable[Mention], primary: str | None) -> tuple[Telling, ...]:
    by_text: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_text[mention.version.sha256].append(mention)
    tellings = [_of_programme(_telling(group, primary), primary) for group in by_text.values()]
    replaced = {t.version.sha256: t.version.supersedes for t in tellings}
    return tuple(sorted(tellings, key=lambda t: _order(t.version, replaced)))


def _order(version: Version, replaced: Mapping[str, str | None]) -> tuple[str, str, int, str]:
    """By date; an edited page after the page it replaces; the hash settles the rest."""
    depth, before = 0, version.supersedes
    while before is not None and before in replaced and depth < len(replaced):
        depth, before = depth + 1, replaced[before]
    last, first, sha = dates.order_key(version)
    return last, first, depth, sha


def _telling(group: list[Mention], primary: str | None) -> Telling:
    payloads = {m.id: payload_of(m, primary) for m in group}
    ordered = sorted(group, key=lambda m: (-_weight(payloads[m.id]), -m.statement.start, m.id))
    told: Payload = {}
    for mention in reversed(ordered):
        told |= payloads[mention.id]
    if "value" in told:
        told.pop("words", None)
    absent = all(m.statement.absent for m in group)
    figures = {payloads[m.id].get("value") for m in group} - {None}
    return Telling(group[0].version, tuple(ordered), ordered[0], told, absent, len(figures) > 1)


def _of_programme(telling: Telling, primary: str | None) -> Telling:
    """A telling that gives several figures, by those that stand where the text promises.

    Last year's result, told without its year, is now and then read as a target; it stands in the review.
    """
    if not telling.ambiguous:
        return telling
    start = programme_from(telling.version)
    kept = [m for m in telling.mentions if m.spans[0][0] >= start]
    return _telling(kept, primary) if 0 < len(kept) < len(telling.mentions) else telling


def _following(telling: Telling, before: Telling, primary: str | None) -> Telling:
    """A telling that gives several figures, by the one nearest to what was told before.

    Reports set a yearly figure and one for five years side by side; the other is of other years.
    """
    last, unit = before.payload.get("value"), before.payload.get("unit")
    if not telling.ambiguous or last is None or Decimal(last) <= 0:
        return telling
    figures = {m.id: payload_of(m, primary) for m in telling.mentions}
    fitting = [p for p in figures.values() if p.get("unit") == unit and Decimal(p.get("value") or 0) > 0]
    if not fitting:
        return telling
    nearest = min((p["value"] for p in fitting), key=lambda v: (abs(math.log(Decimal(v) / Decimal(last))), v))
    kept = [m for m in telling.mentions if figures[m.id].get("value") in (nearest, None)]
    return replace(_telling(kept, primary), ambiguous=True)


def _weight(payload: Payload) -> int:
    """How much a statement says: listed parts count one by one, a comparator is more than a bare number.

    Of equal ones the last in the text is taken: what is to come stands behind what has been.
    """
    bound = int(payload.get("op", "=") != "=")
    return bound + sum(len(v) if isinstance(v, list) else 1 for v in payload.values() if v is not None)
