"""The blocks that the kinds of sources share: each refuses keys that it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parsers.selectors import Selectors
from parsers.sources.values import Address, Css, Regex, Span


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Rhythm(Strict):
    """How often the source is looked at, and how often it is expected to bring something new."""

    look: Span = "1d"
    """Time between two looks."""
    news: Span | None = None
    """A new text is expected at least this often; silence for twice as long is an alarm."""


class Rate(Strict):
    """How politely a host is asked."""

    pause: Annotated[float, Field(ge=0, le=600)] = 3.0
    """Seconds between two requests to one host; robots.txt may ask for more."""
    most: Annotated[int, Field(ge=1, le=100_000)] = 200
    """Texts fetched in one look; the rest waits for the next."""


class Expect(Strict):
    """How many entries the list has when all is well."""

    least: Annotated[int, Field(ge=0)] = 1
    """Fewer entries are a fault of the source, not a removal."""
    most: int | None = None
    """More entries are a sign that the selector takes in too much."""


class Ignore(Strict):
    """Entries that are left out by name."""

    title: Regex | None = None
    """Found anywhere in the entry's title."""
    address: Regex | None = None
    """Found anywhere in the entry's address."""
    why: str
    """Said in `source check`."""

    @model_validator(mode="after")
    def _one(self) -> Ignore:
        if (self.title is None) == (self.address is None):
            raise ValueError("give either title or address")
        return self


class Only(Strict):
    """What an entry or its text must hold to be taken."""

    title: Regex | None = None
    """In the entry's title."""
    address: Regex | None = None
    """In the entry's address."""
    text: Regex | None = None
    """In the fetched page's text, for papers that write about many places."""


class Article(Strict):
    """Where a text's page carries its parts."""

    body: Css | None = None
    """Where the text stands. Must match: a page without it has another layout, or is no text: a fault.
    Left out, the text is found by general rules."""
    drop: tuple[Css, ...] = ()
    """What is cut out of it."""
    title: Css | None = None
    """The headline, where the general rules find another one."""
    date: Css | None = None
    """The element that prints the day of publication."""

    def selectors(self) -> Selectors | None:
        """How a page is cut, None where the general rules do it all."""
        if not (self.body or self.title or self.drop):
            return None
        return Selectors(body=self.body, title=self.title, drop=self.drop)


class Entries(Strict):
    """How the entries of an HTML list are found."""

    entry: Css
    """One match for each entry."""
    link: Css = "a[href]"
    """Within the entry; the first match counts. An entry may be the link itself."""
    title: Css | None = None
    """Within the entry; else the link's title attribute or words."""
    date: Css | None = None
    """Within the entry; else the first date printed in it."""


class Pages(Strict):
    """How a list goes on."""

    next: Css | None = None
    """The link to the next page."""
    address: Address | None = None
    """Address of a later page, with {page} for its number."""
    first: int = 2
    """Number of the second page in `address`."""
    upto: Annotated[int, Field(ge=1, le=500)] = 20
    """Pages read at most, the first included."""

    @model_validator(mode="after")
    def _one(self) -> Pages:
        if (self.next is None) == (self.address is None):
            raise ValueError("give either next (a selector) or address (with {page})")
        if self.address is not None and "{page}" not in self.address:
            raise ValueError("address needs {page} where the number stands")
        return self
