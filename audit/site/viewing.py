"""One request: its language, its clocks, who asks; and how its page is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.asking.changes import Audience
from audit.asking.clocks import Clocks, clocks
from audit.asking.places import meant, widest_first
from audit.site.place import Site
from parsers.reading import Place
from storage.queries.facts import last_commit, moment
from tracking.words.catalogue import translations
from tracking.words.labels import Lang, label, names, outcome
from tracking.words.reasons import reason

T = TypeVar("T")
AsOf = Annotated[
    str | None,
    Query(
        description="What held on this day: YYYY, YYYY-MM or YYYY-MM-DD.",
        max_length=10,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        examples=["2019-12-31"],
    ),
]
KnownAt = Annotated[
    str | None,
    Query(
        description="What the ledger said at this time (ISO 8601).",
        max_length=40,
        examples=["2026-11-20T18:30+08:00"],
    ),
]


Tongue = Annotated[
    Literal["zh", "en"] | None,
    Query(description="The language of messages and of headings in files; else that of Accept-Language."),
]


@dataclass
class View:
    """A request as pages see it. user: the name and role of who signed in, else None."""

    request: Request
    site: Site
    clocks: Clocks
    lang: Lang
    user: Mapping[str, str] | None = None
    timed: bool = False
    """Whether the page takes clocks: then an address can pin it."""
    day: date | None = None
    """The day that an answer is about though none was asked about: today, of what is due."""
    _last: datetime | None = None
    _head: int | None = None
    """When the ledger learned something last: one answer has many permanent links."""

    @property
    def audience(self) -> Audience:
        """Who signed in sees everything; a public site shows others what was reviewed."""
        return "operator" if self.user is not None else self.site.audience

    @property
    def _(self) -> Callable[[str], str]:
        return translations(self.lang).gettext

    def link(self, path: str, /, **parameters: Any) -> str:
        """An address of this site with parameters; the clocks go along, None and empty ones are left out."""
        told = {**self.clocks.query(), **{k.rstrip("_"): v for k, v in parameters.items()}}
        kept = {k: v for k, v in told.items() if v not in (None, "", [], ())}
        return quote(path, safe="/") + (f"?{urlencode(kept, doseq=True)}" if kept else "")

    def here(self, **parameters: Any) -> str:
        """This page with some parameters changed; None takes one away."""
        told: dict[str, Any] = {}
        for key, value in self.request.query_params.multi_items():
            told.setdefault(key, []).append(value)
        told |= {k.rstrip("_"): v for k, v in parameters.items()}
        kept = {k: v for k, v in told.items() if v not in (None, "", [], ())}
        path = parameters.get("path_") or self.request.url.path
        kept.pop("path", None)
        return quote(path, safe="/") + (f"?{urlencode(kept, doseq=True)}" if kept else "")

    def permanent(self, path: str | None = None) -> str:
        """The address of a page (None: this one) as it stands now: both clocks pinned, so that it says the
        same for ever."""
        site = self.site
        at = self.clocks.known_at or self._last
        if at is None:
            at = self._last = self.remembered("last commit", lambda: last_commit(site.ledger))
        pinned = {"as_of": self.clocks.as_of or self.day, "known_at": moment(at)}
        base = site.options.address.rstrip("/") or str(self.request.base_url).rstrip("/")
        return base + (self.here(**pinned) if path is None else self.link(path, **pinned))

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """As the site remembers it, which is asked but once a request how far the ledger has grown."""
        if self._head is None:
            self._head = self.site.head()
        return self.site.remembered(key, make, self._head)

    def places(self) -> list[Place]:
        """The places of the ledger."""
        return self.remembered("places", lambda: widest_first(self.site.places.all()))

    def district(self, tail: str | None) -> str | None:
        """The full name of a place by the end of it; None and an empty one stay none."""
        return meant(self.places(), tail) if tail else None

    def unobserved(self, place: str | None, begin: date | None = None, end: date | None = None) -> list[str]:
        """When nobody saw the place's sources, in sentences: nothing follows from a silence of that time.

        Without a place nothing is said: which of all sources an answer rests on is not known.
        """
        told = self.site.services.unobserved
        if told is None or place is None:
            return []
        until = end or self.clocks.as_of
        return told(self.site.ledger, place, begin, until, self.clocks.known_at, self.lang)

    def json(self, content: Mapping[str, Any]) -> JSONResponse:
        """An answer of the API, which says where it stands for ever."""
        return JSONResponse({**content, "permanent": self.permanent()})

    def page(self, template: str, status: int = 200, **content: Any) -> HTMLResponse:
        """A page of the site."""
        made = environment(self.lang).get_template(template)
        headers = {
            **LANGUAGES,
            "Content-Language": "zh-CN" if self.lang == "zh" else "en",
        }
        site = self.site
        return HTMLResponse(
            made.render(
                view=self,
                site=site,
                demo=site.ledger.mode == "demo",
                wording=site.services.wording,
                **content,
            ),
            status,
            headers,
        )


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site


def plain_view(request: Request) -> View:
    """A request without clocks."""
    site = site_of(request)
    return View(
        request,
        site,
        Clocks(),
        language(request, site.options.language),
        getattr(request.state, "user", None),
    )


async def view(request: Request, as_of: AsOf = None, known_at: KnownAt = None, lang: Tongue = None) -> View:
    """A request with its clocks; raises ClockError. lang is read by `language`: here it is described."""
    made = plain_view(request)
    made.clocks, made.timed = clocks(as_of, known_at), True
    return made


Viewing = Annotated[View, Depends(view)]
PlainViewing = Annotated[View, Depends(plain_view)]


LANGUAGES = {"Vary": "Cookie, Accept-Language"}
"""What an answer depends on beside its address."""


def wants_json(request: Request) -> bool:
    """Whether a program asks, to whom failures are told as JSON."""
    return request.url.path.startswith("/api/") or request.url.path.endswith(".json")


def language(request: Request, otherwise: Lang) -> Lang:
    """The language named in the address (`lang`), else the one chosen here (a cookie), else the browser's or
    program's, else the site's."""
    for told in (request.query_params.get("lang"), request.cookies.get("lang")):
        if told in ("zh", "en"):
            return "zh" if told == "zh" else "en"
    for part in request.headers.get("accept-language", "").split(","):
        wanted = part.split(";")[0].strip().lower()
        if wanted[:2] in ("zh", "en"):
            return "zh" if wanted[:2] == "zh" else "en"
    return otherwise


@cache
def environment(lang: Lang) -> Environment:
    """Templates with the words of a language."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )

    def word(group: str, name: str, grade: str | None = None) -> Any:
        return label(group, name, lang, grade=grade)

    made.globals.update(_=translations(lang).gettext, word=word, words=names, lang=lang, has_search=True)
    made.globals.update(outcome_word=lambda name: outcome(name, lang))
    made.filters.update(day=day, time=time, reason=lambda why: reason(why, lang))
    return made


def day(text: str | None) -> str:
    """The day of an ISO time."""
    return (text or "")[:10]


def time(text: str | None) -> str:
    """An ISO time to the minute: 2026-11-20 18:30 UTC."""
    if not text:
        return ""
    return f"{text[:10]} {text[11:16]} UTC" if len(text) > 10 else text
