"""Asking the web for one address: in turn, within limits, only where it is allowed, and saying who asks."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from flows.fetching.addresses import absolute, asked, host_of
from flows.fetching.answers import Answer, Limits, NotHad, Transient, body, judge
from flows.fetching.guard import Forbidden, Guarded, Resolve, resolve
from flows.fetching.robots import Robots
from flows.fetching.turns import Clock, Sleep, Turn, Turns
from storage.ledger import utc_now

AGENT = "duixian"
"""What robots.txt knows us by."""


def user_agent(contact: str | None = None) -> str:
    """Who asks: program, version and how to reach the operator."""
    try:
        known = version("duixian")
    except PackageNotFoundError:
        known = "0"
    return f"{AGENT}/{known} (reads public commitments; {contact or 'operator gave no contact'})"


class Web:
    """One visitor of the web. Use it as a context manager.

    turn: waits for a host's turn (in this process unless another is given). private: may go to private
    addresses. proxy: address that the web is asked through. clock, sleep: moved by tests.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        private: bool = False,
        proxy: str | None = None,
        clock: Clock = utc_now,
        sleep: Sleep = time.sleep,
        turn: Turn | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        resolve: Resolve = resolve,
    ) -> None:
        self.clock, self.sleep, self.limits = clock, sleep, limits
        self.turn = turn or Turns(clock, sleep)
        self.asked = 0
        self._robots = Robots(lambda url: self._get(url, 0.0, {}, check=False), clock)
        self._client = httpx.Client(
            transport=Guarded(private=private, resolve=resolve, proxy=proxy),
            headers={
                "User-Agent": user_agent(contact),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
            timeout=httpx.Timeout(limits.silence, connect=limits.connect),
            follow_redirects=False,
            # HTTP_PROXY and the like would take requests past the guard.
            trust_env=False,
        )

    def get(
        self,
        url: str,
        *,
        pause: float = 3.0,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer:
        """Fetch an address, asking only for what is newer than the validators. Raises NotHad.

        pause: seconds between two requests to a host, at least.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return self._get(asked(url), pause, headers, check=True)

    def _get(self, url: str, pause: float, headers: dict[str, str], *, check: bool) -> Answer:
        before = self.asked
        retrying = Retrying(
            retry=retry_if_exception_type(Transient),
            stop=stop_after_attempt(self.limits.attempts),
            wait=_patience,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            answer = retrying(self._follow, url, pause, headers, check)
            return replace(answer, requests=self.asked - before)
        except NotHad as not_had:
            not_had.requests = self.asked - before
            raise

    def _follow(self, url: str, pause: float, headers: dict[str, str], check: bool) -> Answer:
        for _ in range(self.limits.redirects + 1):
            if check:
                rules = self._robots.rules(url)
                if not rules.allow(url, AGENT):
                    raise NotHad("blocked", "robots", f"the site's robots.txt asks not to fetch {url}")
                pause = max(pause, rules.pause(AGENT))
            answer, onward = self._once(url, pause, headers)
            if answer is not None:
                return answer
            url = asked(absolute(onward, url))
            if not url.startswith(("http://", "https://")):
                raise NotHad("blocked", "forbidden_address", f"the page sends visitors on to {onward[:80]}")
        raise NotHad(
            "down", "redirects", f"the page sends visitors on more than {self.limits.redirects} times"
        )

    def _once(self, url: str, pause: float, headers: dict[str, str]) -> tuple[Answer | None, str]:
        """One request: an answer, or where it sends us."""
        self.turn(host_of(url), pause)
        started = time.monotonic()
        self.asked += 1
        try:
            request = self._client.build_request("GET", url, headers=headers)
            response = self._client.send(request, stream=True)
            try:
                return self._taken(response, url, started)
            finally:
                response.close()
        except Forbidden as forbidden:
            raise NotHad("blocked", "forbidden_address", str(forbidden)) from forbidden
        except httpx.TimeoutException as error:
            raise Transient("down", "timeout", "the server did not answer in time") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise NotHad("blocked", "forbidden_address", f"{url} is no address ({error})") from error
        except httpx.HTTPError as error:
            raise Transient("down", "connection", f"no connection ({error})") from error

    def _taken(self, response: httpx.Response, url: str, started: float) -> tuple[Answer | None, str]:
        if response.status_code in (301, 302, 303, 307, 308) and "Location" in response.headers:
            return None, response.headers["Location"]
        try:
            judge(response, self.clock())
        except Transient as busy:
            if busy.after is not None and busy.after > self.limits.wait:
                until = self.clock() + timedelta(seconds=busy.after)
                raise NotHad(
                    busy.state, busy.code, f"{busy.detail} and asks to come back later",
                    status=busy.status, not_before=until,
                ) from busy  # fmt: skip
            raise
        content = b"" if response.status_code == 304 else body(response, self.limits, started)
        told = response.headers
        return Answer(
            url,
            response.status_code,
            content,
            told.get("Content-Type"),
            told.get("ETag"),
            told.get("Last-Modified"),
            1,
        ), ""

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_BACKING_OFF = wait_exponential_jitter(multiplier=2, max=30, jitter=2)


def _patience(state: RetryCallState) -> float:
    """Seconds to wait before asking again: what the server asked for, else longer each time."""
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, Transient) and error.after is not None:
        return error.after
    return _BACKING_OFF(state)
