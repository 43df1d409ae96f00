"""Addresses as people and lists write them: made absolute, and brought to one form for each text."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string, url_query_cleaner

_SESSION = re.compile(r";jsessionid=[^?#/]*", re.I)
NOT_THE_TEXT = (
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "spm", "from", "isappinstalled"),
    *("sessionid", "jsessionid", "phpsessid", "timestamp", "_t", "nsukey", "share_token"),
)
"""Parameters that say how somebody came to a page, not which page it is."""


def absolute(href: str, *bases: str | None) -> str:
    """An address as written in a page, made absolute against the page's address (the last base first)."""
    base = ""
    for one in bases:
        base = urljoin(base, one) if one else base
    return urljoin(base, href.strip())


def asked(url: str) -> str:
    """An address as it is sent: spaces and Chinese characters quoted, no fragment."""
    parts = urlsplit(safe_url_string(url.strip()))
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def canonical(url: str) -> str:
    """The one form of an address that identifies a text; two forms of it are one text.

    >>> canonical("HTTP://Www.Example.org:80/a/../b.html?utm_source=x&id=2#top")
    'http://www.example.org/b.html?id=2'
    """
    parts = urlsplit(asked(_SESSION.sub("", url)))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    host = f"{(parts.hostname or '').rstrip('.')}{port}"
    path = urlsplit(urljoin("http://x/", parts.path)).path
    query = parts.query
    if any(name.lower() in NOT_THE_TEXT for name, _ in parse_qsl(query, keep_blank_values=True)):
        kept = [name for name, _ in parse_qsl(query, keep_blank_values=True)
                if name.lower() not in NOT_THE_TEXT]  # fmt: skip
        query = urlsplit(url_query_cleaner(f"http://x/?{query}", kept, unique=False)).query
    return str(canonicalize_url(urlunsplit((parts.scheme, host, path, query, "")), keep_blank_values=True))


def host_of(url: str) -> str:
    """The host that an address asks, with its port."""
    return urlsplit(url).netloc.lower().rpartition("@")[2]


def origin(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_front_page(url: str) -> bool:
    """Whether an address is a site's front page: where many sites send what they no longer have."""
    parts = urlsplit(url)
    return (
        parts.path.strip("/") in ("", "index.html", "index.htm", "index.shtml", "index.jsp")
        and not parts.query
    )
