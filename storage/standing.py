"""Which version of a document stands, and by which reading: decided from all observations, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from storage.among import among
from storage.models import Document, ReadingRow, Sighting, VersionRow
from storage.selecting import chunks


@dataclass(frozen=True, slots=True)
class Observation:
    """A version was seen, declared as it was then. seen_sha256 differs where only the page round it did."""

    observed_at: datetime
    version_sha256: str
    declared_sha256: str
    seen_sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """A reading without its content."""

    seq: int
    version_seq: int
    version_sha256: str
    parser_version: str
    declared_sha256: str
    refused: str | None
    body_sha256: str
    place_code: str
    statements_from: int | None
    statements_sha256: str


@dataclass(frozen=True, slots=True)
class Link:
    """A version in the line of a document's versions; supersedes: sha256 of the one before it."""

    sha256: str
    reading_seq: int
    place_code: str
    supersedes: str | None


@dataclass
class DocumentState:
    """A document with all that was observed and read of it."""

    seq: int
    id: str
    versions: dict[str, int] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def latest_heads(self) -> dict[tuple[str, str], Head]:
        """The last recorded reading of each version under each declaration."""
        return {(h.version_sha256, h.declared_sha256): h for h in sorted(self.heads, key=lambda h: h.seq)}

    def representative(self, body_sha256: str, declared_sha256: str) -> tuple[datetime, str] | None:
        """First sight and hash of the version that stands for a body under a declaration."""
        heads = self.latest_heads()
        return min(
            (
                (o.observed_at, o.version_sha256)
                for o in self.observations
                if o.declared_sha256 == declared_sha256
                and (head := heads.get((o.version_sha256, declared_sha256))) is not None
                and head.refused is None
                and head.body_sha256 == body_sha256
            ),
            default=None,
        )

    def line(self) -> list[Link]:
        """The versions in order, the standing one last.

        Each body stands once, where it was last put up (a page that went back to its old words shows those
        words now), as its first observed bytes, declared as when it was last seen.
        """
        heads = self.latest_heads()
        begun: dict[str, int] = {}
        declared: dict[str, str] = {}
        first: dict[tuple[str, str], Head] = {}
        shown = None
        order = sorted(self.observations, key=lambda o: (o.observed_at, o.version_sha256, o.declared_sha256))
        for position, seen in enumerate(order):
            head = heads.get((seen.version_sha256, seen.declared_sha256))
            if head is None or head.refused is not None:
                continue
            body = head.body_sha256
            if body != shown:
                begun[body] = position
                shown = body
            declared[body] = seen.declared_sha256
            first.setdefault((body, seen.declared_sha256), head)
        links: list[Link] = []
        for body in sorted(begun, key=begun.__getitem__):
            head = first[body, declared[body]]
            before = links[-1].sha256 if links else None
            if before == head.version_sha256:
                continue
            links.append(Link(head.version_sha256, head.seq, head.place_code, before))
        return links


EVER = 2**62
"""A commit that no ledger reaches: everything that is known."""

_DOCUMENTS = select(Document.seq, Document.id).where(Document.commit_seq <= bindparam("upto"))
_BY_ID = _DOCUMENTS.where(among(Document.id, "wanted"))
_BY_SEQ = _DOCUMENTS.where(among(Document.seq, "wanted"))
_VERSIONS = select(VersionRow.document_seq, VersionRow.sha256, VersionRow.seq).where(
    VersionRow.commit_seq <= bindparam("upto")
)
_SIGHTINGS = (
    select(
        VersionRow.document_seq,
        Sighting.observed_at,
        VersionRow.sha256,
        Sighting.declared_sha256,
        Sighting.sha256.label("seen_sha256"),
    )
    .join(VersionRow, VersionRow.seq == Sighting.version_seq)
    .where(Sighting.commit_seq <= bindparam("upto"))
)
_HEADS = (
    select(
        VersionRow.document_seq,
        ReadingRow.seq,
        ReadingRow.version_seq,
        VersionRow.sha256,
        ReadingRow.parser_version,
        ReadingRow.declared_sha256,
        ReadingRow.refused,
        ReadingRow.body_sha256,
        ReadingRow.place_code,
        ReadingRow.statements_from,
        ReadingRow.statements_sha256,
    )
    .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
    .where(ReadingRow.commit_seq <= bindparam("upto"))
)
_ALL = (_VERSIONS, _SIGHTINGS, _HEADS)
_SOME = tuple(query.where(among(VersionRow.document_seq, "documents")) for query in _ALL)


def states_of(
    connection: Connection,
    *,
    ids: Iterable[str] | None = None,
    seqs: Iterable[int] | None = None,
    upto: int | None = None,
) -> dict[str, DocumentState]:
    """Documents by id or number (all where neither is given) with what was known at commit `upto`."""
    upto = EVER if upto is None else upto
    found: dict[int, DocumentState] = {}
    for query, some in _parts(ids, seqs):
        for seq, document_id in connection.execute(query, {**some, "upto": upto}):
            found[seq] = DocumentState(seq, document_id)
    _fill(connection, found, None if ids is None and seqs is None else sorted(found), upto)
    return {state.id: state for state in found.values()}


def _parts(
    ids: Iterable[str] | None, seqs: Iterable[int] | None
) -> Iterator[tuple[Select[tuple[int, str]], dict[str, Any]]]:
    """Statements that together find the documents, with what is asked for."""
    if ids is not None:
        yield from ((_BY_ID, {"wanted": some}) for some in chunks(sorted(set(ids))))
    elif seqs is not None:
        yield from ((_BY_SEQ, {"wanted": some}) for some in chunks(sorted(set(seqs))))
    else:
        yield _DOCUMENTS, {}


def _fill(
    connection: Connection, states: dict[int, DocumentState], seqs: Sequence[int] | None, upto: int
) -> None:
    for some in [None] if seqs is None else chunks(seqs):
        asked = {"upto": upto} if some is None else {"upto": upto, "documents": some}
        versions, sightings, heads = _ALL if some is None else _SOME
        for document, sha256, seq in connection.execute(versions, asked):
            states[document].versions[sha256] = seq
        for document, *seen in connection.execute(sightings, asked):
            states[document].observations.append(Observation(*seen))
        for document, *head in connection.execute(heads, asked):
            states[document].heads.append(Head(*head))
