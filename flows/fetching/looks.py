"""What one look at a source on the web does: lists, then texts, stored and logged as it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from audit.dates import first_day, last_day
from flows.fetching import texts
from flows.fetching.lists import Lists, read_lists
from flows.fetching.turns import CHINA
from parsers.sources.values import days
from storage.sightings import Seen, see_again
from storage.watching import GOOD, Fetch, Listing, State, known, log_fetches
from tracking.derive import derive

if TYPE_CHECKING:
    from flows import core
    from flows.fetching.lists import Span
    from flows.fetching.web import Web
    from parsers.sources.loading import Source
    from parsers.sources.spec import Fetched
    from storage.arrivals import DocumentOutcome
    from storage.ledger import Ledger
    from storage.runs import Run

BATCH = 25
"""Texts that are fetched before they are stored together: what a crash can cost is fetched again."""

ENOUGH = 5
"""Texts in a row that the site did not give: then it is left in peace until the next look."""

COPIES = 3
"""Addresses that show the very same bytes: what stands there is a notice of the site, not their texts."""


@dataclass
class Look:
    """What a look at a source brought.

    seen: the source showed what it lists, so what is not there was not put out. reached: at least one of its
    lists answered. texts: by state (new,
    changed, unchanged, left, gone, down, blocked, unread). faults: address, state and sentence of lists and
    texts. listed: entries of the lists, None where they had not changed. waiting: texts left for the next
    look. refusals: address and sentence of texts in quarantine.
    """

    source: str
    run: str = ""
    seen: bool = False
    reached: bool = False
    listed: int | None = None
    texts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    """By the address of a fault: the code that its words in another language go by."""
    refusals: list[tuple[str, str]] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    waiting: int = 0
    not_before: datetime | None = None
    note: str = ""

    @property
    def missed(self) -> int:
        """Texts that are there and were not had: another try may bring them."""
        return sum(self.texts[state] for state in ("down", "blocked", "unread"))

    def counts(self) -> dict[str, int]:
        """Its figures, as the log keeps them."""
        figures = {"requests": self.requests, "waiting": self.waiting, "faults": len(self.faults)}
        listed = {} if self.listed is None else {"listed": self.listed}
        return {**listed, **figures, **self.texts}


class Fetching:
    """A look at a source on the web."""

    def __init__(
        self,
        ledger: Ledger,
        source: Source,
        spec: Fetched,
        web: Web,
        run: Run,
        look: Look,
        store: core.Store,
        span: Span | None = None,
    ) -> None:
        self.ledger, self.source, self.spec, self.web = ledger, source, spec, web
        self.run, self.look, self.store, self.span = run, look, store, span
        self.known = known(ledger, source.id)

    def work(self, most: int | None) -> None:
        """Look once. most: texts fetched at most."""
        before = self.web.asked
        lists = read_lists(self.web, self.source, self.spec, self.known, self.span)
        self._log_lists(lists)
        wanted = self._wanted(lists) if self.span is None else self._within(lists, self.span)
        limit = min(most or self.spec.rate.most, self.spec.rate.most) if self.span is None else most
        limit = len(wanted) if limit is None else limit
        self.look.waiting = len(wanted)
        failed = 0
        for start in range(0, min(len(wanted), limit), BATCH):
            got: list[texts.Got] = []
            for listing in wanted[start : min(start + BATCH, limit)]:
                if failed >= ENOUGH or self.look.not_before is not None:
                    break
                got.append(self._get(listing))
                failed = failed + 1 if got[-1].fetch.state in ("down", "blocked") else 0
                self.look.not_before = got[-1].not_before
            self._keep(got)
            self.look.waiting -= len(got)
        self.look.requests = self.web.asked - before

    def _log_lists(self, lists: Lists) -> None:
        self.look.seen, self.look.not_before = lists.seen, lists.not_before
        self.look.listed = lists.counted
        self.look.reached = any(fetch.state in GOOD for fetch in lists.roots)
        for fetch in lists.fetches:
            if fetch.state not in GOOD and not (fetch.state == "gone" and fetch not in lists.roots):
                self._fault(fetch)
        fresh = [one for one in lists.listings.values() if self._says_more(one)]
        log_fetches(self.ledger, self.run, self.source.id, self.source.spec_sha256, lists.fetches, fresh)

    def _fault(self, fetch: Fetch) -> None:
        self.look.faults.append((fetch.address, fetch.state, fetch.detail))
        self.look.codes[fetch.address] = fetch.code

    def _says_more(self, listing: Listing) -> bool:
        before = self.known.listings.get(listing.address)
        facts = (listing.href, listing.title, listing.dated, listing.changed)
        return before is None or facts != (before.href, before.title, before.dated, before.changed)

    def _wanted(self, lists: Lists) -> list[Listing]:
        """Texts to ask for: those never had first, then the young ones, which may have been edited."""
        every = {**self.known.listings, **lists.listings}
        newest = self.web.clock() - timedelta(days=days(self.spec.reread))
        missing: list[Listing] = []
        again: list[Listing] = []
        for address in [*lists.listings, *(a for a in self.known.listings if a not in lists.listings)]:
            listing = every[address]
            first_seen = self.known.first_seen.get(address, listing.observed_at)
            if address not in self.known.last:
                missing.append(listing)
            elif address not in self.known.good:
                if first_seen >= newest:
                    again.append(listing)
            elif _day(listing.dated, first_seen) >= newest.astimezone(CHINA).date() or self._touched(listing):
                again.append(listing)
        return missing + again

    def _within(self, lists: Lists, span: Span) -> list[Listing]:
        """Texts of a part of the archive that were never had; also what an earlier try noted and left."""
        dated = {name: one for name, one in self.known.listings.items() if one.dated and inside(one, span)}
        here = {name: one for name, one in lists.listings.items() if inside(one, span)}
        return [one for name, one in {**dated, **here}.items() if name not in self.known.good]

    def _touched(self, listing: Listing) -> bool:
        """Whether the list says that a text was changed since it was last had."""
        before = self.known.listings.get(listing.address)
        good = self.known.good[listing.address][0]
        if before is None or listing.changed is None:
            return False
        return before.changed != listing.changed or before.observed_at > good.observed_at

    def _get(self, listing: Listing) -> texts.Got:
        got = texts.get(self.web, self.source, self.spec, listing, self.known)
        if got.same_as is None or got.fetch.state == "left" or got.declared is None:
            return got
        seen = Seen(self.source.id, listing.address, got.same_as, got.declared, got.fetch.observed_at)
        [outcome] = see_again(self.ledger, self.run, [seen])
        if outcome is not None:
            return got
        # “Not modified”, but a newer parser wants to read it, and these very bytes may not have been kept.
        return texts.get(self.web, self.source, self.spec, listing, self.known, whole=True)

    def _keep(self, got: Sequence[texts.Got]) -> None:
        """Store what arrived, then log what was fetched: a crash between costs a second request, no text."""
        got = [_notice(one, got) for one in got]
        arrivals = [one.arrival for one in got if one.arrival is not None]
        outcomes: Iterator[DocumentOutcome] = iter(())
        if arrivals:
            stored = self.store(self.ledger, self.run, arrivals, derive)
            outcomes = iter(stored.documents)
            self.look.changes += stored.changes
            self.look.withdrawn += stored.withdrawn
        fetches: list[Fetch] = []
        for one in got:
            fetch = one.fetch
            if one.arrival is not None:
                outcome = next(outcomes)
                self.look.documents[outcome.status] += 1
                known_before = fetch.address in self.known.good
                state: State = (
                    "changed" if outcome.status == "edited" else "unchanged" if known_before else "new"
                )
                if outcome.status == "refused":
                    self.look.refusals.append((fetch.address, str(one.arrival.outcome)))
                if fetch.state in GOOD:
                    fetch = replace(fetch, state=state)
            if fetch.state not in GOOD:
                self._fault(fetch)
            self.look.texts[fetch.state] += 1
            fetches.append(fetch)
        log_fetches(self.ledger, self.run, self.source.id, self.source.spec_sha256, fetches)


def inside(listing: Listing, span: Span) -> bool:
    """Whether an entry's day, as far as it is known, may lie within the first and the last day."""
    try:
        return span[0] <= last_day(listing.dated or "") and first_day(listing.dated or "") <= span[1]
    except ValueError:  # no day, or one that no calendar has
        return True


def _notice(one: texts.Got, others: Sequence[texts.Got]) -> texts.Got:
    """A text, or, if several addresses show the same bytes, the notice that stands there instead."""
    if one.arrival is None:
        return one
    same = [o for o in others if o.arrival is not None and o.fetch.sha256 == one.fetch.sha256]
    if len(same) < COPIES:
        return one
    detail = f"{len(same)} addresses show the very same page"
    fetch = replace(one.fetch, state="gone", code="soft_404", detail=detail, sha256=None, etag=None,
                    last_modified=None, declared=None)  # fmt: skip
    return texts.Got(fetch)


def _day(dated: str | None, first_seen: datetime) -> date:
    """The last day that a date can mean; without one, the day on which the text was first listed."""
    if dated is None:
        return first_seen.astimezone(CHINA).date()
    year, month, day = (*map(int, dated.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 12, 31)
    try:
        return date(year, month, day) if day else date(year, month, 28)
    except ValueError:
        return first_seen.astimezone(CHINA).date()
