"""How this operator visits the web: under which contact, and through which proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.fetching.web import Web
from flows.settings import settings
from parsers.sources.spec import Fetched
from storage.ledger import utc_now

if TYPE_CHECKING:
    from flows.fetching.turns import Clock, Turn
    from parsers.sources.loading import Source


def visitor(*, private: bool = False, turn: Turn | None = None, clock: Clock = utc_now) -> Web:
    """A visitor as the settings have it. private: may go to addresses inside, and goes there directly."""
    told = settings()
    proxy = told.proxy.get_secret_value() if told.proxy and not private else None
    return Web(contact=told.contact, private=private, proxy=proxy, turn=turn, clock=clock)


def visitor_of(source: Source, turn: Turn | None = None, clock: Clock = utc_now) -> Web:
    """The visitor that looks at a source."""
    private = isinstance(source.spec, Fetched) and source.spec.private
    return visitor(private=private, turn=turn, clock=clock)
