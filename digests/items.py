"""What a digest holds, before it has a form: entries of the change log grouped by place and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from digests.labels import Label, change_label, string
from digests.phrases import Lang, differences, editions
from tracking.model import ACCUSATIONS

ORDER = (
    "conflict",
    "dropped",
    "missed",
    "unreported",
    "changed",
    "revived",
    "fulfilled",
    "reported",
    "new",
    "restated",
)
"""Most important first: what a reader must know before what is nice to know."""
KINDS = ("target", "framework", "action")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with its text. side: the words for “earlier” or “later”."""

    side: str
    words: str
    document: str
    date: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. marks: what to know before believing it (待核, how sure)."""

    title: str
    kind: str
    edition: str
    differences: tuple[str, ...]
    quotes: tuple[Quote, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind in one place."""

    change: str
    label: Label
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """All groups of one place."""

    place: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest in one language. legend: the kinds that occur, with what they mean and do not mean."""

    lang: Lang
    demo: bool
    entries: int
    documents: int
    places: tuple[PlaceGroup, ...]
    legend: tuple[Label, ...]


def build(
    entries: Iterable[Mapping[str, Any]],
    documents: Iterable[Mapping[str, Any]],
    *,
    lang: Lang,
    demo: bool,
) -> Digest:
    """A digest of change-log entries. documents: those of the ledger, for titles and dates of the quotes."""
    texts = {str(d["sha256"]): d for d in documents if d.get("sha256")}
    chosen = sorted((e for e in entries if e["change"] != "restated"), key=sort_key)
    places = tuple(
        PlaceGroup(place, _groups(list(inside), texts, lang))
        for place, inside in groupby(chosen, key=lambda e: str(e["district"]))
    )
    cited = {piece["sha256"] for entry in chosen for piece in entry["evidence"]}
    kinds = sorted({str(e["change"]) for e in chosen}, key=ORDER.index)
    legend = tuple(change_label(kind, lang) for kind in kinds)
    return Digest(lang, demo, len(chosen), len(cited), places, legend)


def sort_key(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """By place, kind of change, kind of promise, latest edition first, then title: a total order."""
    commitment = entry["commitment"]
    kind = commitment["kind"]
    return (
        str(entry["district"]),
        ORDER.index(entry["change"]),
        KINDS.index(kind) if kind in KINDS else len(KINDS),
        -_year(entry.get("edition_to") or entry.get("edition_from")),
        str(commitment["title"]),
        str(entry["id"]),
    )


def marks(entry: Mapping[str, Any], lang: Lang) -> list[str]:
    """How sure an entry is, and that nobody has reviewed an accusation yet."""
    found = [string(entry["grade"], lang)] if entry.get("grade") else []
    if entry["change"] in ACCUSATIONS and not entry.get("reviewed"):
        found.insert(0, string("review", lang))
    return found


def _groups(entries: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], lang: Lang) -> tuple[Group, ...]:
    return tuple(
        Group(change, change_label(change, lang), tuple(_item(entry, texts, lang) for entry in inside))
        for change, inside in groupby(entries, key=lambda e: str(e["change"]))
    )


def _item(entry: Mapping[str, Any], texts: Mapping[str, Any], lang: Lang) -> Item:
    commitment = entry["commitment"]
    return Item(
        title=str(commitment["title"]),
        kind=string(commitment["kind"], lang),
        edition=editions(entry),
        differences=tuple(differences(entry.get("fields") or {}, lang)),
        quotes=tuple(_quote(piece, texts, lang) for piece in entry["evidence"]),
        marks=tuple(marks(entry, lang)),
    )


def _quote(piece: Mapping[str, Any], texts: Mapping[str, Any], lang: Lang) -> Quote:
    known = texts.get(str(piece["sha256"]), {})
    return Quote(
        side=string(piece["side"], lang),
        words=" ".join(str(piece["quote"]).split()),
        document=str(known.get("title") or piece["document"]),
        date=str(known.get("published_on") or string("undated", lang)),
    )


def _year(period: object) -> int:
    digits = str(period or "0")[-4:]
    return int(digits) if digits.isdigit() else 0
