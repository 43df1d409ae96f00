"""One claim of a clause: what it says, of what, when; and what the clauses before it were about."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.statement import Kind, Quantity
from parsers.subjects import Subject
from parsers.tense import Tense
from parsers.topics import Topics


@dataclass(slots=True)
class Claim:
    """A claim in paragraph coordinates, before it gets its place, level and author."""

    kind: Kind
    paragraph: int
    start: int
    end: int
    text: str
    amounts: tuple[Quantity, ...]
    subject: Subject
    period: str | None
    absent: bool
    tense: Tense
    rule: str
    introduced: str = ""
    """Words at the head of its sentence that hold for every figure in it (初步核算，…; 预计…)."""


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text makes a claim.

    local: it speaks for a place below the nation, whose facts are not its own.
    news: an article, whose reporter tells facts with bare verbs where a report would plan.
    """

    local: bool
    news: bool


@dataclass(slots=True)
class Thread:
    """What the claims so far were about, for those that only go on about it."""

    before: str = ""
    topics: Topics = field(default_factory=Topics)
