"""Which of two texts came first, as far as their dates say; imprecise and unknown dates leave it open."""

from __future__ import annotations

from tracking.model import Version

_FIRST = "0000-01-01"
_LAST = "9999-12-31"


def bounds(published: str | None) -> tuple[str, str]:
    """First and last possible day of YYYY, YYYY-MM, YYYY-MM-DD or None, as comparable text."""
    if published is None:
        return _FIRST, _LAST
    return (published + _FIRST[len(published) :].replace("-00", "-01"), published + _LAST[len(published) :])


def published_of(version: Version) -> str | None:
    """The document's date as said, in whatever precision."""
    return version.reading.published.value if version.reading.published else None


def precedes(left: Version, right: Version) -> bool:
    """Whether the left text surely came before the right one: by dates, or replaced by it."""
    if right.supersedes == left.sha256:
        return True
    return bounds(published_of(left))[1] < bounds(published_of(right))[0]


def order_key(version: Version) -> tuple[str, str, str]:
    """A total order that respects dates as far as they go; the hash settles the rest."""
    first, last = bounds(published_of(version))
    return (last, first, version.sha256)
