"""What a picture of a commitment shows: targets as steps, results as points, and when it fell silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_OPS = {"=": "", "~": "≈", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "between": ""}
OUTCOMES = ("fulfilled", "missed", "reported")


@dataclass(frozen=True, slots=True)
class Point:
    """An amount of a statement. year: the one it is about; edition: the plan it stands in."""

    role: str
    year: int
    edition: str | None
    value: float
    high: float | None
    op: str
    unit: str
    quote: str
    sha256: str
    start: int
    key: str
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """points: amounts of one unit, in order. unit: that unit. mentions: how often each edition says it, by
    role, for commitments without amounts. silent_since: the first edition known of the place that does not
    state it any more."""

    points: list[Point]
    unit: str
    mentions: list[dict[str, Any]]
    silent_since: str | None

    @property
    def measured(self) -> bool:
        """Whether there are amounts to draw."""
        return bool(self.points)


def picture(story: Mapping[str, Any], periods: Sequence[str]) -> Picture:
    """The picture of a story. periods: the yearly editions that the ledger has of its place and level."""
    every = [point for s in story["statements"] for point in _points(s)]
    units = Counter(point.unit for point in every if point.role == "promise") or Counter(
        point.unit for point in every
    )
    # One picture, one axis: other units are in the table beside it.
    unit = min(units, key=lambda u: (-units[u], u)) if units else ""
    points = sorted((p for p in every if p.unit == unit), key=lambda p: (p.year, p.role, p.value, p.key))
    told = Counter((s["edition"], role_of(s)) for s in story["statements"] if s["edition"])
    mentions = [{"edition": e, "role": r, "number": n} for (e, r), n in sorted(told.items())]
    return Picture(points, unit, mentions, _silent(story, periods))


def role_of(statement: Mapping[str, Any]) -> str:
    """What a statement is to the commitment: a promise or a result."""
    return "result" if statement["kind"] == "result" or statement["role"] == "result" else "promise"


def _points(s: Mapping[str, Any]) -> list[Point]:
    amounts = s.get("quantities") or []
    year = _year(s["period"], last=True) or _year(s["edition"]) or _year(s["published_on"])
    if s.get("withheld") or year is None or s["role"] == "named":
        return []  # what it is only told of by may be of another scope
    return [
        Point(
            role_of(s),
            year,
            s["edition"],
            float(q["value"]),
            None if q["high"] is None else float(q["high"]),
            q["op"],
            q["unit"] or "",
            s["text"],
            s["sha256"],
            s["start"],
            s["key"],
            s["published_on"],
        )
        for q in amounts[:1]
    ]


def _year(text: str | None, *, last: bool = False) -> int | None:
    if not text:
        return None
    part = text.split("..")[-1] if last else text
    return int(part[:4]) if part[:4].isdigit() else None


def observed_later(story: Mapping[str, Any], periods: Sequence[str]) -> bool:
    """Whether the ledger has a later yearly edition of the place than the last that states the commitment.

    Where it has none, nothing is known of what came after: not observed, which is not the same as silent.
    """
    stated = [s["edition"] for s in story["statements"] if s["edition"] and s["edition"].isdigit()]
    return bool(stated) and any(p.isdigit() and p > max(stated) for p in periods)


def _silent(story: Mapping[str, Any], periods: Sequence[str]) -> str | None:
    stated = [s["edition"] for s in story["statements"] if s["edition"] and s["edition"].isdigit()]
    if not stated:
        return None
    later = sorted(p for p in periods if p.isdigit() and p > max(stated))
    return later[0] if later else None


def bound(op: str, value: float, high: float | None) -> str:
    """An amount with its comparator, as in a table: ≥ 60, 6–6.5."""
    plain = f"{value:,.4f}".rstrip("0").rstrip(".")
    if high is not None:
        plain = f"{plain}–{high:,.4f}".rstrip("0").rstrip(".")
    return f"{_OPS.get(op, '')} {plain}".strip()
