"""A site on loopback in our own words, a clock that tests move, and a ledger to look from."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from flows.fetching.answers import Limits
from flows.fetching.web import Web
from flows.looking import Look, ingest_source
from parsers.sources.loading import Source, load
from storage.ledger import Ledger, open_ledger

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Time:
    """The time of a test: asking for it takes a millisecond, waiting takes what is waited."""

    def __init__(self) -> None:
        self.now = START
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self.now += timedelta(milliseconds=1)
            return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += timedelta(seconds=seconds)

    def go_to(self, day: int) -> None:
        """To nine in the morning, Chinese time, so many days after the start."""
        self.now = max(self.now, START + timedelta(days=day))


@dataclass
class Page:
    """What the site answers. parts: a body that is made while it is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    parts: Callable[[], Iterator[bytes]] | None = None
    validators: bool = True


@dataclass(frozen=True)
class Asked:
    """One request as the site saw it."""

    at: datetime
    path: str
    host: str
    agent: str
    conditional: bool
    status: int


class Site:
    """Pages by path; the log of what was asked for."""

    def __init__(self, time: Time | RealTime) -> None:
        self.pages: dict[str, Page] = {"/robots.txt": Page(b"", 404)}
        self.log: list[Asked] = []
        self.time = time
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(request.path)
        page = self.pages.get(path, Page("<html><title>404</title>没有这一页".encode(), 404))
        headers = {"Content-Type": "text/html", **page.headers}
        if page.validators and page.status == 200 and page.parts is None:
            headers["ETag"] = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        known = request.headers.get("If-None-Match")
        status = 304 if known is not None and known == headers.get("ETag") else page.status
        self.log.append(
            Asked(
                self.time.now,
                path,
                request.headers.get("Host", ""),
                request.headers.get("User-Agent", ""),
                known is not None or "If-Modified-Since" in request.headers,
                status,
            )
        )
        try:
            request.send_response(status)
            if page.parts is None:
                headers["Content-Length"] = str(0 if status == 304 else len(page.body))
            else:
                headers["Connection"] = "close"
            for name, value in headers.items():
                request.send_header(name, value)
            request.end_headers()
            if status != 304:
                for part in page.parts() if page.parts is not None else [page.body]:
                    request.wfile.write(part)
            if page.parts is not None:
                request.close_connection = True
        except OSError:  # the visitor had enough
            request.close_connection = True

    def put(self, path: str, html: str, encoding: str = "utf-8", **more: Any) -> None:
        """Put up a page."""
        self.pages[path] = Page(html.encode(encoding), **more)

    def paths(self, since: int = 0) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.log[since:] if asked.path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def article(
    title: str, day: str, *paragraphs: str, layout: str = "TRS_Editor", charset: str = "utf-8"
) -> str:
    """A page as district sites make them."""
    text = "\n".join(f"<p>　　{p}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_澄湖区人民政府</title></head>
<body><div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <a href="/gk/">政务公开</a></div>
<h1>{title}</h1><div class="info">发布时间：{day} 来源：澄湖区融媒体中心</div>
<div class="{layout}">{text}</div>
<div class="footer">主办：澄湖区人民政府办公室 网站标识码0000000000</div></body></html>"""


def listing(*entries: tuple[str, str, str], charset: str = "utf-8", css: str = "news", more: str = "") -> str:
    """A list page; entries: address, title, day."""
    items = "\n".join(
        f'<li><a href="{a}" title="{t}">{t[:12]}…</a><span>{d}</span></li>' for a, t, d in entries
    )
    return f"""<html><head><meta charset="{charset}"><title>澄湖要闻</title></head><body>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/about.html">关于我们</a></li></ul>
<ul class="{css}">{items}</ul>{more}</body></html>"""


NEWS: dict[str, Any] = {
    "name": "云川市澄湖区政府 澄湖要闻",
    "kind": "list",
    "place": "云川市澄湖区",
    "level": "district",
    "rights": "official",
    "verified": "2026-03-01",
    "private": True,
    "rhythm": {"look": "1d", "news": "3d"},
    "entries": {"entry": "ul.news li", "date": "span"},
    "article": {"body": ".TRS_Editor", "date": ".info"},
}


@dataclass
class World:
    """A site, the time, a ledger, and looks from one to the other."""

    site: Site
    time: Time
    ledger: Ledger

    def source(self, name: str = "chenghu-news", **more: Any) -> Source:
        facts = {**NEWS, "address": f"{self.site.url}/news/", **more}
        facts = {key: value for key, value in facts.items() if value is not None}
        return load(yaml.safe_dump(facts, allow_unicode=True), f"{name}.yml")

    def web(self, **more: Any) -> Web:
        limits = Limits(connect=5, silence=1, total=4, size=2**20)
        return Web(
            **{"private": True, "clock": self.time, "sleep": self.time.sleep, "limits": limits, **more}
        )

    def look(self, source: Source | None = None, **more: Any) -> Look:
        with self.web() as web:
            return ingest_source(self.ledger, source or self.source(), self.time, web=web, **more)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def site(time: Time) -> Iterator[Site]:
    made = Site(time)
    yield made
    made.close()


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger without rows, to be copied: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    open_ledger(path, mode="real", create=True).close()
    return path


class RealTime:
    """The time that it really is, for a site that real processes visit."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def live_site() -> Iterator[Site]:
    made = Site(RealTime())
    yield made
    made.close()


@pytest.fixture
def world(site: Site, time: Time, tmp_path: Path, empty_ledger: Path) -> Iterator[World]:
    path = shutil.copy(empty_ledger, tmp_path / "ledger.sqlite")
    with open_ledger(path, clock=time) as ledger:
        yield World(site, time, ledger)


@dataclass(frozen=True)
class Make:
    """Makers of pages."""

    article: Callable[..., str] = article
    listing: Callable[..., str] = listing


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()
