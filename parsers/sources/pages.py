"""Is a fetched page the text that its list promised? Block, login and error pages and pages that lost their
parts are faults of the source: no content, and never a removal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parsers import page_kinds
from parsers.refusal import Refused
from parsers.web.dates import first_date

if TYPE_CHECKING:
    from parsers.sources.blocks import Article
    from parsers.text import Body

Fault = Literal["block_page", "login_page", "error_page", "selectors"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is. body: its text where it is one; fault and detail: why it is none."""

    body: Body | None = None
    fault: Fault | None = None
    detail: str = ""
    dated: str | None = None


def look(content: bytes, address: str, article: Article) -> Page:
    """Look at a page. Raises Refused for what is no page but cannot be read either (a scan, an archive)."""
    from parsers.read import body_of

    try:
        body = body_of(content, address, selectors=article.selectors())
    except Refused as refused:
        if refused.code in ("block_page", "login_page", "error_page"):
            return Page(fault=refused.code, detail=refused.detail)  # type: ignore[arg-type]
        if article.body and refused.code == "empty":
            return Page(fault="selectors", detail=f"the page shows no text at {article.body}")
        raise
    if body.source.media != "html":
        return Page(body)
    from bs4 import BeautifulSoup

    root = BeautifulSoup(body.source.text, "lxml")
    if article.body and not any(e.get_text(strip=True) for e in root.select(article.body)):
        return Page(fault="selectors", detail=f"{article.body} matches nothing on the page")
    dated = root.select_one(article.date) if article.date else None
    day = first_date(dated.get_text(" ", strip=True)) if dated is not None else None
    if article.date and day is None:
        return Page(fault="selectors", detail=f"{article.date} shows no date")
    return Page(body, dated=day[0] if day else None)


def stand_in(title: str, text: str) -> Fault | None:
    """What a page shows instead of its list: a block, login or error page, None if neither."""
    return page_kinds.recognise(title, text, "")
