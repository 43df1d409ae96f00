"""Recording people's decisions, with what follows from them, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from storage.arrivals import RunOutcome
from storage.batch import Batch
from storage.errors import LedgerError
from storage.ledger import Ledger
from storage.models import Commit, ReadingRow, RulingRow, RunRow, VersionRow
from storage.queries.facts import moment
from storage.queries.tails import names_of_versions
from storage.ruling_rows import ruling_from, ruling_row, rulings_held
from storage.runs import Run
from storage.selecting import chunks, horizon
from storage.withholding import erase
from storage.write import Derive, append
from tracking.rulings import Ruling, in_force

__all__ = ["places_ruled_on", "record_rulings", "rulings", "rulings_held"]


def record_rulings(ledger: Ledger, run: Run, decided: Sequence[Ruling], derive: Derive) -> RunOutcome:
    """Append rulings that the ledger does not have yet, and what changes by them, with the cause `ruling`.

    They may speak of texts that are still to come. What is to be erased is erased (then call
    `storage.withholding.sweep`). Raises LedgerError for one that takes back a ruling that is not there; the
    ledger is then as it was.
    """
    with ledger.writing() as connection:
        batch = Batch(connection, run.seq, run.id)
        held = rulings_held(connection)
        known = {ruling.id: ruling for ruling in held}
        added: list[Ruling] = []
        for ruling in decided:
            if ruling.revokes is not None and ruling.revokes not in known:
                raise LedgerError(
                    f"there is no ruling {ruling.revokes} to take back: `duixian rulings list` shows them"
                )
            if ruling.id not in known:
                known[ruling.id] = ruling
                added.append(ruling)
                batch.add(RulingRow, ruling_row(ruling))
        gone = [ruling for ruling in added if ruling.kind == "withhold" and ruling.body.get("erase")]
        if gone:
            erase(connection, [cited for ruling in gone for cited in ruling.evidence])
        about = [one for ruling in added for one in _with_what_it_revokes(ruling, known)]
        places = dict.fromkeys(places_ruled_on(connection, about), "ruling")
        return append(batch, (), derive, run.parser_version, [*held, *added], places, ledger.clock)


def _with_what_it_revokes(ruling: Ruling, known: dict[str, Ruling]) -> Iterable[Ruling]:
    """The ruling and those it brings back or takes away, down to the first."""
    yield ruling
    while ruling.revokes is not None:
        ruling = known[ruling.revokes]
        yield ruling


def places_ruled_on(connection: Connection, decided: Iterable[Ruling]) -> set[str]:
    """Codes of the places whose texts the rulings cite."""
    hashes = sorted({cited.sha256 for ruling in decided for cited in ruling.evidence})
    found: set[str] = set()
    for some in chunks(hashes):
        query = (
            select(ReadingRow.place_code)
            .join(VersionRow, VersionRow.seq == ReadingRow.version_seq)
            .where(VersionRow.sha256.in_(some), ReadingRow.refused.is_(None))
            .distinct()
        )
        found.update(connection.execute(query).scalars())
    return found


def rulings(ledger: Ledger, *, known_at: datetime | None = None) -> list[dict[str, Any]]:
    """Every ruling in the order of recording, with whether it is in force and by what it was taken back."""
    with ledger.reading() as connection:
        upto = horizon(connection, known_at)
        query = (
            select(*RulingRow.__table__.c, Commit.recorded_at, RunRow.id.label("run"))
            .join(Commit, Commit.seq == RulingRow.commit_seq)
            .join(RunRow, RunRow.seq == Commit.run_seq)
            .where(RulingRow.commit_seq <= upto)
            .order_by(RulingRow.seq)
        )
        rows = connection.execute(query).all()
        decided = [ruling_from(row) for row in rows]
        holding = {ruling.id for ruling in in_force(decided)}
        names = names_of_versions(connection, {c.sha256 for r in decided for c in r.evidence}, upto)
    revoked = {ruling.revokes: ruling.id for ruling in decided if ruling.revokes}
    return [
        {
            "id": ruling.id,
            **ruling.record(),
            "documents": sorted({names[c.sha256] for c in ruling.evidence if c.sha256 in names}),
            "in_force": ruling.id in holding,
            "revoked_by": revoked.get(ruling.id) if ruling.id not in holding else None,
            "recorded_at": moment(row.recorded_at),
            "run": row.run,
            "entry_hash": row.entry_hash,
        }
        for ruling, row in zip(decided, rows, strict=True)
    ]
