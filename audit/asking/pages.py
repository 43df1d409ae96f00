"""Lists worked out in memory, a page at a time: each page begins behind a key, as in the database's lists."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from storage.queries.paging import CursorError

T = TypeVar("T")
Key = tuple[str | int, ...]


def page_of(
    name: str,
    records: Iterable[T],
    key: Callable[[T], Key],
    after: str | None,
    limit: int,
    *,
    descending: bool = False,
) -> tuple[list[T], str | None]:
    """At most `limit` records in the order of their keys, those behind the key `after`; and where the next
    page begins. name: of the list and its order; another list's `after` is a CursorError.
    """
    kept = sorted(records, key=key, reverse=descending)
    if after is not None:
        last = _read(after, name, key(kept[0]) if kept else None)
        kept = [r for r in kept if (key(r) < last if descending else key(r) > last)]
    shown = kept[:limit]
    return shown, _written(name, key(shown[-1])) if len(kept) > limit else None


def _written(name: str, key: Key) -> str:
    told = json.dumps([name, *key], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _read(text: str, name: str, like: Key | None) -> Key:
    """The key that a page ended with. like: a key of this list, for its types."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found, *key = json.loads(raw)
    except (ValueError, TypeError, RecursionError) as error:
        raise CursorError(text) from error
    if found != name or (like is not None and [type(part) for part in key] != [type(part) for part in like]):
        raise CursorError(text)
    return tuple(key)
