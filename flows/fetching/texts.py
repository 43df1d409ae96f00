"""One text of a source: fetched, looked at, and handed on as an arrival, or noted as what it was instead."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.fetching.addresses import is_front_page
from flows.fetching.answers import Answer, NotHad
from flows.fetching.lists import fault
from flows.fetching.web import Web
from parsers.read import read_body
from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from parsers.sources import pages
from parsers.sources.loading import Source
from parsers.sources.spec import Fetched
from parsers.sources.taking import of_our_subject
from storage.reading_rows import declared_from, declared_text
from storage.watching import Fetch, Known, Listing
from storage.write import Arrival

if TYPE_CHECKING:
    from parsers.text import Body


@dataclass(frozen=True, slots=True)
class Got:
    """A text as it was found. arrival: what to store; same_as: its bytes, where they are known to be the same
    as at the last look (then nothing needs to be read); neither for a fault."""

    fetch: Fetch
    arrival: Arrival | None = None
    same_as: str | None = None
    declared: Declared | None = None
    not_before: datetime | None = None


_KINDS: dict[str, tuple[str, str]] = {
    "block_page": ("blocked", "a block or verification page stands in its place"),
    "login_page": ("blocked", "a login page stands in its place"),
    "error_page": ("gone", "an error page stands in its place"),
    "selectors": ("unread", "the page has another layout"),
}


def get(
    web: Web, source: Source, spec: Fetched, listing: Listing, known: Known, *, whole: bool = False
) -> Got:
    """Fetch one text. whole: ask for all of it, whatever is known."""
    good = None if whole else _still_asked_about(source, listing, known)
    now = web.clock()
    try:
        answer = web.get(
            listing.href,
            pause=spec.rate.pause,
            etag=good.etag if good else None,
            last_modified=good.last_modified if good else None,
        )
    except NotHad as not_had:
        return Got(fault(listing.address, "text", now, not_had), not_before=not_had.not_before)
    if answer.unmodified:
        if good is None:
            broken = NotHad("down", "http_304", "the server says “not modified” though nothing was known")
            return Got(fault(listing.address, "text", now, broken))
        declared = declared_from(good.declared or "{}")
        kept = replace(
            good,
            state="left" if good.state == "left" else "unchanged",
            observed_at=now,
            status=304,
            requests=answer.requests,
        )
        return Got(kept, same_as=good.sha256, declared=declared)
    return _look(source, spec, listing, answer, now)


def _still_asked_about(source: Source, listing: Listing, known: Known) -> Fetch | None:
    """The last good answer, where neither the source's file nor the list says anything new since."""
    good, spec_sha256 = known.good.get(listing.address, (None, ""))
    before = known.listings.get(listing.address)
    if good is None or spec_sha256 != source.spec_sha256 or before is None:
        return None
    renamed = (before.dated, before.changed) != (listing.dated, listing.changed)
    return None if renamed or before.observed_at > good.observed_at else good


def _look(source: Source, spec: Fetched, listing: Listing, answer: Answer, now: datetime) -> Got:
    facts: dict[str, Any] = {"status": answer.status, "requests": answer.requests}
    address = listing.address
    if is_front_page(answer.url) and not is_front_page(listing.href):
        detail = "the site sends visitors to its front page instead"
        return Got(Fetch(address, "text", "gone", now, "soft_404", detail, **facts))
    declared = replace(spec.declared(listing.dated, address), selectors=spec.article.selectors())
    outcome: Reading | Refused
    try:
        page = pages.look(answer.content, address, spec.article)
        if page.fault is not None:
            state, told = _KINDS[page.fault]
            detail = f"{told}: {page.detail}" if page.detail else told
            return Got(Fetch(address, "text", state, now, page.fault, detail[:300], **facts))  # type: ignore[arg-type]
        declared = replace(declared, published=page.dated or declared.published)
        assert page.body is not None
        good = Fetch(
            address, "text", "new", now,
            sha256=hashlib.sha256(answer.content).hexdigest(),
            etag=answer.etag, last_modified=answer.last_modified, declared=declared_text(declared), **facts,
        )  # fmt: skip
        if not of_our_subject(spec, _words(page.body)):
            detail = f"the text has nothing of {spec.only.text}"
            return Got(replace(good, state="left", code="left", detail=detail))
        outcome = read_body(page.body, declared)
    except Refused as refused:
        outcome = refused
        good = Fetch(
            address, "text", "new", now, refused.code, refused.detail[:300],
            sha256=hashlib.sha256(answer.content).hexdigest(),
            etag=answer.etag, last_modified=answer.last_modified, declared=declared_text(declared), **facts,
        )  # fmt: skip
    except Exception as error:  # a defect of ours must neither lose this text nor stop the others
        detail = f"the reader failed ({type(error).__name__}: {error}); please report it"
        outcome = Refused("broken", detail)
        good = Fetch(address, "text", "unread", now, "broken", detail[:300], **facts)
    return Got(good, Arrival(source.id, address, answer.content, now, outcome, declared), declared=declared)


def _words(body: Body) -> str:
    return "\n".join(paragraph.text for paragraph in body.paragraphs)
