"""What a source's YAML file may say: strict, so that a misspelt key is refused and never ignored."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from parsers.reading import Declared, DocumentType, Rights
from parsers.sources.blocks import Article, Entries, Expect, Ignore, Only, Pages, Rate, Rhythm, Strict
from parsers.sources.values import Address, Css, Encoding, Span, Title
from parsers.statement import Level

PlanLineage = Literal["yearly", "list", "five-year"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Common(Strict):
    """What every source says."""

    name: Title
    """What people read: 云川市澄湖区政府 政府工作报告."""
    place: str | None = None
    """Full name of the place its texts are about; left out where each text says so itself."""
    level: Level | None = None
    """Whose texts they are."""
    publisher: str | None = None
    """Who puts the texts out."""
    rights: Rights = "unknown"
    """Whose words may be shown how widely."""
    type: DocumentType | None = None
    """What kind of texts they are, where all are of one."""
    lineages: tuple[PlanLineage, ...] = ()
    """Plans that the source reports on."""
    rhythm: Rhythm = Rhythm()
    verified: datetime.date | None = None
    """Day on which somebody compared `source check` with the live site; until then no run takes the source
    by itself."""

    def declared(self, published: str | None = None, url: str | None = None) -> Declared:
        """What the source declares of one of its texts."""
        return Declared(self.place, self.level, published, url, None, self.type, self.rights)


class Fetched(Common):
    """What every source on the web says."""

    encoding: Encoding | None = None
    """Of lists, where the site declares another one than it uses."""
    rate: Rate = Rate()
    reread: Span = "30d"
    """Texts younger than this are fetched again at each look: they are edited after publication."""
    private: bool = False
    """Lets the source stand at a private or local address (an office's own network)."""
    expect: Expect = Expect()
    only: Only = Only()
    ignore: tuple[Ignore, ...] = ()
    article: Article = Article()


class ListPage(Fetched):
    """One list page in HTML, or several of one layout."""

    kind: Literal["list"]
    address: Address | tuple[Address, ...]
    entries: Entries


class PagedList(Fetched):
    """A list in HTML that goes on over several pages."""

    kind: Literal["paged_list"]
    address: Address
    entries: Entries
    pages: Pages


class JsonList(Fetched):
    """A list that an endpoint answers as JSON. Paths name keys with dots: data.rows."""

    kind: Literal["json"]
    address: Address
    """May hold {page}."""
    entries: str
    """Path to the array of entries."""
    link: str
    """Path within an entry to its address, or an address with {paths} in braces."""
    title: str | None = None
    """Path within an entry."""
    date: str | None = None
    """Path within an entry: a date, or milliseconds since 1970."""
    upto: Annotated[int, Field(ge=1, le=500)] = 1
    """Pages read at most where the address holds {page}."""


class Feed(Fetched):
    """RSS or Atom."""

    kind: Literal["feed"]
    address: Address


class Sitemap(Fetched):
    """A sitemap, or an index of sitemaps."""

    kind: Literal["sitemap"]
    address: Address


class Epaper(Fetched):
    """A newspaper's issues by day: each has pages, each page has articles."""

    kind: Literal["epaper"]
    issue: Address
    """Address of a day's first page with {yyyy}, {mm} and {dd}."""
    pages: Css | None = None
    """Links from the first page to the others of the issue."""
    entries: Entries
    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    """Days on which the paper appears."""

    @model_validator(mode="after")
    def _dated(self) -> Epaper:
        if not all(part in self.issue for part in ("{yyyy}", "{mm}", "{dd}")):
            raise ValueError("issue needs {yyyy}, {mm} and {dd} where the day stands")
        return self


class Folder(Common):
    """A folder of files, with side files."""

    kind: Literal["folder"]
    path: str
    """Absolute, from ~, or from the clone (else from the folder that the program runs in)."""


class ByHand(Common):
    """Texts that only a person can get: `duixian add --source NAME`."""

    kind: Literal["by_hand"]
    how: str
    """What its keeper does; said in the reminder."""
    keeper: str | None = None
    """Who is reminded."""


AnySource = Annotated[
    ListPage | PagedList | JsonList | Feed | Sitemap | Epaper | Folder | ByHand, Field(discriminator="kind")
]
ADAPTER: TypeAdapter[AnySource] = TypeAdapter(AnySource)
