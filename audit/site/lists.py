"""The columns of lists as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit.site.options import Wording
from audit.site.tables import Column
from storage.exports.flat import replies_told
from tracking.words.catalogue import translator
from tracking.words.labels import Lang, label, outcome
from tracking.words.marking import marked as _

_FOUND_AGAIN = (
    Column(_("said on"), lambda s: s["published_on"]),
    Column(_("text"), lambda s: s["document"]),
    Column(_("hashes of the texts"), lambda s: s["sha256"]),
    Column(_("begin"), lambda s: s["start"]),
    Column(_("end"), lambda s: s["end"]),
)
"""Where a sentence stands."""


def change_columns(wording: Wording, lang: Lang) -> Sequence[Column]:
    """The change log: what, where, old and new words, and how to find them again."""

    def quote(side: str) -> Any:
        return lambda e: "\n".join(x["quote"] for x in e["evidence"] if x["side"] == side)

    def word(entry: Mapping[str, Any]) -> str:
        return label("change", entry["change"], lang, grade=entry["grade"]).word

    return (
        Column(_("change"), word),
        Column(_("place"), lambda e: e["district"]),
        Column(_("promise"), lambda e: e["commitment"]["title"]),
        Column(_("then called"), lambda e: e.get("called")),
        Column(_("from edition"), lambda e: e["edition_from"]),
        Column(_("to edition"), lambda e: e["edition_to"]),
        Column(_("difference"), lambda e: "\n".join(wording.differences(e, lang))),
        Column(_("earlier words"), quote("old")),
        Column(_("later words"), quote("new")),
        Column(_("said on"), lambda e: e["said_on"]),
        Column(_("grade"), lambda e: label("grade", e["grade"], lang).word if e["grade"] else ""),
        Column(_("replies"), replies_told),
        Column(_("recorded"), lambda e: e["recorded_at"]),
        Column(_("texts"), lambda e: [x["document"] for x in e["evidence"]]),
        Column(_("hashes of the texts"), lambda e: [x["sha256"] for x in e["evidence"]]),
        Column(_("begin and end"), lambda e: [f"{x['start']}–{x['end']}" for x in e["evidence"]]),
        Column(_("commitment"), lambda e: e["commitment"]["id"]),
        Column(_("entry"), lambda e: e["id"]),
        Column(_("entry hash"), lambda e: e["entry_hash"]),
    )


def commitment_columns(lang: Lang) -> Sequence[Column]:
    """Commitments."""
    return (
        Column(_("promise"), lambda c: c["title"]),
        Column(_("kind"), lambda c: label("kind", c["kind"], lang).word),
        Column(_("life"), lambda c: label("life", c["life"], lang).word),
        Column(_("place"), lambda c: c["district"]),
        Column(_("editions"), lambda c: c["editions"]),
        Column(_("statements"), lambda c: c["statements"]),
        Column(_("recorded"), lambda c: c["recorded_at"]),
        Column(_("commitment"), lambda c: c["id"]),
    )


def document_columns(lang: Lang) -> Sequence[Column]:
    """Texts."""
    return (
        Column(_("text"), lambda d: d["document"]),
        Column(_("title"), lambda d: d["title"]),
        Column(_("place"), lambda d: d["district"]),
        Column(_("said on"), lambda d: d["published_on"]),
        Column(_("rights"), lambda d: d["rights"]),
        Column(_("statements"), lambda d: d["statements"]),
        Column(_("hashes of the texts"), lambda d: d["sha256"]),
    )


def statement_columns(lang: Lang) -> Sequence[Column]:
    """Statements that were found."""
    return (
        Column(_("kind"), lambda s: label("kind", s["kind"], lang).word),
        Column(_("place"), lambda s: s["district"]),
        Column(_("words"), lambda s: s["text"]),
        *_FOUND_AGAIN,
        Column(_("statement"), lambda s: s["key"]),
        Column(_("commitment"), lambda s: s["commitment"]["id"] if s["commitment"] else None),
    )


def edition_columns(lang: Lang) -> Sequence[Column]:
    """Statements of an edition."""
    return (
        Column(_("edition"), lambda s: s["edition"]),
        Column(_("of plan"), lambda s: label("lineage", s["lineage"], lang).word),
        Column(_("promise"), lambda s: s["commitment"]["title"] if s["commitment"] else None),
        *statement_columns(lang),
    )


def text_columns(lang: Lang) -> Sequence[Column]:
    """Texts that were found, each with the passage."""
    return (
        Column(_("text"), lambda t: t["document"]),
        Column(_("title"), lambda t: t["title"]),
        Column(_("place"), lambda t: t["district"]),
        Column(_("said on"), lambda t: t["published_on"]),
        Column(_("words"), lambda t: t["passage"]),
        Column(_("hashes of the texts"), lambda t: t["sha256"]),
    )


def lineages_columns(lang: Lang) -> Sequence[Column]:
    """Projects and systems of a place."""
    return (
        Column(_("name"), lambda r: r["name"]),
        Column(_("kind"), lambda r: r["kind"]),
        Column(_("editions"), lambda r: r["editions"]),
        Column(_("statements"), lambda r: r["statements"]),
        Column(_("commitment"), lambda r: r["commitments"]),
    )


def lineage_columns(lang: Lang) -> Sequence[Column]:
    """A project or system over the years, a sentence a row."""
    return (
        Column(_("edition"), lambda s: s["edition"]),
        Column(_("kind"), lambda s: label("kind", s["kind"], lang).word),
        Column(_("stage"), lambda s: s["stage"]),
        Column(_("formula"), lambda s: s["formula"]),
        Column(_("part"), lambda s: [f"{d['label']}: {'、'.join(d['items'])}" for d in s["digits"]]),
        Column(_("words"), lambda s: s["text"]),
        *_FOUND_AGAIN,
        Column(_("commitment"), lambda s: s["commitment"]["id"] if s["commitment"] else None),
    )


def place_columns(lang: Lang) -> Sequence[Column]:
    """Places."""
    return (
        Column(_("place"), lambda p: p["name"]),
        Column(_("level"), lambda p: p["level"]),
        Column(_("code"), lambda p: p["code"]),
    )


def indicator_columns(lang: Lang) -> Sequence[Column]:
    """The figures of an indicator."""
    return (
        Column(_("year"), lambda p: p["year"]),
        Column(_("what"), lambda p: p["role"]),
        Column(_("amount"), lambda p: p["value"]),
        Column(_("unit"), lambda p: p["unit"]),
        Column(_("edition"), lambda p: p["edition"]),
        Column(_("words"), lambda p: p["quote"]),
        Column(_("said on"), lambda p: p["published_on"]),
        Column(_("hashes of the texts"), lambda p: p["sha256"]),
        Column(_("begin"), lambda p: p["start"]),
        Column(_("statement"), lambda p: p["statement"]),
    )


def correction_columns(wording: Wording, lang: Lang) -> Sequence[Column]:
    """What was corrected: when and why, then the entry as it was, and what stands in for it."""
    words = {"parser": _("by a better reading"), "ruling": _("by a person's ruling")}
    say = translator(lang)

    def of(column: Column) -> Column:
        return Column(column.heading, lambda r: column.cell(r["old"]))

    return (
        Column(_("recorded"), lambda r: r["at"]),
        Column(_("reason"), lambda r: say(words[r["cause"]])),
        *map(of, change_columns(wording, lang)),
        Column(_("It says now"), lambda r: r["new"]["id"] if r["new"] else None),
    )


def scorecard_columns(lang: Lang) -> Sequence[Column]:
    """What a scorecard counts."""

    def quote(side: str) -> Any:
        return lambda r: "\n".join(x["quote"] for x in r["evidence"] if x["side"] == side)

    return (
        Column(_("place"), lambda r: r["district"]),
        Column(_("level"), lambda r: r["level"]),
        Column(_("promise"), lambda r: r["title"]),
        Column(_("edition"), lambda r: r["edition"]),
        Column(_("What became of it"), lambda r: outcome(r["outcome"], lang).word),
        Column(_("reviewed"), lambda r: r["reviewed"]),
        Column(_("earlier words"), quote("old")),
        Column(_("later words"), quote("new")),
        Column(_("commitment"), lambda r: r["commitment"]),
        Column(_("entry"), lambda r: r["entries"]),
    )


def due_columns(lang: Lang) -> Sequence[Column]:
    """What is due."""
    return (
        Column(_("due"), lambda r: r["due"]),
        Column(_("How a promise stands on a day"), lambda r: label("standing", r["state"], lang).word),
        Column(_("place"), lambda r: r["district"]),
        Column(_("promise"), lambda r: r["commitment"]["title"]),
        Column(_("edition"), lambda r: r["edition"]),
        Column(_("words"), lambda r: [e["quote"] for e in r["evidence"]]),
        Column(_("hashes of the texts"), lambda r: [e["sha256"] for e in r["evidence"]]),
        Column(_("begin and end"), lambda r: [f"{e['start']}–{e['end']}" for e in r["evidence"]]),
        Column(_("commitment"), lambda r: r["commitment"]["id"]),
    )
