"""What a source lists now: every page is asked for at each look, if only whether it has changed."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flows.fetching.addresses import absolute, asked, canonical
from flows.fetching.answers import Answer, NotHad
from flows.fetching.turns import CHINA
from flows.fetching.web import Web
from parsers.sources import entries
from parsers.sources.entries import Entry, Listed, Unreadable
from parsers.sources.loading import Source
from parsers.sources.pages import stand_in
from parsers.sources.spec import Epaper, Feed, Fetched, JsonList, ListPage, PagedList, Sitemap
from parsers.sources.taking import left_out
from parsers.sources.values import days
from storage.watching import GOOD, Fetch, Known, Listing, State

Span = tuple[date, date]
"""The first and the last day of a part of an archive."""

SITEMAPS = 50
"""Sitemaps read of one index."""


@dataclass
class Lists:
    """What the lists of a source were found to be. left: entries left out by name, with the reason.

    roots: the pages that must answer for the source to count as seen. listings: every entry that is listed.
    """

    fetches: list[Fetch] = field(default_factory=list)
    listings: dict[str, Listing] = field(default_factory=dict)
    roots: list[Fetch] = field(default_factory=list)
    left: list[tuple[Entry, str]] = field(default_factory=list)
    not_before: datetime | None = None
    counted: int | None = None
    """Entries of the roots, None where one of them had not changed or could not be read."""

    @property
    def seen(self) -> bool:
        """Whether the source showed what it lists, so that what is not there was not put out."""
        good = [fetch.state in GOOD for fetch in self.roots]
        return bool(good) and all(good)


def read_lists(web: Web, source: Source, spec: Fetched, known: Known, span: Span | None = None) -> Lists:
    """Ask for all list pages of a source; span: for those that lead to a part of its archive."""
    return _Reader(web, source, spec, known, span).read()


class _Reader:
    def __init__(self, web: Web, source: Source, spec: Fetched, known: Known, span: Span | None) -> None:
        self.web, self.source, self.spec, self.known, self.span = web, source, spec, known, span
        self.found = Lists()
        self.asked: set[str] = set()
        self.counts: dict[str, int] = {}
        # A page that was not had last time: the way to it leads over pages that may not have changed since.
        first = self._first()
        # And whoever wants what is far back goes there over pages that are known.
        self.unfinished = span is not None or any(
            one.role == "list" and one.state not in GOOD and one.state != "gone" and one.address not in first
            for one in known.last.values()
        )

    def read(self) -> Lists:
        spec = self.spec
        if isinstance(spec, Epaper):
            self._issues(spec)
        elif isinstance(spec, ListPage):
            for address in [spec.address] if isinstance(spec.address, str) else spec.address:
                self._page(address, root=True)
        elif isinstance(spec, PagedList):
            self._pages(spec)
        elif isinstance(spec, JsonList):
            self._json(spec)
        elif isinstance(spec, Sitemap):
            for address in self._page(spec.address, root=True)[1][:SITEMAPS]:
                self._page(address)
        elif isinstance(spec, Feed):
            self._page(spec.address, root=True)
        else:
            raise TypeError(f"{type(spec).__name__} is fetched by no reader")
        roots = [self.counts.get(fetch.address) for fetch in self.found.roots]
        self.found.counted = None if None in roots else sum(count or 0 for count in roots)
        return self.found

    def _first(self) -> set[str]:
        """The pages that every look begins with."""
        spec = self.spec
        if isinstance(spec, JsonList):
            return {canonical(spec.address.replace("{page}", "1"))}
        if isinstance(spec, ListPage | PagedList | Feed | Sitemap):
            every = [spec.address] if isinstance(spec.address, str) else spec.address
            return {canonical(address) for address in every}
        return set()

    def _pages(self, spec: PagedList) -> None:
        """Page by page, until one names nothing that is not known yet."""
        fresh, more = self._page(spec.address, root=True)
        number = spec.pages.first
        for _ in range(spec.pages.upto - 1):
            onward = spec.pages.address.format(page=number) if spec.pages.address else next(iter(more), None)
            if not (fresh or self.unfinished) or onward is None or canonical(onward) in self.asked:
                return
            if self._passed():
                return
            fresh, more = self._page(onward)
            number += 1

    def _json(self, spec: JsonList) -> None:
        if "{page}" not in spec.address:
            self._page(spec.address, root=True)
            return
        for number in range(1, spec.upto + 1):
            fresh, _ = self._page(spec.address.replace("{page}", str(number)), root=number == 1)
            ended = not self.counts.get(canonical(spec.address.replace("{page}", str(number))))
            if ended or self._passed() or not (fresh or self.span is not None):
                return

    def _passed(self) -> bool:
        """Whether the list, the newest first, has come to what is older than what is wanted."""
        if self.span is None:
            return False
        last = next(reversed(self.found.listings.values()), None)
        return last is not None and last.dated is not None and last.dated[:10] < self.span[0].isoformat()

    def _issues(self, spec: Epaper) -> None:
        """Issues of the last days, the newest first; a day without an issue is no fault unless all are."""
        newest = self.web.clock().astimezone(CHINA).date()
        count = max(1, round(days(spec.reread)))
        if self.span is not None:
            newest, count = self.span[1], (self.span[1] - self.span[0]).days + 1
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        past = (newest - timedelta(days=back) for back in range(count))
        wanted = [day for day in past if names[day.weekday()] in spec.days]
        if self.span is not None:
            # A day without an issue is no fault here, unless there is none at all.
            answered = [self._issue(spec, day, root=True) for day in wanted]
            if any(answered):
                self.found.roots = [fetch for fetch in self.found.roots if fetch.state != "gone"]
            return
        issues = [self._issue(spec, day, root=number < 3) for number, day in enumerate(wanted)]
        # The newest issue may not be out yet; of the last three days one must be.
        if any(issues[:3]):
            self.found.roots = [fetch for fetch in self.found.roots if fetch.state != "gone"]

    def _issue(self, spec: Epaper, day: date, *, root: bool) -> bool:
        address = spec.issue.format(yyyy=f"{day:%Y}", mm=f"{day:%m}", dd=f"{day:%d}")
        known = self.known.good.get(canonical(address))
        if known is not None and not root and not self.unfinished:
            return True  # an issue of an earlier day is printed: its list does not change
        before = len(self.found.fetches)
        _, more = self._page(address, root=root, dated=day.isoformat())
        if self.found.fetches[before].state not in GOOD:
            return False
        for onward in more:
            if canonical(onward) not in self.asked:
                self._page(onward, dated=day.isoformat())
        return True

    def _page(self, address: str, *, root: bool = False, dated: str | None = None) -> tuple[bool, list[str]]:
        """One list page: whether it names anything unknown, and where the list goes on."""
        name = canonical(address)
        if name in self.asked or self.found.not_before is not None:
            return False, []
        self.asked.add(name)
        fetch, listed = self._fetch(name, address, root)
        self.found.fetches.append(fetch)
        if root:
            self.found.roots.append(fetch)
        if listed is None:
            return False, []
        answer, found = listed
        self.counts[name] = len(found.entries)
        fresh = False
        for entry in found.entries:
            fresh = self._list(entry, answer.url, found.base, dated) or fresh
        onward = []
        for href in found.more:
            with suppress(ValueError):
                onward.append(absolute(href, answer.url, found.base))
        return fresh, onward

    def _list(self, entry: Entry, page: str, base: str | None, dated: str | None) -> bool:
        """Note an entry; whether it was unknown."""
        try:
            href = absolute(entry.href, page, base)
            name = canonical(href) if href.startswith(("http://", "https://")) else ""
        except ValueError:  # [ in a host, a port that is no number
            return False
        if not name or name in self.asked:
            return False  # no page, or the list itself
        if (why := left_out(self.spec, entry.title, href)) is not None:
            self.found.left.append((entry, why))
            return False
        day = entry.dated or dated
        listing = Listing(name, asked(href), entry.title[:300], day, entry.changed, self.web.clock())
        self.found.listings.setdefault(name, listing)
        return name not in self.known.listings

    def _fetch(self, name: str, address: str, root: bool) -> tuple[Fetch, tuple[Answer, Listed] | None]:
        last = self.known.good.get(name)
        # Read otherwise than last time, the same list may name other texts: ask for it whole.
        # An unchanged index of sitemaps says nothing of the sitemaps below it.
        whole = self.unfinished or isinstance(self.spec, Sitemap)
        same = last is not None and last[1] == self.source.spec_sha256 and not whole
        last_fetch = last[0] if last is not None and same else None
        now = self.web.clock()
        try:
            answer = self.web.get(
                address,
                pause=self.spec.rate.pause,
                etag=last_fetch.etag if last_fetch else None,
                last_modified=last_fetch.last_modified if last_fetch else None,
            )
        except NotHad as not_had:
            self.found.not_before = not_had.not_before
            return fault(name, "list", now, not_had), None
        facts: dict[str, Any] = {"status": answer.status, "requests": answer.requests}
        if answer.unmodified and last_fetch is not None:
            unchanged = Fetch(
                name, "list", "unchanged", now, sha256=last_fetch.sha256, etag=last_fetch.etag,
                last_modified=last_fetch.last_modified, **facts,
            )  # fmt: skip
            return unchanged, None
        try:
            listed = self._read(answer)
        except Unreadable as unreadable:
            return Fetch(name, "list", "unread", now, "list", str(unreadable), **facts), None
        except Exception as error:  # a defect of ours must not keep the other sources from being looked at
            told = f"the reader failed ({type(error).__name__}: {error}); please report it"
            return Fetch(name, "list", "unread", now, "broken", told[:300], **facts), None
        if (wrong := self._wrong(listed, root)) is not None:
            wrong_state, code, detail = wrong
            kept = (answer, listed) if code == "few_entries" else None
            return Fetch(name, "list", wrong_state, now, code, detail, **facts), kept
        sha256 = hashlib.sha256(answer.content).hexdigest()
        state: State = "new" if last is None else "unchanged" if last[0].sha256 == sha256 else "changed"
        good = Fetch(
            name, "list", state, now, sha256=sha256, etag=answer.etag,
            last_modified=answer.last_modified, **facts,
        )  # fmt: skip
        return good, (answer, listed)

    def _read(self, answer: Answer) -> Listed:
        spec = self.spec
        served = f"text/html; charset={spec.encoding}" if spec.encoding else answer.content_type
        if isinstance(spec, JsonList):
            return entries.json_list(answer.content, spec)
        if isinstance(spec, Feed):
            return entries.feed(answer.content)
        if isinstance(spec, Sitemap):
            return entries.sitemap(answer.content)
        assert isinstance(spec, ListPage | PagedList | Epaper)
        more = (
            spec.pages.next
            if isinstance(spec, PagedList)
            else spec.pages
            if isinstance(spec, Epaper)
            else None
        )
        return entries.html_list(answer.content, spec.entries, served_as=served, more=more)

    def _wrong(self, listed: Listed, root: bool) -> tuple[State, str, str] | None:
        """Why a list is not what it should be: state, code, sentence."""
        count, expect = len(listed.entries), self.spec.expect
        if not count and (kind := stand_in(listed.title, listed.text)) is not None:
            found: State = "gone" if kind == "error_page" else "blocked"
            return found, kind, f"the list shows “{listed.title[:60]}” instead of its entries"
        if not count and (listed.more or not root):
            return None  # an index of lists, or the end of one
        if root and count < expect.least:
            if count == 0:
                return "unread", "no_entries", "no entry is found on the list: has its layout changed?"
            return (
                "unread",
                "few_entries",
                f"the list has {count} entries, fewer than {expect.least}",
            )
        if expect.most is not None and count > expect.most:
            told = f"the list has {count} entries, more than {expect.most}: nothing is taken"
            return "unread", "many_entries", told
        return None


def fault(address: str, role: str, now: datetime, not_had: NotHad) -> Fetch:
    """What is recorded of an address that brought nothing."""
    return Fetch(
        address, role, not_had.state, now, not_had.code, not_had.detail[:300],  # type: ignore[arg-type]
        status=not_had.status, requests=not_had.requests,
    )  # fmt: skip
