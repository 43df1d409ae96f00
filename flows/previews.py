"""The digest preview of a ledger: what its last run with news had to tell."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.documents import documents
from digests.items import Digest, build, by_importance
from digests.preview import write
from flows.home import data_folder
from flows.settings import language
from storage.ledger import Ledger
from storage.queries import changes
from storage.queries.leading import Leading, last_run_with_news, leading

if TYPE_CHECKING:
    from digests.subscriptions import Subscription
    from storage.mails.outbox import Content

SHOWN = 300
"""Entries of a run's preview: the most important. `duixian digest` shows all."""


def digest_of(ledger: Ledger, *, district: str | None = None, whole: bool = False) -> Digest:
    """The digest of what the last run with news added, or of the whole log."""
    entries = changes(ledger, district=district).entries
    chosen = entries if whole else _latest(entries)
    return build(chosen, documents(ledger), lang=language(), demo=ledger.mode == "demo")


def write_preview(ledger: Ledger, folder: Path | None = None, **chosen: Any) -> Path:
    """Write the preview as HTML and text; the path of the HTML page. folder None: the data folder."""
    digest = digest_of(ledger, **chosen) if chosen else _digest_of_news(ledger, news_of_last_run(ledger))
    return write(digest, folder or data_folder())


@dataclass(frozen=True)
class News:
    """What a run was the first to say: the most important of it. run: None where nothing holds."""

    run: str | None
    found: Leading


def news_of_last_run(ledger: Ledger) -> News:
    """What the last run with news said."""
    run = last_run_with_news(ledger)
    return News(run, leading(ledger, by_importance, SHOWN, run=run) if run is not None else Leading([], 0))


def write_news(ledger: Ledger, news: News) -> Path:
    """Write the preview of what a run had to tell; the path of the HTML page."""
    return write(_digest_of_news(ledger, news), data_folder())


def write_mails(ledger: Ledger, subscription: Subscription, folder: Path | None = None) -> list[Path]:
    """Write what a subscriber would get now, a page and a text a mail. Nothing is sent or noted."""
    from flows.mailing.making import make
    from flows.mailing.setup import links

    folder = folder or data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for made in make(ledger, [subscription], ledger.clock(), links(), at_once=True):
        for number, mail in enumerate(made.mails, start=1):
            page = folder / f"mail-{subscription.id}-{number}.html"
            page.write_text(with_pictures(mail.content), encoding="utf-8")
            page.with_suffix(".txt").write_text(mail.content.text, encoding="utf-8")
            pages.append(page)
    return pages


def with_pictures(content: Content) -> str:
    """A mail's HTML with its pictures in it: a browser knows no files that travel along."""
    html = content.html or ""
    for one in content.attachments:
        if one.cid is not None:
            data = b64encode(one.content).decode("ascii")
            html = html.replace(f'"cid:{one.cid}"', f'"data:{one.media};base64,{data}"')
    return html


def _digest_of_news(ledger: Ledger, news: News) -> Digest:
    entries = news.found.entries
    cited = {str(piece["sha256"]) for entry in entries for piece in entry["evidence"]}
    texts = documents(ledger, versions=cited, only_own=True)
    digest = build(entries, texts, lang=language(), demo=ledger.mode == "demo")
    return replace(digest, entries=news.found.total)


def _latest(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries of the run that recorded last."""
    if not entries:
        return []
    last = max(entries, key=lambda e: str(e["recorded_at"]))["run"]
    return [entry for entry in entries if entry["run"] == last]
