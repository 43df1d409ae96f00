"""People's decisions: what they name, which of them are in force, and which statements they bear on.

A ruling names evidence (document version and spans), never an id, so that it survives every parser. The
later ruling wins. Nothing is deleted: a ruling is taken back, or replaced, by another row that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from parsers.statement import Kind, Span, Statement
from tracking.keys import ID_LENGTH, digest, statement_keys
from tracking.model import Version

RulingKind = Literal[
    "same",
    "not_same",
    "merge",
    "split",
    "wrong_statement",
    "right_value",
    "alias",
    "covers",
    "complete",
    "review",
    "withhold",
    "reply",
    "revoke",
]
KINDS: tuple[RulingKind, ...] = get_args(RulingKind)
ON_STATEMENTS: frozenset[RulingKind] = frozenset(
    {"same", "not_same", "merge", "split", "wrong_statement", "right_value", "alias"}
)
"""Kinds whose evidence has to carry a statement; the others speak of a text or of an entry."""
RULED = "ruled by"
"""How the clue of what a person decided begins."""
HALF = 0.5
"""Share of the shorter of two stretches that must be common to both, where offsets have moved."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a document version; no spans: the whole text.

    kind: of the statement meant, where several have these words. slot: which of the things it lists.
    """

    sha256: str
    spans: tuple[Span, ...] = ()
    kind: Kind | None = None
    slot: str = ""

    def record(self) -> dict[str, Any]:
        """As JSON has it; what is not said is left out."""
        found: dict[str, Any] = {"sha256": self.sha256, "spans": [list(span) for span in self.spans]}
        if self.kind:
            found["kind"] = self.kind
        if self.slot:
            found["slot"] = self.slot
        return found


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision: on which words, what, by whom, why and when (a time with zone).

    body: what the kind needs: right_value {field: value}; alias {"word", "means", "holds": bool}, for the
    place and level of the statements it cites; covers {"area"}; complete {"complete": bool};
    review {"change", "edition_from", "edition_to", "verdict": confirmed|rejected}; withhold {"erase": bool};
    reply {"text", "from"}: what somebody whom an entry is about wants to stand beside it.
    revokes: id of the ruling that this one takes back (kind revoke) or replaces.
    """

    kind: RulingKind
    evidence: tuple[Cited, ...]
    author: str
    reason: str
    ruled_at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)
    revokes: str | None = None

    @property
    def id(self) -> str:
        """Made from all it says: the same ruling handed in twice is one."""
        return digest("ruling", self.record())[:ID_LENGTH]

    @property
    def order(self) -> tuple[datetime, str]:
        """Later rulings win; at the same moment the larger id."""
        return self.ruled_at, self.id

    def record(self) -> dict[str, Any]:
        """As JSON has it, without the id."""
        return {
            "kind": self.kind,
            "evidence": [cited.record() for cited in self.evidence],
            "body": dict(self.body),
            "author": self.author,
            "reason": self.reason,
            "ruled_at": self.ruled_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "revokes": self.revokes,
        }


def cited_from(record: Mapping[str, Any]) -> Cited:
    """Undo `Cited.record`."""
    spans = tuple((int(start), int(end)) for start, end in record.get("spans") or ())
    return Cited(str(record["sha256"]), spans, record.get("kind"), record.get("slot") or "")


def from_record(record: Mapping[str, Any]) -> Ruling:
    """Undo `Ruling.record`; KeyError, TypeError or ValueError for a record of something else."""
    at = datetime.fromisoformat(str(record["ruled_at"]))
    if at.tzinfo is None:
        raise ValueError(f"{record['ruled_at']} names no time zone")
    return Ruling(
        record["kind"],
        tuple(cited_from(one) for one in record["evidence"]),
        str(record["author"]),
        str(record["reason"]),
        at,
        dict(record.get("body") or {}),
        record.get("revokes"),
    )


def in_force(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings that nobody took back or replaced, earlier ones first, in whatever order they came."""
    known = {ruling.id: ruling for ruling in rulings}
    against: dict[str, list[Ruling]] = {}
    for ruling in known.values():
        if ruling.revokes is not None:
            against.setdefault(ruling.revokes, []).append(ruling)
    holds: dict[str, bool] = {}
    # A ruling names an earlier one by its content, so these references cannot form a circle.
    waiting = list(known)
    while waiting:
        name = waiting[-1]
        open_ones = [r.id for r in against.get(name, ()) if r.id not in holds]
        if open_ones:
            waiting += open_ones
            continue
        holds[name] = not any(holds[r.id] for r in against.get(name, ()))
        waiting.pop()
    return sorted((r for r in known.values() if holds[r.id] and r.kind != "revoke"), key=lambda r: r.order)


def statements_at(version: Version, cited: Cited) -> list[tuple[str, Statement]]:
    """The statements with their keys that the cited words carry: these very spans, else the nearest ones.

    Another parser may draw a statement's bounds otherwise; it is still meant where half of the shorter of
    the two stretches is common to both.
    """
    statements = version.reading.statements
    keyed = list(zip(statement_keys(version.sha256, statements), statements, strict=True))
    if cited.kind is not None:
        keyed = [pair for pair in keyed if pair[1].kind == cited.kind]
    exact = [pair for pair in keyed if pair[1].spans == cited.spans]
    if exact:
        return exact
    common = {key: overlap(statement.spans, cited.spans) for key, statement in keyed}
    size = length(cited.spans)
    near = [
        (key, statement)
        for key, statement in keyed
        if common[key] and common[key] >= HALF * min(size, length(statement.spans))
    ]
    if not near:
        return []
    best = max(near, key=lambda pair: (common[pair[0]], -length(pair[1].spans), -pair[1].start))[1].spans
    return [pair for pair in near if pair[1].spans == best]


def length(spans: Sequence[Span]) -> int:
    """Characters in the spans."""
    return sum(end - start for start, end in spans)


def overlap(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Characters common to both."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def lost(rulings: Iterable[Ruling], versions: Iterable[Version]) -> list[Ruling]:
    """Rulings in force whose evidence carries nothing any more.

    versions: those that stand, or stood, as texts of some place. A ruling on statements is lost where cited
    words carry none; any but a withholding where a cited text is no longer among them (another parser refuses
    it, or earlier bytes of the same body took its place).
    """
    texts = {version.sha256: version for version in versions}
    return [
        ruling
        for ruling in in_force(rulings)
        if ruling.kind != "withhold" and any(_carries_nothing(ruling, c, texts) for c in ruling.evidence)
    ]


def _carries_nothing(ruling: Ruling, cited: Cited, texts: Mapping[str, Version]) -> bool:
    version = texts.get(cited.sha256)
    return version is None or (ruling.kind in ON_STATEMENTS and not statements_at(version, cited))
