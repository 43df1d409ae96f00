"""What a source's YAML file may say: strict, so that a misspelt key is refused and never ignored."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from parsers.reading import Declared, DocumentType, Rights
from parsers.selectors import Selectors
from parsers.statement import Level

PlanLineage = Literal["yearly", "list", "five-year"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30.5, "y": 365.25}


def days(span: str) -> float:
    """A span as days: 6h, 1d, 2w, 3m, 1y.

    >>> days("2w")
    14
    """
    return int(span[:-1]) * _UNITS[span[-1]]


def _span(text: str) -> str:
    if not re.match(_SPAN, text):
        raise ValueError(f"{text!r} is no span: write a number and h, d, w, m or y, as 7d")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from error
    return text


def _selector(text: str) -> str:
    import soupsieve

    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"{text!r} is no CSS selector") from error
    return text


def _finished(text: str) -> str:
    if "TODO" in text:
        raise ValueError("still says TODO: write what people know the source by")
    return text


def _encoding(text: str) -> str:
    import webencodings  # type: ignore[import-untyped]

    if webencodings.lookup(text) is None:
        raise ValueError(f"{text!r} is no encoding of the web (gb18030, utf-8, big5 …)")
    return text


_SPAN = r"^[1-9]\d{0,3}[hdwmy]$"
Span = Annotated[
    str,
    AfterValidator(_span),
    Field(description="A number and h, d, w, m or y: 7d", json_schema_extra={"pattern": _SPAN}),
]
Regex = Annotated[str, AfterValidator(_pattern)]
Css = Annotated[str, AfterValidator(_selector)]
Encoding = Annotated[str, AfterValidator(_encoding)]
Title = Annotated[str, Field(min_length=2), AfterValidator(_finished)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+", description="Begins with http:// or https://")]


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
