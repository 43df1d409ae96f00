"""Quarantine: what was refused is held with its reason until it can be read or a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from parsers.refusal import Refused
from storage.arrivals import Arrival
from storage.batch import Batch
from storage.canonical import canonical, digest
from storage.models import QuarantineDecision, QuarantineRow, QuarantineSighting
from storage.reading_rows import declared_text
from storage.selecting import chunks


@dataclass
class _Held:
    seq: int
    sha256: str | None
    last_seen: datetime
    open: bool


class Holding:
    """The quarantined things of some documents, and what a batch adds to them."""

    def __init__(self, batch: Batch, document_seqs: Sequence[int]) -> None:
        self.batch = batch
        self.items: dict[str, _Held] = {}
        self.by_document: dict[int, list[_Held]] = {}
        for some in chunks(document_seqs):
            self._load(some)

    def _load(self, document_seqs: Sequence[int]) -> None:
        connection = self.batch.connection
        seqs: dict[int, _Held] = {}
        query = select(QuarantineRow).where(QuarantineRow.document_seq.in_(document_seqs))
        for row in connection.execute(query.with_only_columns(*QuarantineRow.__table__.columns)):
            held = _Held(row.seq, row.sha256, row.observed_at, True)
            self.items[row.id] = seqs[row.seq] = held
            self.by_document.setdefault(row.document_seq, []).append(held)
        for some in chunks(sorted(seqs)):
            seen = (
                select(QuarantineSighting.quarantine_seq, func.max(QuarantineSighting.observed_at))
                .where(QuarantineSighting.quarantine_seq.in_(some))
                .group_by(QuarantineSighting.quarantine_seq)
            )
            for seq, last in connection.execute(seen):
                seqs[seq].last_seen = max(seqs[seq].last_seen, last)
            decided = (
                select(QuarantineDecision.quarantine_seq, QuarantineDecision.decision)
                .where(QuarantineDecision.quarantine_seq.in_(some))
                .order_by(QuarantineDecision.seq)
            )
            for seq, decision in connection.execute(decided):
                seqs[seq].open = decision == "reopened"

    def hold(
        self,
        document_seq: int,
        arrival: Arrival,
        sha256: str | None,
        refused: Refused,
        parser_version: str,
        read_at: datetime | None,
    ) -> None:
        """Hold an arrival. read_at: when a readable text was last observed at the same address."""
        observed_at = arrival.observed_at.astimezone(UTC)
        name = digest(canonical([arrival.document_id, sha256, refused.code, refused.detail]))
        held = self.items.get(name)
        if held is None:
            row = {
                "id": name,
                "document_seq": document_seq,
                "sha256": sha256,
                "code": refused.code,
                "detail": refused.detail,
                "parser_version": parser_version,
                "declared": declared_text(arrival.declared),
                "given_by": arrival.given_by,
                "observed_at": observed_at,
            }
            held = _Held(self.batch.add(QuarantineRow, row), sha256, observed_at, True)
            self.items[name] = held
            self.by_document.setdefault(document_seq, []).append(held)
        else:
            self.batch.note(QuarantineSighting, {"quarantine_seq": held.seq, "observed_at": observed_at})
            held.last_seen = max(held.last_seen, observed_at)
        overtaken = sha256 is None and read_at is not None and read_at > held.last_seen
        if overtaken and held.open:
            self._decide(held, "released", "a text was read at this address later")
        elif not overtaken and not held.open and self._released_by_reader(held):
            self._decide(held, "reopened", "refused again")

    def release(self, document_seq: int, sha256: str, observed_at: datetime) -> None:
        """These bytes were read: what was held for them, or for having no bytes before, is let go."""
        for held in self.by_document.get(document_seq, ()):
            overtaken = held.sha256 is None and observed_at > held.last_seen
            if held.open and (held.sha256 == sha256 or overtaken):
                self._decide(held, "released", "could be read")

    def _released_by_reader(self, held: _Held) -> bool:
        """A person's decision is not reopened by another refusal; the reader's own release is."""
        last = self.batch.connection.execute(
            select(QuarantineDecision.by)
            .where(QuarantineDecision.quarantine_seq == held.seq)
            .order_by(QuarantineDecision.seq.desc())
            .limit(1)
        ).scalar()
        return last in (None, "reader")

    def _decide(self, held: _Held, decision: str, reason: str) -> None:
        held.open = decision == "reopened"
        self.batch.add(
            QuarantineDecision,
            {"quarantine_seq": held.seq, "decision": decision, "by": "reader", "reason": reason},
        )
