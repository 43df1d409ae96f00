"""The page as a tree, behind typed helpers: what the rest of the package knows of BeautifulSoup."""

from __future__ import annotations

import re
import warnings
from typing import TypeAlias

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from parsers.web.markup import CLOSE, OPEN, RUN, Markup

Element: TypeAlias = Tag
Node: TypeAlias = PageElement

_DEEPEST = 600
"""Nesting that broken pages reach (unclosed font and p elements); generated garbage goes far beyond."""

_HIDDEN = re.compile(
    r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|font-size\s{0,5}:\s{0,5}0(?![\d.])"
)


def build(markup: Markup) -> Element:
    """Root of the page's tree; its text is run numbers, none of which is lost.

    Every walk up to the root costs the depth of nesting, and what is nested beyond reason says nothing by it:
    such markup is read as lines without structure.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 warns about pages that look like a file name or XML
        soup = BeautifulSoup(markup.skeleton, "lxml")
        if sum(text.count(OPEN) for text in soup.strings) < len(markup.runs):
            soup = BeautifulSoup(markup.skeleton, "html.parser")
        if _depth(soup) > _DEEPEST:
            flat = "<br>".join(f"{OPEN}{n}{CLOSE}" for n in range(len(markup.runs)))
            soup = BeautifulSoup(flat, "html.parser")
    return soup


def _depth(root: Element) -> int:
    deepest, stack = 0, [(root, 0)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in element.contents if isinstance(child, Tag)]
    return deepest


def children(element: Element) -> list[Node]:
    """Child nodes in document order."""
    return element.contents


def runs(node: Node) -> list[int]:
    """Numbers of the runs in a text node."""
    return [int(n) for n in RUN.findall(node)] if isinstance(node, NavigableString) else []


def select(root: Element, selector: str) -> list[Element]:
    """Elements that a CSS selector matches; a selector that is none matches nothing."""
    from soupsieve import SelectorSyntaxError

    try:
        return list(root.select(selector))
    except SelectorSyntaxError:
        return []


def attribute(element: Element, name: str) -> str:
    """An attribute's value, classes joined by blanks, empty where it is not given."""
    value = element.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def is_hidden(element: Element) -> bool:
    """Whether the element itself says that it is not shown."""
    attributes = element.attrs
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (isinstance(style, str) and _HIDDEN.search(style.lower()) is not None)


def metas(root: Element) -> dict[str, str]:
    """Contents of the meta elements by lower-case name, property or itemprop; the first one counts."""
    found: dict[str, str] = {}
    for meta in root.find_all("meta"):
        name = (attribute(meta, "name") or attribute(meta, "property") or attribute(meta, "itemprop")).lower()
        content = attribute(meta, "content").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def is_data_table(table: Element, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether a table holds data: most rows have several filled, short cells (others lay out the page)."""
    if table.find("table") is not None:
        return False
    rows = filled = 0
    for row in table.find_all("tr"):
        sizes = [_size(cell, spans) for cell in row.find_all(("td", "th"))]
        if any(sizes):
            rows += 1
            filled += sum(1 for size in sizes if size) >= 2 and max(sizes) <= _LONGEST_CELL
    return rows >= 2 and filled > rows / 2


def _size(element: Element, spans: tuple[tuple[int, int], ...]) -> int:
    return sum(spans[n][1] - spans[n][0] for text in element.strings for n in runs(text))


_LONGEST_CELL = 400
"""Characters; measures in a task table are long, columns of a page longer."""


def address(root: Element) -> str | None:
    """The page's own address as it declares it (canonical link)."""
    for link in root.find_all("link"):
        if "canonical" in attribute(link, "rel").lower():
            href = attribute(link, "href").strip()
            if href.startswith(("http://", "https://")):
                return href
    return None


def drop(root: Element, selector: str) -> None:
    """Take what a selector matches out of the tree."""
    for element in select(root, selector):
        element.extract()


def outermost(elements: list[Element]) -> list[Element]:
    """The elements without those that stand inside another of them."""
    chosen = {id(element) for element in elements}
    return [e for e in elements if not any(id(parent) in chosen for parent in e.parents)]


def asks_password(root: Element) -> bool:
    """Whether the page has a field for a password."""
    return root.find("input", attrs={"type": "password"}) is not None
