"""Trying a source out, without a ledger: what it would take and why, and if a second look gives the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.fetching import texts
from flows.fetching.addresses import absolute, asked
from flows.fetching.lists import Lists, read_lists
from parsers.reading import Reading
from parsers.refusal import Refused
from parsers.sources.drafting import Draft, article_body, draft
from parsers.sources.spec import Epaper, Fetched, JsonList, PagedList
from storage.watching import GOOD, Known, Listing

if TYPE_CHECKING:
    from flows.fetching.answers import Answer
    from flows.fetching.web import Web
    from parsers.sources.loading import Source

NO_PLACE = ("unknown_place", "ambiguous_place")
"""Codes of refusals of a text whose place is open."""

SAMPLES = 3
"""Texts that are fetched to try a source out."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text as the source would bring it."""

    listing: Listing
    got: texts.Got

    @property
    def body(self) -> str | None:
        """Hash of its body, of its bytes where it could not be read; None for a fault."""
        if self.got.arrival is None:
            return self.got.fetch.sha256
        outcome = self.got.arrival.outcome
        return outcome.body_sha256 if isinstance(outcome, Reading) else self.got.fetch.sha256


@dataclass
class Tried:
    """What trying a source out showed. differs: addresses that had another text at the second look;
    an empty one if the list named other entries."""

    lists: Lists
    samples: list[Sample]
    differs: list[str] = field(default_factory=list)
    requests: int = 0

    @property
    def placed(self) -> bool:
        """Whether each text was found to be of a place."""
        outcomes = [s.got.arrival.outcome for s in self.samples if s.got.arrival is not None]
        return not any(isinstance(one, Refused) and one.code in NO_PLACE for one in outcomes)

    @property
    def good(self) -> bool:
        """Whether the source may be taken as it is."""
        fine = self.placed and all(s.got.fetch.state in GOOD for s in self.samples)
        return self.lists.seen and bool(self.lists.listings) and fine and not self.differs


def try_out(web: Web, source: Source, spec: Fetched, samples: int = SAMPLES) -> Tried:
    """Look twice at a source's lists and some of its texts; nothing is stored."""
    spec = _short(spec)
    lists, first = _once(web, source, spec, samples)
    again, second = _once(web, source, spec, samples)
    tried = Tried(lists, first, requests=web.asked)
    names = [(one.address, one.title, one.dated) for one in lists.listings.values()]
    if names != [(one.address, one.title, one.dated) for one in again.listings.values()]:
        tried.differs.append("")
    for one, two in zip(first, second, strict=False):
        if one.body != two.body:
            tried.differs.append(one.listing.address)
    return tried


def _once(web: Web, source: Source, spec: Fetched, samples: int) -> tuple[Lists, list[Sample]]:
    lists = read_lists(web, source, spec, Known())
    chosen = [*lists.listings.values()][:samples]
    return lists, [Sample(one, texts.get(web, source, spec, one, Known())) for one in chosen]


def _short(spec: Fetched) -> Fetched:
    """The same source with less of it: two pages, the issues of some days."""
    if isinstance(spec, Epaper):
        return spec.model_copy(update={"reread": "3d"})
    if isinstance(spec, PagedList):
        return spec.model_copy(update={"pages": spec.pages.model_copy(update={"upto": 2})})
    return spec.model_copy(update={"upto": 1}) if isinstance(spec, JsonList) else spec


def drafted(web: Web, url: str) -> tuple[str, str, Draft]:
    """A name and the YAML text of a first draft for a page, and what it rests on. Raises NotHad."""
    answer = web.get(url)
    found = draft(answer.content, answer.content_type)
    body = _body_of_first(web, answer, found)
    host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(answer.url).hostname or "source").lower()).strip("-")
    name = f"{host.removeprefix('www-')}-news"
    return name, _yaml(asked(url), found, body), found


def _body_of_first(web: Web, answer: Answer, found: Draft) -> str | None:
    from flows.fetching.answers import NotHad

    if found.first is None:
        return None
    try:
        page = web.get(absolute(found.first, answer.url))
    except NotHad:
        return None
    return article_body(page.content, page.content_type)


def _yaml(url: str, found: Draft, body: str | None) -> str:
    """The draft as a person completes it: what was guessed, and what only they know."""
    lines = [
        "# Drafted by `duixian source new`. Complete what says TODO, then `duixian source check` this file.",
        "# docs/sources.md explains every key.",
        f"name: {_quoted(f'TODO {found.title}'.strip())}",
        f"kind: {found.kind}",
        "place:            # TODO full name, as 云川市澄湖区; leave it empty if the texts say so themselves",
        "level: district   # nation, province, city, district or street",
        "rights: unknown   # official, press or unknown",
        "rhythm: {look: 1d, news: 7d}   # look every day; twice as long as this without news is an alarm",
        f"address: {_quoted(url)}",
    ]
    if found.kind in ("list", "paged_list"):
        told = f"   # finds {found.count} entries now" if found.entry else "   # TODO no list was recognised"
        lines.append("entries:")
        lines.append(f"  entry: {_quoted(found.entry or 'ul li')}{told}")
        lines += [f"  date: {_quoted(found.date)}"] if found.date else []
        lines += ["pages:", f"  next: {_quoted(found.next)}", "  upto: 5"] if found.next else []
        lines.append(f"expect: {{least: {max(1, found.count // 2)}}}")
    if found.kind == "json":
        lines += [
            "entries: data.list   # TODO path to the array of entries",
            "link: url   # TODO path in an entry",
        ]
    if body:
        lines += ["article:", f"  body: {_quoted(body)}   # a page without it counts as a fault"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Text as a YAML scalar that cannot be misread."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
