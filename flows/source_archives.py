"""The archives of sources: a part of each, told by days, taken in piece by piece so that it may be broken
off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from audit.dates import first_day, last_day
from flows import core
from flows.fetching.turns import CHINA
from flows.looking import Look, ingest_source
from flows.version import parser_version
from flows.visitor import visitor_of
from parsers.sources.spec import Epaper
from storage.queries.watching import looked_at
from storage.runs import BACKFILL, finish_run, start_run

if TYPE_CHECKING:
    from flows.fetching.lists import Span
    from flows.fetching.turns import Turn
    from flows.fetching.web import Web
    from parsers.sources.loading import Source
    from storage.ledger import Ledger
    from storage.runs import Run

PIECE = 7
"""Days of issues that are read before their texts are stored: what breaking off can cost is asked again."""


class NoArchive(Exception):  # noqa: N818 - told to a person
    """There is no such part of an archive that could be asked for; the sentence says what to do."""


@dataclass
class Archives:
    """What a run over archives did. failed: sources of which a look broke off, and why."""

    run: str
    looks: list[Look] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def span_from(since: int | str | None, until: int | str | None, now: datetime, of: Sequence[Source]) -> Span:
    """The days that a person means: 2019, 2019-03 or 2019-03-05, each in full; until today if not told.

    Raises NoArchive where that is none, or where a source has no archive.
    """
    for source in of:
        if source.on_the_web is None:
            raise NoArchive(f"{source.id} is not on the web: it has no archive that could be asked")
    today = now.astimezone(CHINA).date()
    try:
        first = first_day(str(since))
        last = min(today, last_day(str(until))) if until is not None else today
    except ValueError:
        raise NoArchive(
            "say from when on: since as YYYY, YYYY-MM or YYYY-MM-DD, and until likewise"
        ) from None
    if first > last:
        raise NoArchive(f"from {first} to {last} there is no day")
    return first, last


def take_archives(
    ledger: Ledger,
    sources: Sequence[Source],
    span: Span,
    turn: Turn,
    *,
    store: core.Store = core.store,
    most: int | None = None,
) -> Archives:
    """Take in the days of the archives of sources that were not taken in yet; what they bring is no news."""
    run = start_run(ledger, kind=BACKFILL, parser_version=parser_version())
    done = Archives(run.id)
    for source in sources:
        try:
            with visitor_of(source, turn, ledger.clock) as web:
                for look in ingest_archive(ledger, source, span, web=web, run=run, store=store, most=most):
                    done.looks.append(look)
        except Exception as error:  # one source must not keep the others from being taken in
            done.failed[source.id] = f"{type(error).__name__}: {error}"
    counts = sum((Counter(look.counts()) for look in done.looks), Counter[str]())
    finish_run(ledger, run, status="failed" if done.failed else "completed", counts=counts)
    return done


def ingest_archive(
    ledger: Ledger,
    source: Source,
    span: Span,
    *,
    web: Web,
    run: Run,
    store: core.Store = core.store,
    most: int | None = None,
) -> Iterator[Look]:
    """Take in days of one source's archive, the newest first; a look at a time.

    An e-paper is asked day by day for its issues, any other source for its list, as far back as its file
    lets it be read; there, what is known is not fetched again. Ends early where the site wants to be left in
    peace, or shows nothing that is so old.
    """
    pieces = [span]
    if isinstance(source.spec, Epaper):
        pieces = list(missing(span, looked_at(ledger, [source.id])[source.id].archives))
    for piece in pieces:
        look = ingest_source(
            ledger, source, ledger.clock, web=web, run=run, store=store, most=most, span=piece
        )
        yield look
        if look.waiting or look.not_before is not None or not look.reached:
            return


def missing(span: Span, had: Sequence[Span]) -> Iterator[Span]:
    """The days of a span that lie in none of those that were had, in pieces, the newest first."""
    piece: list[date] = []
    for back in range((span[1] - span[0]).days + 1):
        day = span[1] - timedelta(days=back)
        known = any(since <= day <= until for since, until in had)
        if piece and (known or len(piece) == PIECE):
            yield piece[-1], piece[0]
            piece = []
        if not known:
            piece.append(day)
    if piece:
        yield piece[-1], piece[0]
