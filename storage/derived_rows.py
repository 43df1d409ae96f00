"""Conclusions as rows: columns for what is asked for, canonical JSON for the rest, one hash over both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any

from storage.canonical import canonical, digest_plain
from storage.dates import last_day
from storage.models import Base, ChangeRow, CommitmentRow, EditionRow, NotesRow
from storage.reading_rows import clue_json
from tracking.model import Change, Commitment, Derived, Edition, Evidence, FieldChange, Member, PlaceNotes

MemberValues = tuple[str, str, str | None, str, str, str, str]
"""What a row of `members` says, in the order of `MEMBER_VALUES`."""

Fact = tuple[type[Base], dict[str, Any], list[MemberValues]]
"""Table, row (with id and body_sha256), members."""

CONTENT: dict[type[Base], tuple[str, ...]] = {
    CommitmentRow: ("place_code", "district", "level", "kind", "title", "subject", "life", "body"),
    EditionRow: (
        "place_code", "district", "level", "lineage", "period", "complete", "retrospective", "body",
    ),
    ChangeRow: (
        "place_code", "district", "level", "change", "grade", "commitment", "about", "edition_from",
        "edition_to", "said_on", "body",
    ),
    NotesRow: ("place_code", "district", "level", "body"),
}  # fmt: skip
"""Columns that the body hash covers, beside id and members."""

MEMBER_COLUMNS = ("key", "sha256", "period", "role", "why", "confidence")
MEMBER_VALUES = (*MEMBER_COLUMNS, "extra")


def body_hash(model: type[Base], row: Any, members: list[dict[str, Any]]) -> str:
    """Hash over the content of a conclusion: equal content, equal hash, whatever its number or time."""
    return _hash(model, row, [tuple(m[name] for name in MEMBER_VALUES) for m in members])


def _hash(model: type[Base], row: Any, members: Sequence[tuple[Any, ...]]) -> str:
    content = [row["id"], *[row[name] for name in CONTENT[model]]]
    return digest_plain([content, members])


def member_rows(commitment_seq: int, members: Iterable[MemberValues]) -> list[tuple[Any, ...]]:
    """Rows of `members` of one row of `commitments`, columns in the order of the table."""
    return [(commitment_seq, at, *values) for at, values in enumerate(members)]


def facts(derived: Derived) -> Iterator[Fact]:
    """Every conclusion of one derivation."""
    for commitment in derived.commitments:
        yield _commitment(commitment)
    for edition in derived.editions:
        yield _edition(edition)
    for change in derived.changes:
        yield _change(change)
    if derived.texts is not None:
        yield _notes(derived.texts)


def _finish(model: type[Base], row: dict[str, Any], members: list[MemberValues]) -> Fact:
    row["body_sha256"] = _hash(model, row, members)
    return model, row, members


def _owner(fact: Commitment | Edition | Change | PlaceNotes) -> dict[str, Any]:
    return {"id": fact.id, "place_code": fact.place_code, "district": fact.district, "level": fact.level}


def _rest(value: Any, handled: frozenset[str]) -> dict[str, Any]:
    """What tracking says of a conclusion beyond the columns."""
    return {name: getattr(value, name) for name in _others(value.__class__, handled)}


@cache
def _others(kind: Any, handled: frozenset[str]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in handled)


_MEMBER = frozenset(MEMBER_COLUMNS)
_FURTHER = {f.name for f in fields(Member)} - _MEMBER
"""What tracking says of a member beyond the columns."""
_COMMITMENT = frozenset(
    {"id", "place_code", "district", "level", "kind", "title", "subject", "life", "members"}
)
_EDITION = frozenset(
    {"id", "place_code", "district", "level", "lineage", "period", "complete", "retrospective", "clues"}
)
_CHANGE = frozenset(
    {
        "id", "place_code", "district", "level", "change", "grade", "commitment", "about", "edition_from",
        "edition_to", "said_on", "fields", "evidence", "reviewed",
    }
)  # fmt: skip
_EVIDENCE = frozenset({"quote"})
_FIELD = frozenset({"field"})


def _commitment(c: Commitment) -> Fact:
    row = {
        **_owner(c),
        "kind": c.kind,
        "title": c.title,
        "subject": c.subject,
        "life": c.life,
        "body": canonical(_rest(c, _COMMITMENT)),
    }
    return _finish(CommitmentRow, row, _members(c.members))


def _members(members: Iterable[Member]) -> list[MemberValues]:
    return [
        (m.key, m.sha256, m.period, m.role, m.why, _digits(m.confidence), _extra(m) if _FURTHER else "{}")
        for m in members
    ]


def _extra(m: Member) -> str:
    return canonical(_rest(m, _MEMBER))


@lru_cache(maxsize=4096)
def _digits(confidence: float) -> str:
    """As text, so that both databases give back the very digits that were hashed; each text once."""
    return repr(float(confidence))


def _edition(e: Edition) -> Fact:
    row = {
        **_owner(e),
        "lineage": e.lineage,
        "period": e.period,
        "complete": e.complete,
        "retrospective": e.retrospective,
        "body": canonical({**_rest(e, _EDITION), "clues": [clue_json(clue) for clue in e.clues]}),
    }
    return _finish(EditionRow, row, [])


def _change(c: Change) -> Fact:
    row = {
        **_owner(c),
        "change": c.change,
        "grade": c.grade,
        "commitment": c.commitment,
        "about": c.about,
        "edition_from": c.edition_from,
        "edition_to": c.edition_to,
        "said_on": c.said_on,
        "said_last": last_day(c.said_on),
        "body": canonical(
            {
                **_rest(c, _CHANGE),
                **({"reviewed": c.reviewed} if c.reviewed else {}),
                "fields": {f.field: _field(f) for f in c.fields},
                "evidence": [_evidence(e) for e in c.evidence],
            }
        ),
    }
    return _finish(ChangeRow, row, [])


def _notes(n: PlaceNotes) -> Fact:
    body = canonical({"notes": n.notes, "reprints": n.reprints})
    return _finish(NotesRow, {**_owner(n), "body": body}, [])


def _field(f: FieldChange) -> dict[str, Any]:
    """Old, new and direction always; what became of parts where there are any."""
    rest = _rest(f, _FIELD)
    return {name: value for name, value in rest.items() if name in ("old", "new", "direction") or value}


def _evidence(e: Evidence) -> dict[str, Any]:
    return _rest(e, _EVIDENCE)
