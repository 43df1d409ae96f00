"""Records as rows of the tables of tables.yml: what a record holds several of becomes rows of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

from storage.canonical import canonical
from storage.exports.cells import encodable
from storage.exports.tables import tables
from tracking.model import ACCUSATIONS
from tracking.words import labels

Row = tuple[str | int | float | bool | None, ...]


def rows_of(kind: str, record: Mapping[str, Any], demo: bool) -> Iterator[tuple[str, Row]]:
    """Rows with the name of their table."""
    for table, values in _FLATTEN[kind](record):
        yield table, _row(table, values, demo)


def words(demo: bool) -> Iterator[tuple[str, Row]]:
    """The rows of `words`: every label in both languages."""
    for group in ("change", "change_stated", "grade", "review", "direction", "kind", "life"):
        for name in labels.names(group):
            for lang in ("zh", "en"):
                told = labels.label(group, name, lang)
                facts = {"group": group, "name": name, "lang": lang, "word": told.word}
                yield (
                    "words",
                    _row("words", {**facts, "means": told.means, "means_not": told.means_not}, demo),
                )


def _row(table: str, values: Mapping[str, Any], demo: bool) -> Row:
    held = {**values, "demo": True} if demo else values
    return tuple([_plain(held.get(name), kind) for name, kind in _columns(table, demo)])


@cache
def _columns(table: str, demo: bool) -> list[tuple[str, str]]:
    return [(field.name, field.type) for field in tables(demo)[table].fields]


def _plain(value: Any, kind: str) -> str | int | float | bool | None:
    if value is None or (type(value) is str and value.isascii() and kind == "string"):
        return value
    if kind == "string":
        return encodable(value if isinstance(value, str) else _text(value))
    if kind == "number":
        return _float(value)
    return bool(value) if kind == "boolean" else int(value)


def _float(value: Any) -> float | None:
    """A float where one can hold the number at all; the exact digits stand in a column of their own."""
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def _text(value: Any) -> str:
    """A scalar as it prints, anything else as JSON."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else canonical(value)


def _why(clue: Mapping[str, Any] | None) -> str | None:
    return clue["why"] if clue else None


Rows = Iterator[tuple[str, Mapping[str, Any]]]


def _document(d: Mapping[str, Any]) -> Rows:
    complete = d["complete"] or {}
    yield (
        "documents",
        {
            **d,
            "place_clue": _why(d["place_clue"]),
            "published_clue": _why(d["published_clue"]),
            "plan_year_clue": _why(d["plan_year_clue"]),
            "complete": complete.get("value"),
            "complete_clue": complete.get("why"),
        },
    )


def _statement(s: Mapping[str, Any]) -> Rows:
    framework = s["framework"] or {}
    named = {"framework_name": framework.get("name"), "framework_formula": framework.get("formula")}
    yield "statements", {**s, **named}
    for ordinal, q in enumerate(s["quantities"]):
        about = {"statement": s["key"], "ordinal": ordinal, "value_text": _text(q["value"])}
        yield "quantities", {**q, **about}
    for at, component in enumerate(framework.get("components", ())):
        about = {"statement": s["key"], "component": at, "label": component["label"]}
        for ordinal, item in enumerate(component["items"] or [None]):
            yield "framework_parts", {**about, "ordinal": ordinal, "item": item}


def _commitment(c: Mapping[str, Any]) -> Rows:
    yield "commitments", {**c, "editions": " ".join(c["editions"])}
    for ordinal, m in enumerate(c["members"]):
        about = {"commitment": c["id"], "ordinal": ordinal, "statement": m["key"], "edition": m["period"]}
        yield "commitment_statements", {**m, **about}


def _edition(e: Mapping[str, Any]) -> Rows:
    counted = {"documents": len(e["documents"]), "statements": len(e["members"])}
    yield "editions", {**e, **counted}
    for text in e["documents"]:
        clue = _why(text["clue"])
        yield "edition_documents", {**text, "edition": e["id"], "clue": clue}


def _change(e: Mapping[str, Any]) -> Rows:
    reviewed = e["reviewed"] or {}
    thread: Mapping[str, Any] = e["commitment"]
    yield (
        "changes",
        {
            **e,
            **{name: thread[name] for name in ("title", "kind", "subject", "life")},
            "commitment": thread["id"],
            "pending": e["change"] in ACCUSATIONS and not reviewed,
            "reviewed_by": reviewed.get("by"),
            "reviewed_at": reviewed.get("at"),
            "replies": replies_told(e) or None,
        },
    )
    entry = {"change": e["id"], "commitment": thread["id"]}
    for name in sorted(e["fields"]):
        differs = e["fields"][name]
        sets: dict[str, Sequence[str] | None] = {
            k: differs[k] for k in ("added", "removed", "kept") if differs.get(k)
        }
        sides = {"old": differs.get("old"), "new": differs.get("new"), "direction": differs.get("direction")}
        yield "change_fields", {**entry, "field": name, **sides, **sets}
    for ordinal, piece in enumerate(e["evidence"]):
        yield "change_evidence", {**piece, **entry, "ordinal": ordinal}


def replies_told(entry: Mapping[str, Any]) -> str:
    """The accepted replies to an entry, one a line: the day, who wrote it, the words."""
    return "\n".join(
        f"{reply['accepted_at'][:10]} {reply['from']}".strip() + f": {' '.join(reply['text'].split())}"
        for reply in entry.get("replies", ())
    )


_FLATTEN = {
    "documents": _document,
    "statements": _statement,
    "commitments": _commitment,
    "editions": _edition,
    "changes": _change,
}
