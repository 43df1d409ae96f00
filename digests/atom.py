"""Atom feeds (RFC 4287) of changes: of a place, of a commitment, or of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

from sqlalchemy import select

from digests.forms import item_html
from digests.issue import Entry, Issue, of_rows
from digests.links import Links
from digests.telling import headline, one_line, tell
from storage.ledger import Ledger
from storage.mails.rows import Role
from storage.models import ChangeRow, LedgerInfo
from storage.queries.facts import standing
from storage.selecting import horizon
from storage.strangers import cited, entry_shown, masked, rights_of
from tracking.words.catalogue import translator
from tracking.words.labels import Lang

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
MOST = 100
"""Entries of a feed: the last recorded."""


def feed(
    ledger: Ledger,
    *,
    lang: Lang,
    links: Links,
    address: str,
    district: str | None = None,
    commitment: str | None = None,
    role: Role = "reader",
    public: bool = False,
) -> bytes:
    """The feed of what holds, last recorded first. address: where the feed itself stands, "" for a file.

    district: full name; commitment: id. Readers get accusations only after review; what a parser upgrade
    concluded is no news, here as in mails. public: for strangers, who see short clauses of press texts and no
    names of private people.
    """
    issue, entries = _latest(ledger, role, district, commitment)
    if public:
        with ledger.reading() as connection:
            rights = rights_of(connection, cited(entries))
        entries = [entry_shown(entry, rights) for entry in entries]
        titles = {k: replace(one, title=masked(one.title)) for k, one in issue.cited.items()}
        issue = replace(issue, cited=titles)
    _ = translator(lang)
    about = district or (entries[0]["commitment"]["title"] if commitment and entries else _("all places"))
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN" if lang == "zh" else "en"})
    _add(root, "id", f"urn:duixian:feed:{_made(ledger)}:{district or commitment or 'all'}")
    _add(root, "title", one_line(f"{_('Duixian')} · {about}"))
    _add(root, "updated", entries[0]["recorded_at"] if entries else _made(ledger))
    _add(_sub(root, "author"), "name", _("Duixian"))
    if address:
        _sub(root, "link", rel="self", type=MEDIA, href=address)
    if issue.demo:
        _add(root, "subtitle", _("Demo: the texts, places and people below are invented."))
    for entry in entries:
        _entry(root, entry, issue, lang, links)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: ElementTree.Element, entry: Entry, issue: Issue, lang: Lang, links: Links) -> None:
    told = tell(entry, issue, lang, links)
    made = _sub(root, "entry")
    _add(made, "id", f"urn:duixian:entry:{entry['id']}")
    _add(made, "title", one_line(f"{entry['district']} · {headline(told, lang)}"))
    _add(made, "updated", str(entry["recorded_at"]))
    _sub(made, "category", term=str(entry["change"]), label=told.label.word)
    if told.link:
        _sub(made, "link", rel="alternate", type="text/html", href=told.link)
    _add(made, "content", str(item_html(told, lang)), type="html")


def _latest(
    ledger: Ledger, role: Role, district: str | None, commitment: str | None
) -> tuple[Issue, Sequence[Entry]]:
    with ledger.reading() as connection:
        upto = horizon(connection, None)
        t = ChangeRow.__table__
        query = standing(ChangeRow, upto).where(t.c.change != "restated", t.c.cause != "parser")
        if district is not None:
            query = query.where(t.c.district == district)
        if commitment is not None:
            query = query.where(t.c.commitment == commitment)
        # Twice as many as are shown: what readers may not see falls out of them.
        rows = connection.execute(query.order_by(t.c.commit_seq.desc(), t.c.seq.desc()).limit(2 * MOST)).all()
        issue, entries = of_rows(ledger, connection, rows, upto, role)
    return issue, entries[:MOST]


def _made(ledger: Ledger) -> str:
    """When the ledger was made: what tells its feeds from those of another."""
    with ledger.reading() as connection:
        made = connection.execute(select(LedgerInfo.created_at)).scalar_one()
    return str(made.isoformat().replace("+00:00", "Z"))


def _sub(parent: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name, attributes)


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    _sub(parent, name, **attributes).text = text
