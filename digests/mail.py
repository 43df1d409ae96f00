"""What a mail shows, in words and in order, before it has a form."""

from __future__ import annotations

from dataclasses import dataclass

from digests.telling import Told
from storage.mails.outbox import Attachment
from tracking.words.labels import Label, Lang


@dataclass(frozen=True, slots=True)
class Line:
    """Words, and where they lead ("" for nowhere)."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An item in both forms. picture: the file that its HTML shows; bare: the same item without it."""

    told: Told
    html: str
    text: str
    picture: Attachment | None = None
    bare: Rendered | None = None

    @property
    def size(self) -> int:
        """Bytes of both."""
        return len(self.html.encode()) + len(self.text.encode())


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A correction: what was said when, why it does not hold, what holds instead."""

    before: str
    told: str
    cause: str
    now: str
    link: str


@dataclass(frozen=True, slots=True)
class Area:
    """Items of one area in a place."""

    name: str
    items: tuple[Rendered, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Items of one place."""

    name: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that is due: when, what, its page."""

    when: str
    what: str
    link: str


@dataclass(frozen=True, slots=True)
class DueGroup:
    """What is due in one way (soon, awaiting report, overdue). more: how many are left out, in words."""

    name: str
    lines: tuple[DueLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes an area has. percent: of the most, 2..100."""

    area: str
    told: int
    percent: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A whole mail in one language. brief: corrections that take one line each."""

    lang: Lang
    demo: bool
    subject: str
    heading: str
    summary: str
    corrections: tuple[TakenBack, ...] = ()
    brief: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    comparison: Line | None = None
    nothing: str = ""
    places: tuple[Place, ...] = ()
    more: Line | None = None
    due: tuple[DueGroup, ...] = ()
    notes: tuple[str, ...] = ()
    legend: tuple[Label, ...] = ()
    footer: tuple[str, ...] = ()
    unsubscribe: str = ""
