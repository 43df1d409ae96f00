"""What a digest holds, before it has a form: entries of the change log grouped by place and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from digests.phrases import editions, entry_differences
from tracking.model import ACCUSATIONS
from tracking.words.catalogue import translator
from tracking.words.clues import told
from tracking.words.labels import Label, Lang, label

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
class Source:
    """A text that entries quote. clue: what its date rests on."""

    title: str
    document: str
    date: str
    clue: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest in one language. legend: the kinds that occur, with what they mean and do not mean."""

    lang: Lang
    demo: bool
    entries: int
    documents: int
    places: tuple[PlaceGroup, ...]
    sources: tuple[Source, ...]
    legend: tuple[Label, ...]


def build(
    entries: Iterable[Mapping[str, Any]],
    documents: Iterable[Mapping[str, Any]],
    *,
    lang: Lang,
    demo: bool,
) -> Digest:
    """A digest of change-log entries. documents: those of the ledger (`audit.documents`)."""
    texts = {str(d["sha256"]): d for d in documents if d.get("sha256")}
    chosen = by_importance(e for e in entries if e["change"] != "restated")
    places = tuple(
        PlaceGroup(place, _groups(list(inside), texts, lang))
        for place, inside in groupby(chosen, key=lambda e: str(e["district"]))
    )
    cited = {str(p["sha256"]): str(p["document"]) for entry in chosen for p in entry["evidence"]}
    sources = tuple(sorted((_source(texts.get(s, {}), n, lang) for s, n in cited.items()), key=_by_date))
    return Digest(lang, demo, len(chosen), len(cited), places, sources, _legend(chosen, lang))


def _source(known: Mapping[str, Any], name: str, lang: Lang) -> Source:
    dated = known.get("dated")
    return Source(_title(known, name), name, date_words(dated, lang), clue_words(dated, lang))


def _by_date(source: Source) -> tuple[str, str]:
    return source.date, source.document


def _title(known: Mapping[str, Any], name: str) -> str:
    return " ".join(str(known.get("title") or name).split())


def by_importance(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Entries place by place, the one with most entries first, inside a place by `_weight`."""
    entries = list(entries)
    count = Counter(str(entry["district"]) for entry in entries)
    return sorted(entries, key=lambda e: (-count[str(e["district"])], _weight(e)))


def _weight(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """By place, kind of change, kind of promise, latest edition first, then title: a total order."""
    commitment = entry["commitment"]
    kind = commitment["kind"]
    return (
        str(entry["district"]),
        ORDER.index(entry["change"]),
        str(entry.get("grade") or ""),
        KINDS.index(kind) if kind in KINDS else len(KINDS),
        -_year(entry.get("edition_to") or entry.get("edition_from")),
        str(commitment["title"]),
        str(entry["id"]),
    )


def marks(entry: Mapping[str, Any], lang: Lang) -> list[str]:
    """How sure an entry is, and that nobody has reviewed an accusation yet."""
    grade, accuses = entry.get("grade"), entry["change"] in ACCUSATIONS
    found = [label("grade", str(grade), lang).word] if grade and (accuses or grade != "stated") else []
    if accuses and not entry.get("reviewed"):
        found.insert(0, label("review", "pending", lang).word)
    return found


def _legend(entries: Sequence[Mapping[str, Any]], lang: Lang) -> tuple[Label, ...]:
    """The labels that occur, each once: kinds of change, then grades and review."""
    found = [change_label(e, lang) for e in sorted(entries, key=lambda e: ORDER.index(e["change"]))]
    found += [
        label("grade", g, lang)
        for g in ("stated", "inferred", "apparent")
        if any(e["grade"] == g for e in entries)
    ]
    if any(e["change"] in ACCUSATIONS and not e.get("reviewed") for e in entries):
        found.append(label("review", "pending", lang))
    return tuple(dict.fromkeys(found))


def change_label(entry: Mapping[str, Any], lang: Lang) -> Label:
    """What an entry's kind of change is called; a withdrawal that a text states has its own word."""
    return label("change", str(entry["change"]), lang, grade=entry.get("grade"))


def _groups(entries: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], lang: Lang) -> tuple[Group, ...]:
    return tuple(
        Group(change, word, tuple(_item(entry, texts, lang) for entry in inside))
        for (change, word), inside in groupby(
            entries, key=lambda e: (str(e["change"]), change_label(e, lang))
        )
    )


def _item(entry: Mapping[str, Any], texts: Mapping[str, Any], lang: Lang) -> Item:
    commitment = entry["commitment"]
    return Item(
        title=str(commitment["title"]),
        kind=label("kind", str(commitment["kind"]), lang).word,
        edition=" · ".join(filter(None, (editions(entry), then_called(entry, lang)))),
        differences=tuple(entry_differences(entry, lang)),
        quotes=tuple(_quote(entry, piece, texts, lang) for piece in entry["evidence"]),
        marks=tuple(marks(entry, lang)),
    )


def _quote(entry: Mapping[str, Any], piece: Mapping[str, Any], texts: Mapping[str, Any], lang: Lang) -> Quote:
    known = texts.get(str(piece["sha256"]), {})
    return Quote(
        side=side_words(entry, piece, lang),
        words=words(piece),
        document=_title(known, str(piece["document"])),
        date=date_words(known.get("dated"), lang),
    )


def then_called(entry: Mapping[str, Any], lang: Lang) -> str:
    """What the entry's text called the thing, where it has another name since; "" where it has not."""
    then = entry.get("called")
    return translator(lang)("then called {name}").format(name=" ".join(str(then).split())) if then else ""


def side_words(entry: Mapping[str, Any], piece: Mapping[str, Any], lang: Lang) -> str:
    """What a quote is to its entry. The texts of a conflict have no order: nothing says which holds."""
    _ = translator(lang)
    if entry["change"] == "conflict":
        return _("one text") if piece["side"] == "old" else _("another text")
    return _("earlier words") if piece["side"] == "old" else _("later words")


def date_words(dated: Mapping[str, Any] | None, lang: Lang) -> str:
    """A text's date as `audit.documents` tells it; an inferred one is marked."""
    _ = translator(lang)
    if not dated:
        return _("date unknown")
    return _("{date} (inferred)").format(date=dated["value"]) if dated["inferred"] else str(dated["value"])


def clue_words(dated: Mapping[str, Any] | None, lang: Lang) -> str:
    """What a text's date rests on."""
    why = str(dated["why"]).removeprefix("inferred from the text: ") if dated else ""
    return " ".join(told(why, lang).split())


def words(piece: Mapping[str, Any]) -> str:
    """A quote for reading: stretches that stand apart in the text are set apart, line breaks closed up."""
    quote, at, stretches = str(piece["quote"]), 0, []
    for start, end in piece.get("spans") or [[0, len(quote)]]:
        stretches.append(" ".join(quote[at : at + end - start].split()))
        at += end - start
    return " … ".join(filter(None, stretches))


def _year(period: object) -> int:
    digits = str(period or "0")[-4:]
    return int(digits) if digits.isdigit() else 0
