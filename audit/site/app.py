"""Makes the application: pages, API, static files, and how each kind of failure is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from audit.asking.clocks import ClockError
from audit.asking.places import Ambiguous, Unknown
from audit.site import (
    api,
    changes_page,
    charts,
    commitment_page,
    desk_page,
    document_page,
    due_page,
    lineage_page,
    place_page,
    plan_page,
    search_page,
    start_page,
    voices_page,
)
from audit.site.citing import entry_citation, statement_citation
from audit.site.faults import fault
from audit.site.options import Options, Services
from audit.site.place import Site
from audit.site.security import Pace, guard
from audit.site.viewing import LANGUAGES, environment, plain_view, wants_json
from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.queries.paging import CursorError
from tracking.words.labels import Lang
from tracking.words.sentences import sentence

MODULES = (document_page, due_page, lineage_page, place_page, plan_page, search_page)
_PAGES = (
    api.router,
    start_page.router,
    changes_page.router,
    commitment_page.router,
    desk_page.pages,
    voices_page.router,
    voices_page.pages,
    *(r for m in MODULES for r in (m.router, m.pages)),
)
LANGS: tuple[Lang, ...] = ("zh", "en")
LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def create_app(ledger: Ledger, services: Services, options: Options | None = None) -> FastAPI:
    """The site of a ledger. Without public options it answers to local names only."""
    options = options or Options()
    app = FastAPI(
        title="Duixian 兑现",
        description="What places promised, in which words, and what became of it. Every list takes `as_of` "
        "(what held on a day) and `known_at` (what the ledger said at a time).",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_warm,
    )
    for lang in LANGS:
        environment(lang).globals.update(cite_entry=entry_citation, cite_statement=statement_citation)
    app.state.site = Site(ledger, services, options)
    app.state.once_loaded = []
    app.state.attempts, app.state.letters = Pace(10), Pace(5)
    app.add_middleware(BaseHTTPMiddleware, dispatch=guard(Pace(options.requests_a_minute)))
    if not options.public:
        # A page elsewhere could give its own name this machine's address and then read everything.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOCAL)
    app.mount("/static", StaticFiles(directory=Path(__file__).with_name("static")), name="static")
    for router in (*_PAGES, *services.routers):
        app.include_router(router)
    _tell_failures(app)
    return app


@asynccontextmanager
async def _warm(app: FastAPI) -> AsyncIterator[None]:
    """Load the drawing library, and count what a large ledger holds, while nobody waits for it."""

    def load() -> None:
        import altair  # noqa: F401
        import vl_convert

        vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"})
        charts.prepare(app.state.site.options.language)
        for step in app.state.once_loaded:
            step()
        with suppress(LedgerError):
            app.state.site.places.all()
            start_page.held(app.state.site, None)

    Thread(target=load, daemon=True).start()
    yield


def _tell_failures(app: FastAPI) -> None:
    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _told(request, error.status_code, str(error.detail), error.headers)

    async def unreadable(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = plain_view(request)._
        faults = [fault(e, told) for e in error.errors()]
        if wants_json(request):
            return JSONResponse({"detail": faults}, 422, LANGUAGES)
        first = faults[0] if faults else {"loc": [""], "msg": ""}
        return _told(request, 422, f"{first['loc'][-1]}: {first['msg']}")

    async def bad(request: Request, error: Exception) -> Response:
        told = plain_view(request)._
        if isinstance(error, ClockError):
            return _told(request, 400, told(str(error)))
        return _told(request, 400, told("this list has no such page: begin at its first one"))

    async def place(request: Request, error: Exception) -> Response:
        told = plain_view(request)._
        if isinstance(error, Ambiguous):
            words = told("several places are called so, write more of the name: {names}")
            return _told(request, 400, words.format(names="、".join(error.candidates[:8])))
        assert isinstance(error, Unknown)
        words = told("no place of this ledger is called so; it has {names}")
        return _told(request, 404, words.format(names="、".join(error.known[:8]) or "0"))

    async def ledger(request: Request, error: Exception) -> Response:
        begun, several, ids = str(error).partition("several commitments begin with ")
        if several and not begun:
            words = plain_view(request)._("several commitments have such an id, write more of it: {ids}")
            return _told(request, 400, words.format(ids=ids.partition(": ")[2]))
        return _told(request, 503, sentence(str(error), plain_view(request).lang))

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(ClockError, bad)
    app.add_exception_handler(CursorError, bad)
    app.add_exception_handler(Ambiguous, place)
    app.add_exception_handler(Unknown, place)
    app.add_exception_handler(LedgerError, ledger)


def _told(request: Request, status: int, words: str, headers: Any = None) -> Response:
    view = plain_view(request)
    # The framework's own words are English (see `audit.site.faults.FRAMEWORK`).
    words = view._(words)
    if wants_json(request):
        return JSONResponse({"detail": words}, status, {**LANGUAGES, **(headers or {})})
    return view.page("problem.html", status, sentence=words, code=status)
