"""Unsubscribing: a signed token in every mail, taken by one click (RFC 8058), by page or by mail."""

from __future__ import annotations

import re

from itsdangerous import BadSignature, URLSafeSerializer

from storage.ledger import Ledger
from storage.mails.subscribers import note_state, standings

_SALT = "duixian.unsubscribe"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{3,200}\.[A-Za-z0-9_-]{20,80}")


def token(secret: str, subscriber: str) -> str:
    """The token of a subscriber. It does not expire: an old mail must still let its reader leave."""
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(subscriber))


def subscriber_of(secret: str, text: str) -> str | None:
    """Whose token stands in a text (a path, a subject, a whole mail); None for none that we signed."""
    for found in _TOKEN.findall(text):
        try:
            name = URLSafeSerializer(secret, salt=_SALT).loads(found)
        except BadSignature:
            continue
        if isinstance(name, str):
            return name
    return None


def leave(ledger: Ledger, secret: str, text: str, reason: str = "one click") -> str | None:
    """Unsubscribe whoever's token stands in a text; who that is, None for no valid token.

    Leaving twice is no error. Somebody whom the ledger never met has left as well.
    """
    name = subscriber_of(secret, text)
    if name is not None:
        note_state(ledger, name, "unsubscribed", reason)
    return name


def has_left(ledger: Ledger, subscriber: str) -> bool:
    """Whether a subscriber gets nothing any more by their own wish."""
    with ledger.reading() as connection:
        standing = standings(connection).get(subscriber)
    return standing is not None and standing.state == "unsubscribed"
