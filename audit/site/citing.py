"""Citations: the words, where exactly they stand, and an address that pins both clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.site.viewing import View
from storage.queries.facts import last_commit, moment


def permanent(view: View, path: str) -> str:
    """The address of a page as it stands now: both clocks pinned, so that it says the same for ever."""
    site = view.site
    at = view.clocks.known_at or site.remembered("last commit", lambda: last_commit(site.ledger))
    pinned = {"as_of": view.clocks.as_of, "known_at": moment(at)}
    base = site.options.address.rstrip("/") or str(view.request.base_url).rstrip("/")
    return base + view.link(path, **pinned)


def statement_citation(view: View, statement: Mapping[str, Any], path: str) -> str:
    """How to cite a statement."""
    _ = view._
    title = statement.get("document_title") or statement["document"]
    parts = [
        f"“{' '.join(statement['text'].split())}”",
        f"{title} ({statement['document']}), {statement.get('published_on') or _('date unknown')}",
        _("characters {start}–{end}").format(start=statement["start"], end=statement["end"]),
        f"SHA-256 {statement['sha256']}",
        f"{_('statement')} {statement['key'][:16]}",
        permanent(view, path),
    ]
    return "; ".join(parts)


def entry_citation(view: View, entry: Mapping[str, Any], path: str) -> str:
    """How to cite an entry of the change log: all the words it rests on."""
    _ = view._
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
            permanent(view, path),
        ]
    )
