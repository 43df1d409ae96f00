"""What every answer carries, and what no request may do."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from audit.site.signing import user_of
from audit.site.viewing import LANGUAGES, plain_view
from tracking.words.marking import marked as _

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LONGEST_ADDRESS = 4096
LARGEST_BODY = 64 * 1024
Next = Callable[[Request], Awaitable[Response]]


class Pace:
    """How many requests an address may make in a minute."""

    def __init__(self, most: int, addresses: int = 10_000) -> None:
        self._most = most
        self._addresses = addresses
        self._seen: dict[str, deque[float]] = {}

    def allows(self, address: str, now: float) -> bool:
        """Count a request; False where it is one too many."""
        if len(self._seen) >= self._addresses and address not in self._seen:
            self._seen = {name: times for name, times in self._seen.items() if times[-1] > now - 60}
        times = self._seen.setdefault(address, deque())
        while times and times[0] <= now - 60:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True


def guard(pace: Pace) -> Callable[[Request, Next], Awaitable[Response]]:
    """The outermost step of every request."""

    async def step(request: Request, follow: Next) -> Response:
        if not request.url.path.startswith("/api/"):
            # A form sends its empty fields too: they ask for nothing.
            told = request.scope.get("query_string", b"").split(b"&")
            request.scope["query_string"] = b"&".join(part for part in told if not part.endswith(b"="))
        request.state.user = user_of(request.app.state.site, request)
        response = await _refused(request, pace) or await follow(request)
        if request.state.user is not None:
            # What only somebody signed in may see must not stay in a cache.
            response.headers["Cache-Control"] = "private, no-store"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return step


async def _refused(request: Request, pace: Pace) -> Response | None:
    raw = request.scope.get("raw_path", b"") + b"?" + request.scope.get("query_string", b"")
    if len(raw) > LONGEST_ADDRESS:
        return _told(request, _("this address is too long"), 414)
    if b"%00" in raw:
        return _told(request, _("an address holds no zero byte"), 400)
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY or "transfer-encoding" in request.headers:
        return _told(request, _("this is more than a form can hold"), 413)
    if request.url.path.startswith("/api/"):
        address = request.client.host if request.client else ""
        if not pace.allows(address, time.monotonic()):
            return _told(request, _("too many requests: try again in a minute"), 429, {"Retry-After": "60"})
    return None


def _told(request: Request, sentence: str, status: int, headers: dict[str, str] | None = None) -> Response:
    told, headers = plain_view(request)._(sentence), {**LANGUAGES, **(headers or {})}
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": told}, status, headers)
    return PlainTextResponse(told + "\n", status, headers)
