"""Arrivals become documents, versions, readings and statements, or go into quarantine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from parsers.reading import Declared, Reading
from parsers.refusal import Refused
from storage.arrivals import Arrival, DocumentOutcome, Status, name_of
from storage.batch import Batch
from storage.blobs import decodes_to, pack, present_blobs
from storage.canonical import digest
from storage.errors import BrokenInvariant
from storage.holding import Holding
from storage.models import Blob, Document, PlaceRow, ReadingRow, Sighting, StatementRow, VersionRow
from storage.reading_rows import declared_key, declared_text, reading_row, refused_row
from storage.standing import DocumentState, Head, Observation, states_of
from storage.statement_rows import COLUMNS, rows_sha256, statement_rows
from storage.withholding import withheld

_kind = itemgetter(COLUMNS.index("kind"))


@dataclass
class Intake:
    """What a batch of arrivals brought. readings: by number, those that arrived now."""

    states: dict[str, DocumentState]
    outcomes: list[DocumentOutcome] = field(default_factory=list)
    readings: dict[int, Reading] = field(default_factory=dict)
    observed: set[str] = field(default_factory=set)
    """Ids of documents with a new version, or seen as something else than before."""


def take_in(batch: Batch, arrivals: Sequence[Arrival], parser_version: str) -> Intake:
    """Append what the arrivals bring that the ledger does not have yet."""
    for arrival in arrivals:
        _check(arrival)
    states = states_of(batch.connection, ids={a.document_id for a in arrivals})
    return _Clerk(batch, states, arrivals, parser_version).work()


def _check(arrival: Arrival) -> None:
    """Refuse what no row may hold, before anything is written."""
    where = f"{arrival.source}: {arrival.locator}"
    if arrival.observed_at.tzinfo is None:
        raise BrokenInvariant(f"{where} was observed at {arrival.observed_at}, which names no time zone")
    if isinstance(arrival.outcome, Reading):
        if arrival.content is None:
            raise BrokenInvariant(f"{where} was read without its bytes: they must be kept with it")
        if not arrival.outcome.place.code:
            raise BrokenInvariant(f"{where} was read without a place: quarantine it as unknown_place")


class _Clerk:
    def __init__(
        self,
        batch: Batch,
        states: dict[str, DocumentState],
        arrivals: Sequence[Arrival],
        parser_version: str,
    ) -> None:
        self.batch = batch
        self.arrivals = arrivals
        self.parser_version = parser_version
        self.intake = Intake(states)
        self.hashes = [None if a.content is None else digest(a.content) for a in arrivals]
        self.blobs = present_blobs(batch.connection, (h for h in self.hashes if h))
        self.places = self._known_places()
        self.erased = withheld(batch.connection).erased
        self.holding = Holding(batch, [s.seq for s in states.values()])

    def _known_places(self) -> set[tuple[str, str, str]]:
        codes = {a.outcome.place.code for a in self.arrivals if isinstance(a.outcome, Reading)}
        query = select(PlaceRow.code, PlaceRow.name, PlaceRow.level).where(PlaceRow.code.in_(sorted(codes)))
        return {(code, name, level) for code, name, level in self.batch.connection.execute(query)}

    def work(self) -> Intake:
        for arrival, sha256 in zip(self.arrivals, self.hashes, strict=True):
            state = self._document(arrival)
            if sha256 in self.erased:
                # Withheld bytes never come back by being handed in again.
                outcome = DocumentOutcome("unchanged", state.id, sha256)
            elif isinstance(arrival.outcome, Refused):
                outcome = self._refuse(state, arrival, sha256, arrival.outcome)
            else:
                assert sha256 is not None
                outcome = self._read(state, arrival, sha256, arrival.outcome)
            self.intake.outcomes.append(outcome)
        for state in self.intake.states.values():
            self.holding.settle(state)
        return self.intake

    def _document(self, arrival: Arrival) -> DocumentState:
        state = self.intake.states.get(arrival.document_id)
        if state is None:
            row = {
                "id": arrival.document_id,
                "source": arrival.source,
                "locator": arrival.locator,
                "name": name_of(arrival.locator),
            }
            state = DocumentState(self.batch.add(Document, row), arrival.document_id)
            self.intake.states[arrival.document_id] = state
        return state

    def _blob(self, content: bytes, sha256: str) -> None:
        if sha256 not in self.blobs:
            self.blobs.add(sha256)
            row = {"sha256": sha256, "size": len(content), "content": pack(content)}
            self.batch.attach(Blob, [row])

    def _refuse(
        self, state: DocumentState, arrival: Arrival, sha256: str | None, refused: Refused
    ) -> DocumentOutcome:
        if arrival.content is not None and sha256 is not None:
            self._blob(arrival.content, sha256)
        self.holding.hold(state.seq, arrival, sha256, refused, self.parser_version)
        if sha256 is not None:
            self._take_back(state, arrival, sha256, refused)
        return DocumentOutcome("refused", state.id, sha256, 0, refused.code, refused.detail)

    def _take_back(self, state: DocumentState, arrival: Arrival, sha256: str, refused: Refused) -> None:
        """Note that today's parser refuses what an earlier one read: its conclusions no longer follow."""
        row = refused_row(refused, arrival.declared)
        declared = row["declared_sha256"]
        read_before = (sha256, declared) in state.latest_heads()
        if read_before and not self._has_reading(state, sha256, declared, arrival.declared):
            self._add_reading(state, sha256, row)
            self._see(state, arrival.observed_at, sha256, sha256, declared)

    def _read(self, state: DocumentState, arrival: Arrival, sha256: str, reading: Reading) -> DocumentOutcome:
        declared_sha256 = declared_key(reading.declared)
        status: Status = "unchanged"
        kept = self._kept_version(state, arrival.observed_at, sha256, reading.body_sha256, declared_sha256)
        if kept is None:
            kept = sha256
            if sha256 not in state.versions:
                status = "edited" if state.versions else "new"
                self._add_version(state, arrival, sha256)
            if not self._has_reading(state, sha256, declared_sha256, reading.declared):
                status = "reread" if status == "unchanged" else status
                self._keep_reading(state, arrival.content or b"", sha256, reading)
        self._see(state, arrival.observed_at, kept, sha256, declared_sha256)
        return DocumentOutcome(status, state.id, kept, len(reading.statements))

    @staticmethod
    def _kept_version(
        state: DocumentState, observed_at: datetime, sha256: str, body_sha256: str, declared_sha256: str
    ) -> str | None:
        """The version that stands for this body already: other bytes changed only the page around it."""
        if sha256 in state.versions or not state.versions:
            return None
        standing = state.representative(body_sha256, declared_sha256)
        # Bytes observed earlier must become the version, else the order of arrival would decide which is.
        if standing is None or (observed_at, sha256) < standing:
            return None
        return standing[1]

    def _add_version(self, state: DocumentState, arrival: Arrival, sha256: str) -> None:
        self._blob(arrival.content or b"", sha256)
        state.versions[sha256] = self.batch.add(
            VersionRow,
            {
                "document_seq": state.seq,
                "sha256": sha256,
                "observed_at": arrival.observed_at.astimezone(UTC),
                "given_by": arrival.given_by,
            },
        )
        self.intake.observed.add(state.id)

    def _has_reading(
        self, state: DocumentState, sha256: str, declared_sha256: str, declared: Declared
    ) -> bool:
        """Whether the reading that counts is this parser's, of a page cut as it is now: one of its own may
        be replaced by now."""
        head = state.latest_heads().get((sha256, declared_sha256))
        if head is None or head.parser_version != self.parser_version:
            return False
        query = select(ReadingRow.declared).where(ReadingRow.seq == head.seq)
        stored = self.batch.connection.execute(query).scalar()
        return stored is None or stored == declared_text(declared)

    def _keep_reading(self, state: DocumentState, content: bytes, sha256: str, reading: Reading) -> None:
        place = (reading.place.code, reading.place.name, reading.place.level)
        if place not in self.places:
            self.places.add(place)
            self.batch.add(PlaceRow, dict(zip(("code", "name", "level"), place, strict=True)))
        row = reading_row(reading)
        row["text_sha256"] = None
        if not decodes_to(content, reading.source):
            text = reading.source.text.encode("utf-8", "surrogatepass")
            row["text_sha256"] = digest(text)
            if row["text_sha256"] not in self.blobs:
                self.blobs |= present_blobs(self.batch.connection, [row["text_sha256"]])
            self._blob(text, row["text_sha256"])
        seq = self.batch.next_seq(ReadingRow)
        statements = statement_rows(seq, sha256, reading.source.text, reading.statements)
        row["statements_sha256"] = rows_sha256(statements)
        self.batch.difference.kinds[seq] = Counter(map(_kind, statements))
        same = (
            h.statements_from
            for h in state.heads
            if h.version_sha256 == sha256 and h.statements_sha256 == row["statements_sha256"]
        )
        row["statements_from"] = next(same, None) or seq
        self._add_reading(state, sha256, row, seq)
        self.intake.readings[seq] = reading
        if row["statements_from"] == seq:
            self.batch.attach(StatementRow, statements)

    def _add_reading(
        self, state: DocumentState, sha256: str, row: dict[str, Any], seq: int | None = None
    ) -> None:
        known = any(
            h.version_sha256 == sha256 and h.declared_sha256 == row["declared_sha256"] for h in state.heads
        )
        if not known:
            self.intake.observed.add(state.id)
        row["version_seq"] = state.versions[sha256]
        row["parser_version"] = self.parser_version
        seq = self.batch.add(ReadingRow, row, seq=seq)
        state.heads.append(
            Head(
                seq,
                row["version_seq"],
                sha256,
                self.parser_version,
                row["declared_sha256"],
                row["refused"],
                row["body_sha256"],
                row["place_code"],
                row["statements_from"],
                row["statements_sha256"],
            )
        )

    def _see(
        self, state: DocumentState, observed_at: datetime, version: str, sha256: str, declared_sha256: str
    ) -> None:
        observed_at = observed_at.astimezone(UTC)
        self.batch.note(
            Sighting,
            {
                "version_seq": state.versions[version],
                "sha256": sha256,
                "declared_sha256": declared_sha256,
                "observed_at": observed_at,
            },
        )
        state.observations.append(Observation(observed_at, version, declared_sha256, sha256))
