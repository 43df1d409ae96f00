"""What one question asks more than once, asked once: a reading transaction sees one state throughout."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

T = TypeVar("T")
_HELD: WeakKeyDictionary[Connection, dict[Hashable, Any]] = WeakKeyDictionary()


@contextmanager
def remembering(connection: Connection) -> Iterator[None]:
    """Remember answers until the end of a transaction that only reads. One that writes must not: what it asks
    again may have changed by its own hand."""
    _HELD[connection] = {}
    try:
        yield
    finally:
        _HELD.pop(connection, None)


def once(connection: Connection, name: Hashable, ask: Callable[[], T]) -> T:
    """The answer known by this name; asked for again each time where nothing is remembered."""
    held = _HELD.get(connection)
    if held is None:
        return ask()
    if name not in held:
        held[name] = ask()
    answer: T = held[name]
    return answer


def wanted(connection: Connection, name: Hashable) -> bool:
    """Whether asking ahead for this is of use: it would be remembered, and is not yet."""
    held = _HELD.get(connection)
    return held is not None and name not in held


def remembers(connection: Connection) -> bool:
    """Whether anything that is asked now is remembered."""
    return connection in _HELD
