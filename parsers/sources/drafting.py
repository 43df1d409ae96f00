"""A first guess at a source's file: which links are its entries, where an entry's page has its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.decoding import decode
from parsers.web.dates import first_date

if TYPE_CHECKING:
    from bs4.element import Tag

_ROWS = ("li", "tr", "dd", "dt", "p", "h2", "h3", "h4", "article", "div")
_TITLE = 8
"""Letters that a text's title has at least; menus have fewer."""
_FEWEST = 3
_BODIES = (
    ".TRS_Editor", "#UCAP-CONTENT", "#zoom", "#Zoom", "#ozoom", ".article-content", ".article_content",
    ".xxgk_content", "#article", ".article", "#content", ".content", ".zw", ".view", ".detail", ".conTxt",
    "#vsb_content",
)  # fmt: skip
"""Where the makers of Chinese sites often put a text."""
_NEXT = re.compile(r"^\s*(?:下一?页|下页|后一页|»|>|next)\s*$", re.I)
_SAFE = re.compile(r"-?[A-Za-z_][\w-]*\Z")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was guessed. entry: selector; count: entries it finds; first: address of the first, as written."""

    kind: str
    entry: str | None = None
    date: str | None = None
    next: str | None = None
    count: int = 0
    first: str | None = None
    title: str = ""


def draft(content: bytes, content_type: str | None) -> Draft:
    """Guess what kind of list a page is, and how its entries are found."""
    head = content[:2000].lstrip().lower()
    if head[:1] in (b"{", b"["):
        return Draft("json")
    if b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head:
        return Draft("feed")
    if b"<urlset" in head or b"<sitemapindex" in head:
        return Draft("sitemap")
    from bs4 import BeautifulSoup

    root = BeautifulSoup(decode(content, header=content_type, markup=True).text, "lxml")
    title = root.title.get_text(strip=True) if root.title is not None else ""
    following = _next(root)
    kind = "paged_list" if following else "list"
    best = _entries(root)
    if best is None:
        return Draft(kind, next=following, title=title)
    entry, rows = best
    link = rows[0].select_one("a[href]")
    href = str(link.get("href")) if link is not None else None
    return Draft(kind, entry, _date(rows), following, len(rows), href, title)


def article_body(content: bytes, content_type: str | None) -> str | None:
    """Selector of the element that holds a page's text, one that sites often use; None for none of them."""
    from bs4 import BeautifulSoup

    root = BeautifulSoup(decode(content, header=content_type, markup=True).text, "lxml")
    whole = len(root.get_text(strip=True)) or 1
    for selector in _BODIES:
        found = root.select(selector)
        if len(found) == 1 and len(found[0].get_text(strip=True)) > max(30, whole // 5):
            return selector
    return None


def _entries(root: Tag) -> tuple[str, list[Tag]] | None:
    """The selector whose matches read most like a list of texts, with them."""
    weights: dict[str, float] = {}
    for link in root.select("a[href]"):
        title = str(link.get("title") or "") or link.get_text(" ", strip=True)
        row = next((p for p in link.parents if p.name in _ROWS), None)
        if len(title) < _TITLE or row is None:
            continue
        dated = first_date(row.get_text(" ", strip=True)) is not None and len(row.get_text(strip=True)) < 300
        selector = _selector(row)
        weights[selector] = weights.get(selector, 0.0) + min(len(title), 40) + (30 if dated else 0)
    for selector in sorted(weights, key=lambda s: (-weights[s], s)):
        rows = [row for row in root.select(selector) if row.select_one("a[href]") is not None]
        if len(rows) >= _FEWEST:
            return selector, rows
    return None


def _selector(row: Tag) -> str:
    """A selector for rows like this one: its tag below the nearest ancestor with a name of its own."""
    if own := _named(row):
        return own
    path = [row.name]
    for parent in row.parents:
        if parent.name in ("body", "html", "[document]"):
            break
        if named := _named(parent):
            return " ".join([named, *path])
        if parent.name in ("ul", "ol", "table", "dl"):
            path.insert(0, parent.name)
    return " ".join(path)


def _named(element: Tag) -> str | None:
    if _SAFE.match(str(element.get("id") or "")):
        return f"{element.name}#{element['id']}"
    classes = element.get("class")
    first = classes[0] if isinstance(classes, list) and classes else ""
    return f"{element.name}.{first}" if _SAFE.match(first) else None


def _date(rows: list[Tag]) -> str | None:
    """Selector, within an entry, of the element that prints its day."""
    for element in rows[0].select("span, em, i, td, time, p, div"):
        text = element.get_text(" ", strip=True)
        if len(text) <= 20 and first_date(text) is not None:
            return _named(element) or element.name
    return None


def _next(root: Tag) -> str | None:
    for link in root.select("a[href]"):
        if _NEXT.match(link.get_text(strip=True)) and not str(link["href"]).startswith(("javascript:", "#")):
            named = _named(link)
            return named or f'a:-soup-contains("{link.get_text(strip=True)}")'
    return None
