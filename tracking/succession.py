"""Places that changed: merged into another, or called otherwise when a text was written."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.gazetteer import Entry, gazetteer
from parsers.reading import Reading
from tracking.owners import Owner

OPENING = 900
"""Characters from the start of a text within which it says whose it is."""


def succession(owner: Owner, readings: Iterable[Reading]) -> tuple[str, ...]:
    """What a person should know of the place itself: where it went, and its name in older texts."""
    table = gazetteer()
    names = [e for e in table.by_code.get(owner.code, ()) if e.level == owner.level]
    found = [note for entry in names if (note := _merged(entry)) is not None]
    entries = sorted({*names, *_before(owner)}, key=lambda e: (e.last or 0, e.name))
    called = [entry for entry in entries if entry.last is not None and entry.own not in owner.name]
    # Most places have one name, and their texts need not be looked into.
    openings = [reading.source.text[:OPENING] for reading in readings] if called else []
    for entry in called:
        if any(entry.own in opening for opening in openings):
            found.append(f"called {entry.own} until {entry.last}")
    return tuple(found)


def _merged(entry: Entry) -> str | None:
    """Where a place went that is none of its own any more."""
    table = gazetteer()
    heir = table.current(entry.successor) if entry.successor else None
    if entry.last is None or heir is None or table.today(entry).code != entry.code:
        return None
    if table.current(entry.code) is not None or heir.code == entry.code:
        return None
    return f"merged into {heir.name} after {entry.last}: what it promised is not followed there"


def _before(owner: Owner) -> list[Entry]:
    """Entries under other codes that go on as this place under this code."""
    table = gazetteer()
    return [
        entry
        for entry in table.entries
        if entry.successor == owner.code
        and entry.level == owner.level
        and table.today(entry).code == owner.code
    ]
