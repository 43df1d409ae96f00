"""What a request brought, or why it brought nothing; and how a body is read within limits."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import httpx

NotHadState = Literal["gone", "down", "blocked"]
_BLOCKED = frozenset({401, 403, 407, 412, 418, 429, 444, 451, 521, 567})
"""Statuses of refusal; 412, 418, 521 and 567 are what Chinese firewalls answer scripts with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may cost. Seconds for connecting, for silence, in all; bytes, unpacked too; redirects."""

    connect: float = 15
    silence: float = 30
    total: float = 120
    size: int = 32 * 2**20
    redirects: int = 5
    attempts: int = 3
    wait: float = 120
    """Longest Retry-After that is waited for; beyond it the look ends for this host."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer. url: where redirects led; requests: made for it. content is empty for “not modified”."""

    url: str
    status: int
    content: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    requests: int

    @property
    def unmodified(self) -> bool:
        """Whether the server said that nothing changed since the last look."""
        return self.status == 304


class NotHad(Exception):  # noqa: N818 - an outcome that is recorded, not a programming error
    """An address that brought no text: the state it was found in, a code, and a sentence."""

    def __init__(
        self,
        state: NotHadState,
        code: str,
        detail: str,
        *,
        status: int | None = None,
        requests: int = 0,
        not_before: datetime | None = None,
    ) -> None:
        super().__init__(detail)
        self.state, self.code, self.detail = state, code, detail
        self.status, self.requests, self.not_before = status, requests, not_before


class Transient(NotHad):
    """What may be gone in a moment. after: seconds that the server asked to wait."""

    after: float | None = None


def judge(response: httpx.Response, now: datetime) -> None:
    """Raise NotHad for an answer that is no text, Transient where asking again may help."""
    status = response.status_code
    if 200 <= status < 300 or status == 304:
        return
    after = retry_after(response.headers.get("Retry-After"), now)
    told = f"the server answered {status} {response.reason_phrase}".rstrip()
    if status == 429 or (status >= 500 and status not in _BLOCKED):
        busy = Transient("blocked" if status == 429 else "down", f"http_{status}", told, status=status)
        busy.after = after
        raise busy
    state: NotHadState = "blocked" if status in _BLOCKED else "gone" if status in (404, 410) else "down"
    raise NotHad(state, f"http_{status}", told, status=status)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, None where it says nothing sensible."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def body(response: httpx.Response, limits: Limits, started: float) -> bytes:
    """The body, unpacked; NotHad for one that is too large, takes too long, or is packed wrongly.

    httpx would unpack without a limit: a page of a few kilobytes can hold gigabytes.
    """
    told = response.headers.get("Content-Length", "")
    if told.isdigit() and int(told) > limits.size:
        raise NotHad("down", "too_large", f"the page has {int(told) / 2**20:.0f} MB")
    packing = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    parts: list[bytes] = []
    size = 0
    for part in _unpacked(_timely(response, limits, started), packing, limits.size):
        size += len(part)
        if size > limits.size:
            raise NotHad("down", "too_large", f"the page is larger than {limits.size / 2**20:.0f} MB")
        parts.append(part)
    return b"".join(parts)


def _timely(response: httpx.Response, limits: Limits, started: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > limits.size:
            raise NotHad("down", "too_large", f"the page is larger than {limits.size / 2**20:.0f} MB")
        if time.monotonic() - started > limits.total:
            raise NotHad("down", "endless", f"the page did not end within {limits.total:.0f} s")
        yield chunk


def _unpacked(chunks: Iterator[bytes], packing: str, limit: int) -> Iterator[bytes]:
    if packing == "identity":
        yield from chunks
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise NotHad("down", "packing", f"the page is packed as {packing}, which was not asked for")
    # 47: zlib and gzip headers are recognised; some servers call raw deflate “deflate”, too.
    unpacker = zlib.decompressobj(47)
    first = True
    try:
        for chunk in chunks:
            if first and packing == "deflate" and chunk[:1] and chunk[0] & 0x0F != 8:
                unpacker = zlib.decompressobj(-15)
            first = False
            while chunk:
                yield unpacker.decompress(chunk, 65_536)
                chunk = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise NotHad("down", "packing", f"the page is packed wrongly ({error})") from error
    if not unpacker.eof:
        raise Transient("down", "cut_off", "the page ended in the middle")
