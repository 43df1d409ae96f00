"""The places of a ledger, and which of them a person means by the end of a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from audit.places import Ambiguous, Unknown
from parsers.place_names import LEVELS
from parsers.reading import Place
from storage.ledger import Ledger
from storage.queries import find_places

__all__ = ["Ambiguous", "Unknown", "meant", "places"]
Sort = Literal["level", "name"]


def places(ledger: Ledger) -> list[Place]:
    """Every place, the widest first."""
    return widest_first(find_places(ledger, ""))


def listed(ledger: Ledger, sort: Sort = "level") -> list[dict[str, str]]:
    """Every place with `name`, `code` and `level`: the widest first, or by name."""
    return in_order(places(ledger), sort)


def in_order(found: Iterable[Place], sort: Sort) -> list[dict[str, str]]:
    """Places as records, in an order."""
    return sorted(map(_record, found), key=lambda p: order_of(p, sort))


def order_of(place: Mapping[str, str], sort: Sort) -> tuple[str | int, ...]:
    """What a place is sorted by."""
    rest = (place["code"], place["name"])
    return (place["name"], place["code"]) if sort == "name" else (LEVELS.index(place["level"]), *rest)


def widest_first(found: Iterable[Place]) -> list[Place]:
    """From the nation to the street."""
    return sorted(found, key=lambda p: order_of(_record(p), "level"))


def _record(place: Place) -> dict[str, str]:
    return {"name": place.name, "code": place.code, "level": place.level}


def meant(known: Sequence[Place], tail: str) -> str:
    """The full name of the one place whose name ends in `tail`; an exact name always wins.

    Raises Ambiguous or Unknown.
    """
    found = sorted({place.name for place in known if place.name.endswith(tail)}) if tail else []
    if tail in found:
        return tail
    if len(found) > 1:
        raise Ambiguous(found)
    if not found:
        raise Unknown(sorted({place.name for place in known}))
    return found[0]
