"""What a person points at when ruling: words of a text, a whole text, a statement, an entry, a commitment.

Rulings name evidence. Ids are taken for convenience and looked up here, once, when the ruling is made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from storage.by_key import begins
from storage.ledger import Ledger
from storage.models import ChangeRow, CommitmentRow, Document, MemberRow, ReadingRow, StatementRow, VersionRow
from storage.models.base import BEGINNING
from storage.queries.facts import standing
from storage.readings import load_readings, standing_readings
from storage.selecting import horizon
from storage.statement_rows import spans_of
from tracking.model import Version
from tracking.rulings import ON_STATEMENTS, Cited, Ruling, statements_at
from tracking.terms import normal

_WORDS = re.compile(r"(?P<sha>[0-9a-f]{6,64}):(?P<spans>\d+-\d+(?:,\d+-\d+)*)(?:#(?P<slot>.+))?\Z")
_NAME = re.compile(r"[0-9a-f]{6,64}\Z")


class NoTarget(Exception):  # noqa: N818 - told to a person
    """What was pointed at is not there, or does not fit; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a name means. entry: facts of the change entry, where it names one."""

    what: str
    evidence: tuple[Cited, ...]
    entry: dict[str, Any] = field(default_factory=dict)


def target(ledger: Ledger, name: str) -> Target:
    """What SHA:START-END[,START-END][#PART], or the beginning of a hash, key or id, points at."""
    with ledger.reading() as connection:
        words = _WORDS.match(name)
        if words is not None:
            spans = tuple(
                (int(start), int(end))
                for start, _, end in (one.partition("-") for one in words["spans"].split(","))
            )
            sha256 = _one(_versions(connection, words["sha"]), words["sha"])
            return Target("words", (Cited(sha256, spans, slot=words["slot"] or ""),))
        if not _NAME.match(name):
            raise NoTarget(
                f"{name} is neither SHA256:START-END nor an id: `duixian show ID --json` gives both"
            )
        for find in (_entry, _commitment, _statement, _text, _document):
            if (found := find(connection, name)) is not None:
                return found
    raise NoTarget(f"nothing in this ledger has a name that begins with {name}")


def _one(found: Sequence[str], name: str) -> str:
    if not found:
        raise NoTarget(f"this ledger holds no text whose hash begins with {name}")
    if len(found) > 1:
        raise NoTarget(f"several things begin with {name}: write more of it")
    return found[0]


def _versions(connection: Connection, beginning: str) -> list[str]:
    # A range, not LIKE: hashes hold no letter beyond f, and it uses the index on both databases.
    query = select(VersionRow.sha256).where(VersionRow.sha256.between(beginning, beginning + "g"))
    return sorted(set(connection.execute(query.distinct().limit(5)).scalars()))


def _text(connection: Connection, name: str) -> Target | None:
    found = _versions(connection, name)
    return Target("text", (Cited(_one(found, name)),)) if found else None


def _document(connection: Connection, name: str) -> Target | None:
    """Every version of a document."""
    query = (
        select(Document.id, VersionRow.sha256)
        .join(VersionRow, VersionRow.document_seq == Document.seq)
        .where(Document.id.between(name, name + "g"))
        .order_by(VersionRow.seq)
    )
    rows = connection.execute(query).all()
    if not rows:
        return None
    _one(sorted({row.id for row in rows}), name)
    return Target("document", tuple(Cited(row.sha256) for row in rows))


def _entry(connection: Connection, name: str) -> Target | None:
    t = ChangeRow.__table__
    rows = connection.execute(
        standing(ChangeRow, horizon(connection, None)).where(t.c.id.between(name, name + "g")).limit(5)
    ).all()
    if not rows:
        return None
    _one(sorted({row.id for row in rows}), name)
    row = rows[0]
    cited = {(e["sha256"], spans_of(e["spans"])) for e in json.loads(row.body)["evidence"]}
    facts = {"change": row.change, "edition_from": row.edition_from, "edition_to": row.edition_to}
    return Target("entry", tuple(Cited(*one) for one in sorted(cited)), facts)


def _commitment(connection: Connection, name: str) -> Target | None:
    """A commitment, by the last of its promises."""
    t = CommitmentRow.__table__
    rows = connection.execute(
        standing(CommitmentRow, horizon(connection, None)).where(t.c.id.between(name, name + "g")).limit(5)
    ).all()
    if not rows:
        return None
    _one(sorted({row.id for row in rows}), name)
    members = connection.execute(
        select(MemberRow.key, MemberRow.role, MemberRow.ordinal)
        .where(MemberRow.commitment_seq == rows[0].seq)
        .order_by(MemberRow.ordinal)
    ).all()
    promises = [m for m in members if m.role == "promise"] or list(members)
    found = _statement(connection, promises[-1].key)
    return None if found is None else Target("commitment", found.evidence)


def _statement(connection: Connection, name: str) -> Target | None:
    first = name[:BEGINNING]
    query = (
        select(StatementRow.key, StatementRow.spans, StatementRow.kind, VersionRow.sha256)
        .join(ReadingRow, ReadingRow.seq == StatementRow.reading_seq)
        .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
        .where(begins(StatementRow.key).between(first, first + "g"))
        .where(StatementRow.key.between(name, name + "g"))
        .order_by(StatementRow.reading_seq.desc())
        .limit(20)
    )
    rows = connection.execute(query).all()
    if not rows:
        return None
    _one(sorted({row.key for row in rows}), name)
    row = rows[0]
    return Target("statement", (Cited(row.sha256, spans_of(json.loads(row.spans)), row.kind),))


def versions_cited(
    ledger: Ledger, rulings: Sequence[Ruling], *, standing: bool = False
) -> dict[str, Version]:
    """The versions that rulings cite, by hash, as they were last read; those that are there (standing: those
    that conclusions rest on)."""
    hashes = sorted({cited.sha256 for ruling in rulings for cited in ruling.evidence})
    with ledger.reading() as connection:
        seqs = standing_readings(connection, hashes, horizon(connection, None), only=standing)
        readings = load_readings(connection, seqs.values())
    return {sha256: Version(sha256, sha256, readings[seq]) for sha256, seq in seqs.items()}


def words_for(ledger: Ledger, evidence: Sequence[Cited]) -> dict[str, Any]:
    """What an alias on two statements is about where nobody says: what the first calls its thing means what
    the second calls it."""
    cited = Ruling("alias", tuple(evidence), "", "", ledger.clock())
    versions = versions_cited(ledger, [cited])
    called = []
    for one in evidence:
        found = statements_at(versions[one.sha256], one) if one.sha256 in versions else []
        if found:
            called.append(one.slot or found[0][1].subject)
    return dict(zip(("word", "means"), called, strict=False)) if len(called) == len(evidence) == 2 else {}


def _unheard(ruling: Ruling, versions: Mapping[str, Version]) -> str | None:
    """A word of an alias that no cited text prints and no cited statement is about."""
    said = [normal(versions[cited.sha256].reading.source.text) for cited in ruling.evidence]
    for cited in ruling.evidence:
        said += [normal(s.subject) for _, s in statements_at(versions[cited.sha256], cited)]
    words = (str(ruling.body[name]) for name in ("word", "means"))
    return next((word for word in words if not any(normal(word) in text for text in said)), None)


def check_evidence(ledger: Ledger, rulings: Sequence[Ruling]) -> None:
    """Raise NoTarget for the first ruling that names nothing: no text, no such place in it, no statement."""
    versions = versions_cited(ledger, rulings)
    for ruling in rulings:
        for cited in ruling.evidence:
            version = versions.get(cited.sha256)
            if version is None:
                raise NoTarget(f"this ledger holds no text with the hash {cited.sha256}")
            size = len(version.reading.source.text)
            if any(not 0 <= start < end <= size for start, end in cited.spans):
                raise NoTarget(
                    f"the text {cited.sha256[:12]} has {size} characters: there is none at {cited.spans}"
                )
            if ruling.kind in ON_STATEMENTS and not statements_at(version, cited):
                raise NoTarget(
                    f"the words at {cited.spans} of {cited.sha256[:12]} carry no statement: "
                    "`duixian show ID --json` lists those that do"
                )
        if ruling.kind == "alias" and (word := _unheard(ruling, versions)) is not None:
            raise NoTarget(f"{word} is in none of the texts pointed at: point at a statement of each word")
