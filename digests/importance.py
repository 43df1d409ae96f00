"""What a reader must know before what is nice to know: an order of entries by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LESS = frozenset({"lowered", "softened", "postponed", "narrowed"})
"""Directions in which a promise became less than it was."""
_RANKS = {
    "dropped": 0,
    "missed": 1,
    "unreported": 3,
    "conflict": 4,
    "changed": 5,
    "revived": 6,
    "fulfilled": 7,
    "reported": 8,
    "new": 9,
    "restated": 10,
}
_LESS = 2
_GRADES = ("stated", "inferred", "apparent")
_KINDS = ("target", "framework", "action")


def weight(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """Smaller is more important: what is gone or not met, then what became less, then the rest; surer before
    less sure, figures before deeds, large changes before small ones. A total order."""
    commitment = entry["commitment"]
    grade = entry.get("grade")
    return (
        _LESS if _became_less(entry) else _RANKS[entry["change"]],
        _GRADES.index(grade) if grade in _GRADES else 0,
        _KINDS.index(commitment["kind"]) if commitment["kind"] in _KINDS else len(_KINDS),
        -_share(entry),
        str(commitment["title"]),
        str(entry["id"]),
    )


def _became_less(entry: Mapping[str, Any]) -> bool:
    fields = entry.get("fields") or {}
    return entry["change"] == "changed" and any(f.get("direction") in LESS for f in fields.values())


def _share(entry: Mapping[str, Any]) -> float:
    """By which share of the old amount the new one differs, at most 1."""
    amount = (entry.get("fields") or {}).get("value") or {}
    old, new = amount.get("old"), amount.get("new")
    if (
        not all(isinstance(side, (int, float)) and not isinstance(side, bool) for side in (old, new))
        or not old
    ):
        return 0.0
    return float(min(1.0, abs(new - old) / abs(old)))
