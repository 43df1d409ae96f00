"""Rulings from a file: read, checked as a whole, and compared with what the ledger holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.ruling_forms import check_form
from audit.targets import NoTarget, check_evidence
from audit.verdict_sheet import verdicts
from flows import safety
from flows.deciding import decide
from storage.rulings import rulings_held
from storage.withholding import sweep
from tracking.rulings import Ruling, from_record

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from storage.write import RunOutcome


def from_file(ledger: Ledger, path: Path, author: str) -> list[Ruling]:
    """The rulings of a file (JSON lines, or the office ledger as XLSX) that this ledger does not hold yet.

    What names no author or time gets these. Raises NoTarget, and then nothing of the file counts.
    """
    told = list(
        _sheet(ledger, path, author) if path.suffix.lower() == ".xlsx" else _lines(ledger, path, author)
    )
    with ledger.reading() as connection:
        held = {ruling.id for ruling in rulings_held(connection)}
    # What takes a ruling back comes behind it.
    new = [r for r in sorted(told, key=lambda r: (r.kind == "revoke", r.order)) if r.id not in held]
    for ruling in new:
        check_form(ruling)
        if ruling.revokes is not None and ruling.revokes not in held | {r.id for r in told}:
            raise NoTarget(f"a ruling takes back {ruling.revokes}, which is neither here nor in the file")
    check_evidence(ledger, [ruling for ruling in new if ruling.kind != "revoke"])
    return list({ruling.id: ruling for ruling in new}.values())


def take_over(ledger: Ledger, rulings: list[Ruling]) -> RunOutcome:
    """Record rulings from a file, and obey those that withhold something."""
    outcome = decide(ledger, rulings)
    if hidden := [ruling for ruling in rulings if ruling.kind == "withhold"]:
        safety.note(hidden)
        if any(ruling.body.get("erase") for ruling in hidden):
            sweep(ledger)
    return outcome


def _lines(ledger: Ledger, path: Path, author: str) -> Iterator[Ruling]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoTarget(f"{path} cannot be read ({error})") from error
    now = ledger.clock()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record: dict[str, Any] = json.loads(line)
            told = {"author": author, "ruled_at": now.isoformat(), **record}
            ruling = from_record(told)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoTarget(
                f"line {number} of {path.name} is no ruling ({error}): nothing was taken over"
            ) from error
        if record.get("id") not in (None, ruling.id):
            raise NoTarget(
                f"line {number} of {path.name} does not say what its id {record['id']} was made from: "
                "leave the id out of rulings that you change"
            )
        yield ruling


def _sheet(ledger: Ledger, path: Path, author: str) -> Iterator[Ruling]:
    now = ledger.clock()
    for one in verdicts(ledger, path):
        reason = one.remark or f"核定 ({path.name})"
        yield Ruling("review", one.evidence, author, reason, now, one.body)
