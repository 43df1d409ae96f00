"""Citations: the words, where exactly they stand, and an address that pins both clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.site.viewing import View


def statement_citation(view: View, statement: Mapping[str, Any], path: str | None = None) -> str:
    """How to cite a statement."""
    _, path = view._, path or place_of(statement)
    title = statement.get("document_title") or statement["document"]
    parts = [
        f"“{' '.join(statement['text'].split())}”",
        f"{title} ({statement['document']}), {statement.get('published_on') or _('date unknown')}",
        _("characters {start}–{end}").format(start=statement["start"], end=statement["end"]),
        f"SHA-256 {statement['sha256']}",
        f"{_('statement')} {statement['key'][:16]}",
        view.permanent(path),
    ]
    return "; ".join(parts)


def place_of(record: Mapping[str, Any]) -> str:
    """The page that a statement or an entry is cited from: that of its commitment, else that of its text."""
    of = record.get("commitment")
    return f"/commitments/{of['id']}" if of else f"/documents/{record['sha256']}"


def entry_citation(view: View, entry: Mapping[str, Any], path: str | None = None) -> str:
    """How to cite an entry of the change log: all the words it rests on."""
    _, path = view._, path or place_of(entry)
    texts = [
        "“{quote}” ({document}, {where}, SHA-256 {sha256})".format(
            quote=" ".join(e["quote"].split()),
            document=e["document"],
            where=_("characters {start}–{end}").format(start=e["start"], end=e["end"]),
            sha256=e["sha256"],
        )
        for e in entry["evidence"]
    ]
    return "; ".join(
        [
            *texts,
            entry["said_on"] or _("date unknown"),
            f"{_('entry')} {entry['id']}, {_('entry hash')} {entry['entry_hash']}",
            f"{_('recorded')} {entry['recorded_at']}",
            view.permanent(path),
        ]
    )
