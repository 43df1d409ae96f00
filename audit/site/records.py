"""The shapes that the API answers with. Further keys may come; those named here stay."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Open(BaseModel):
    """A record that may have further keys."""

    model_config = ConfigDict(extra="allow")


class Commitment(Open):
    """A commitment in a list."""

    id: str
    title: str
    kind: str
    subject: str
    life: str
    district: str
    level: str
    editions: list[str]


class Evidence(Open):
    """The words that an entry rests on: offsets into the decoded text of the version named by its hash."""

    side: str
    document: str
    sha256: str
    start: int
    end: int
    spans: list[list[int]]
    quote: str


class Entry(Open):
    """An entry of the change log, as `duixian changes --json` gives it."""

    id: str
    change: str
    grade: str | None
    reviewed: dict[str, Any] | None
    district: str
    level: str
    commitment: dict[str, Any]
    edition_from: str | None
    edition_to: str | None
    fields: dict[str, Any]
    evidence: list[Evidence]
    said_on: str | None
    recorded_at: str
    cause: str
    superseded_by: str | None
    entry_hash: str


class Changes(Open):
    """A page of the change log. undated: entries that a question about dates leaves out."""

    entries: list[Entry]
    next: str | None
    undated: int


class Commitments(Open):
    """A page of commitments."""

    entries: list[Commitment]
    next: str | None


class Story(Commitment):
    """A commitment with all that was said and concluded."""

    statements: list[dict[str, Any]]
    changes: list[Entry]


class Documents(Open):
    """A page of texts."""

    entries: list[dict[str, Any]]
    next: str | None


class Text(Open):
    """A text with everything read from it; offsets count characters of `text`."""

    document: str
    sha256: str
    title: str | None
    text: str
    statements: list[dict[str, Any]]


class Places(Open):
    """A page of places: full name, code and level of each."""

    entries: list[dict[str, Any]]
    next: str | None


class Corrections(Open):
    """A page of what was corrected."""

    entries: list[dict[str, Any]]
    next: str | None


class Scorecards(Open):
    """The scorecards of a place, one a level."""

    entries: list[dict[str, Any]]


class Indicator(Open):
    """An indicator of a place over the years."""

    district: str
    subject: str
    unit: str
    commitments: list[str]
    entries: list[dict[str, Any]]


class Lineages(Open):
    """A page of the projects and systems of a place."""

    district: str
    entries: list[dict[str, Any]]
    next: str | None


class Lineage(Open):
    """A project or named system over the years."""

    district: str
    name: str
    kind: str
    commitments: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    changes: list[Entry]


class Plan(Open):
    """Editions with their statements, and what changed between two periods."""

    editions: list[dict[str, Any]]
    changes: list[Entry]


class Due(Open):
    """A page of promises that stand in some state on a day."""

    entries: list[dict[str, Any]]
    next: str | None


class Hits(Open):
    """What was found."""

    entries: list[dict[str, Any]]
    next: int | None


class Problem(BaseModel):
    """What is wrong with a question, in one sentence."""

    detail: Any


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The question cannot be read."},
    404: {"model": Problem, "description": "The ledger has nothing of that name."},
    422: {"model": Problem, "description": "A parameter is not what it should be."},
    413: {"model": Problem, "description": "More than a question can hold."},
    414: {"model": Problem, "description": "The address is too long."},
    429: {"model": Problem, "description": "Too many requests."},
}
