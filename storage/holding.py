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
from storage.standing import DocumentState


@dataclass
class _Held:
    seq: int
    sha256: str | None
    last_seen: datetime
    open: bool = True
    decided_by: str | None = None


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
            held = _Held(row.seq, row.sha256, row.observed_at)
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
                select(QuarantineDecision.quarantine_seq, QuarantineDecision.decision, QuarantineDecision.by)
                .where(QuarantineDecision.quarantine_seq.in_(some))
                .order_by(QuarantineDecision.seq)
            )
            for seq, decision, by in connection.execute(decided):
                seqs[seq].open, seqs[seq].decided_by = decision == "reopened", by

    def hold(
        self, document_seq: int, arrival: Arrival, sha256: str | None, refused: Refused, parser_version: str
    ) -> None:
        """Hold what an arrival was refused for. What was declared belongs to it: it may be the remedy."""
        observed_at = arrival.observed_at.astimezone(UTC)
        declared = declared_text(arrival.declared)
        name = digest(canonical([arrival.document_id, sha256, declared, refused.code, refused.detail]))
        held = self.items.get(name)
        if held is not None:
            self.batch.note(QuarantineSighting, {"quarantine_seq": held.seq, "observed_at": observed_at})
            held.last_seen = max(held.last_seen, observed_at)
            return
        row = {
            "id": name,
            "document_seq": document_seq,
            "sha256": sha256,
            "code": refused.code,
            "detail": refused.detail,
            "parser_version": parser_version,
            "declared": declared,
            "given_by": arrival.given_by,
            "observed_at": observed_at,
        }
        held = _Held(self.batch.add(QuarantineRow, row), sha256, observed_at)
        self.items[name] = held
        self.by_document.setdefault(document_seq, []).append(held)

    def settle(self, state: DocumentState) -> None:
        """Release what could be read since it was last refused, and hold again what no longer can.

        The times of observation decide, not the order of arrival. A person's decision stands.
        """
        heads = state.latest_heads()
        read = [
            (o.observed_at, {o.version_sha256, o.seen_sha256})
            for o in state.observations
            if (head := heads.get((o.version_sha256, o.declared_sha256))) is not None and head.refused is None
        ]
        for held in self.by_document.get(state.seq, ()):
            if held.decided_by not in (None, "reader"):
                continue
            # Where no bytes were had, any later text at the address is what was missing.
            times = [at for at, hashes in read if held.sha256 is None or held.sha256 in hashes]
            is_open = not times or held.last_seen > max(times)
            if is_open != held.open:
                held.open = is_open
                self._decide(held, "reopened" if is_open else "released")

    def _decide(self, held: _Held, decision: str) -> None:
        reason = "could be read" if decision == "released" else "refused again"
        held.decided_by = "reader"
        self.batch.add(
            QuarantineDecision,
            {"quarantine_seq": held.seq, "decision": decision, "by": "reader", "reason": reason},
        )
