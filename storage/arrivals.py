"""What is handed to the ledger, and what it says came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.canonical import canonical, digest

Status = Literal["new", "edited", "reread", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document at one fetch, read or refused.

    locator: path below the source's root, canonical URL, or absolute path of a single file.
    content: raw bytes; None where they could not be had (outcome is then Refused).
    observed_at: when the bytes were fetched (with time zone). given_by: who handed it in, if a person did.
    declared: counts for refusals; a reading carries what was declared to it.
    """

    source: str
    locator: str
    content: bytes | None
    observed_at: datetime
    outcome: Reading | Refused
    declared: Declared = field(default_factory=Declared)
    given_by: str | None = None

    @property
    def document_id(self) -> str:
        """Identity of the document: where it stands, not what it says."""
        return document_id(self.source, self.locator)


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What came of one arrival. code and detail say why it was refused."""

    status: Status
    document_id: str
    sha256: str | None
    statements: int = 0
    code: str | None = None
    detail: str = ""


@dataclass
class RunOutcome:
    """What a call of `record` did. places: codes whose conclusions were derived anew."""

    documents: list[DocumentOutcome] = field(default_factory=list)
    places: tuple[str, ...] = ()
    changes: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    commit: int | None = None
    head: str = ""


def document_id(source: str, locator: str) -> str:
    """SHA-256 over source and locator."""
    return digest(canonical([source, locator]))


def name_of(locator: str) -> str:
    """Last part of a path or URL: what a shortest tail is looked up by."""
    return locator.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1]
