"""What a list names: the entries of an HTML list, a JSON answer, a feed or a sitemap. Pure, no requests.

Each reader raises `Unreadable` where the list has lost its shape; a list without entries is an empty result,
which the caller holds against what the source expects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from parsers.decoding import decode
from parsers.refusal import Refused
from parsers.web.dates import declared_date, first_date

if TYPE_CHECKING:
    from bs4.element import Tag

    from parsers.sources.blocks import Entries
    from parsers.sources.spec import JsonList

_CHINA = timezone(timedelta(hours=8))
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_NO_LINK = ("javascript:", "mailto:", "tel:", "data:", "#")


class Unreadable(Exception):  # noqa: N818 - a fault of the source, not of the program
    """A list that cannot be read as what it should be; the sentence says how it differs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its address as written there, its title, the day printed beside it (YYYY-MM-DD or less).

    changed: when the list says that the text was last changed (sitemaps), as written.
    """

    href: str
    title: str = ""
    dated: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What one page of a list holds. base: what its addresses are relative to, where it says so.

    more: addresses of further pages or lists, as written.
    """

    entries: tuple[Entry, ...]
    base: str | None = None
    more: tuple[str, ...] = ()
    title: str = ""
    text: str = field(default="", repr=False)


def html_list(content: bytes, entries: Entries, *, served_as: str | None, more: str | None = None) -> Listed:
    """Entries of a list page. served_as: its Content-Type; more: selector of links to further pages."""
    from bs4 import BeautifulSoup

    root = BeautifulSoup(_text(content, served_as), "lxml")
    found: dict[str, Entry] = {}
    for element in root.select(entries.entry):
        if (entry := _entry(element, entries)) is not None:
            found.setdefault(entry.href, entry)
    base = root.select_one("base[href]")
    return Listed(
        tuple(found.values()),
        _attribute(base, "href") if base is not None else None,
        tuple(href for link in root.select(more) if (href := _href(link))) if more else (),
        root.title.get_text(strip=True) if root.title is not None else "",
        root.get_text("\n", strip=True),
    )


def json_list(content: bytes, spec: JsonList) -> Listed:
    """Entries of a JSON answer."""
    text = _text(content, "application/json")
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"the answer is no JSON ({error})") from error
    rows = _at(answer, spec.entries)
    if not isinstance(rows, list):
        raise Unreadable(f"the answer has no list at {spec.entries}")
    found: dict[str, Entry] = {}
    for row in rows:
        href = _address_of(row, spec.link)
        if href is None:
            raise Unreadable(f"an entry has no {spec.link}")
        title = _plain(_at(row, spec.title)) if spec.title else ""
        dated = _day(_at(row, spec.date)) if spec.date else None
        found.setdefault(href, Entry(href, title, dated))
    return Listed(tuple(found.values()))


def feed(content: bytes) -> Listed:
    """Entries of an RSS or Atom feed."""
    import feedparser  # type: ignore[import-untyped]

    if not content.strip():
        raise Unreadable("the feed is empty")
    try:
        parsed = feedparser.parse(content, sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets through what broken feeds make it do (&#xffffffff;)
        raise Unreadable(f"the feed is damaged ({error})") from error
    if not parsed.get("version"):
        raise Unreadable("this is no RSS or Atom feed")
    found: dict[str, Entry] = {}
    for item in parsed.entries:
        href = item.get("link")
        if not href:
            continue
        moment = item.get("published_parsed")
        dated = _in_china(moment) if moment else None
        changed = item.get("updated") if "updated_parsed" in item else None
        found.setdefault(href, Entry(href, _plain(item.get("title", "")), dated, changed))
    return Listed(tuple(found.values()))


def sitemap(content: bytes) -> Listed:
    """Addresses of a sitemap; of an index of sitemaps, theirs as `more`."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"the sitemap is no XML ({error})") from error
    name = etree.QName(root).localname
    if name == "sitemapindex":
        return Listed((), more=tuple(loc for loc, _ in _locations(root)))
    if name != "urlset":
        raise Unreadable(f"this is no sitemap but <{name}>")
    found = {loc: Entry(loc, "", None, changed) for loc, changed in _locations(root)}
    return Listed(tuple(found.values()))


def _locations(root: Any) -> Iterator[tuple[str, str | None]]:
    for element in root:
        if not isinstance(element.tag, str):
            continue
        facts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element
                 if isinstance(child.tag, str)}  # fmt: skip
        if facts.get("loc"):
            yield facts["loc"], facts.get("lastmod") or None


def _text(content: bytes, served_as: str | None) -> str:
    try:
        return decode(content, header=served_as, markup=True).text
    except Refused as refused:
        raise Unreadable(str(refused)) from refused


def _entry(element: Tag, entries: Entries) -> Entry | None:
    link = element.select_one(entries.link)
    if link is None and element.name == "a":
        link = element
    href = _href(link) if link is not None else None
    if link is None or href is None:
        return None
    titled = element.select_one(entries.title) if entries.title else None
    title = titled.get_text(" ", strip=True) if titled is not None else ""
    title = title or _attribute(link, "title") or link.get_text(" ", strip=True)
    where = element.select_one(entries.date) if entries.date else element
    day = first_date(where.get_text(" ", strip=True)) if where is not None else None
    return Entry(href, " ".join(title.split()), day[0] if day else None)


def _href(link: Tag) -> str | None:
    href = _attribute(link, "href").strip()
    return href if href and not href.lower().startswith(_NO_LINK) else None


def _attribute(element: Tag, name: str) -> str:
    value = element.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def _at(value: Any, path: str) -> Any:
    """What stands at a dotted path, None where nothing does."""
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _address_of(row: Any, link: str) -> str | None:
    if "{" not in link:
        value = _at(row, link)
        return str(value).strip() or None if isinstance(value, str | int) else None
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        value = _at(row, match.group(1))
        missing = missing or value is None
        return str(value)

    made = re.sub(r"\{([^{}]+)\}", fill, link)
    return None if missing else made


def _day(value: Any) -> str | None:
    if isinstance(value, int | float) and value > 10**9:
        seconds = value / 1000 if value > 10**11 else value
        return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date().isoformat()
    return declared_date(str(value)) if value else None


def _in_china(moment: Any) -> str:
    """The day it was in China at a moment that a feed gives in UTC."""
    year, month, day, hour, minute = moment[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(_CHINA).date().isoformat()


def _plain(text: Any) -> str:
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", str(text or "")).split())


def is_day(dated: str | None) -> bool:
    """Whether a date is known to the day."""
    return dated is not None and _FULL_DAY.match(dated) is not None
