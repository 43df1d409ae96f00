"""“Not observed” below an answer: when nobody looked at the sources that it would rest on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.cli.out import say

if TYPE_CHECKING:
    from datetime import date

    from storage.ledger import Ledger

MANY = 5
"""More of these than that are told by their number."""


def tell_unobserved(
    ledger: Ledger, place: str | None, begin: date | None, end: date | None, known_at: datetime | None = None
) -> None:
    """Say on stderr when the sources of a place (None: all) were not seen between two days: what is not in an
    answer was then not seen, or never said. Nothing where no source is configured. known_at: as it was known
    then."""
    from flows.observing import log_of_looks, unobserved
    from flows.settings import language
    from flows.source_words import unobserved_words
    from tracking.words.catalogue import translator

    _ = translator(language())
    now = known_at or datetime.now(UTC)
    found = unobserved(log_of_looks(ledger, now), place, begin, end, now)
    if place is None and len(found) > MANY:
        told = _("not observed: {number} times at which nobody saw a source (`duixian sources --gaps`)")
        say(told.format(number=len(found)))
        return
    for one in found:
        say(unobserved_words(one, _))
