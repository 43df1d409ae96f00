"""Where a source's pages carry their parts, as CSS selectors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for the pages of one source; None leaves the part to the general rules.

    body may match several elements (a page in parts); drop lists what is cut inside the body.
    """

    body: str | None = None
    title: str | None = None
    date: str | None = None
    author: str | None = None
    drop: tuple[str, ...] = ()
