"""What follows from the texts of one scope, as rows: checked against the texts, ready to be reconciled.

A pure function of what tracking says, without a database, so that other processes can prepare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from parsers.text import SourceText
from storage.derived_rows import MemberValues, facts
from storage.errors import BrokenInvariant
from storage.models import Base
from storage.models.order import DERIVED
from storage.statement_rows import cut
from tracking.model import Derived, Version

Wanted = dict[str, tuple[dict[str, Any], list[MemberValues]]]
"""Rows of one table by id, each with its members."""


Remember = tuple[dict[str, bytes], set[str]]
"""What is to be remembered of a place: parts to be written, and the names of all that are needed."""


@dataclass(frozen=True, slots=True)
class Conclusions:
    """By table what should be held. `reconcile` uses them up.

    kept: by table ids of what should be held as it is. memory: None where nothing is to be
    remembered.
    """

    wanted: dict[type[Base], Wanted]
    kept: dict[type[Base], set[str]] = field(default_factory=dict)
    memory: Remember | None = None


def conclusions(versions: Sequence[Version], derived: Iterable[Derived]) -> Conclusions:
    """The conclusions as rows; BrokenInvariant for a quote that is not the text, or one id for two things."""
    texts = {version.sha256: version.reading.source for version in versions}
    wanted: dict[type[Base], Wanted] = {model: {} for model in DERIVED}
    for one in derived:
        _check_evidence(texts, one)
        for model, row, members in facts(one):
            known = wanted[model].setdefault(row["id"], (row, members))
            if known[0]["body_sha256"] != row["body_sha256"]:
                raise BrokenInvariant(
                    f"two different {model.__tablename__} have the id {row['id']}: ids must tell them apart"
                )
    return Conclusions(wanted)


def _check_evidence(texts: dict[str, SourceText], derived: Derived) -> None:
    """Every quote must be the raw text at its offsets, of a version that was handed to tracking."""
    for change in derived.changes:
        for evidence in change.evidence:
            source = texts.get(evidence.sha256)
            if source is None:
                raise BrokenInvariant(f"change {change.id} cites {evidence.sha256}, which is not at hand")
            if cut(source.text, evidence.spans) != evidence.quote:
                raise BrokenInvariant(
                    f"change {change.id} quotes words that {evidence.sha256} does not have there"
                )
