"""Withholding, backup and restore: what outlives a ledger, and what a restored one must obey."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flows.deciding import decide
from flows.home import data_folder
from flows.version import parser_version
from storage.backups import restore as bring_back
from storage.errors import LedgerError
from storage.ledger import open_ledger
from storage.rulings import rulings_held
from storage.verify import verify
from storage.withholding import sweep, withholdings
from tracking.derive import derive
from tracking.rulings import Ruling, from_record

if TYPE_CHECKING:
    from storage.ledger import Ledger
    from storage.write import RunOutcome


def withhold_list() -> Path:
    """The file that every withholding is also written to, so that an old backup cannot undo it."""
    return data_folder() / "withheld.jsonl"


def withhold(ledger: Ledger, ruling: Ruling) -> RunOutcome:
    """Hide (or erase) what a ruling names, here and in whatever is restored later."""
    outcome = decide(ledger, [ruling])
    note([ruling])
    if ruling.body.get("erase"):
        sweep(ledger)
    return outcome


def note(rulings: Iterable[Ruling]) -> None:
    """Write withholdings, and what takes them back, to the list."""
    path = withhold_list()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for ruling in rulings:
            file.write(json.dumps(ruling.record(), ensure_ascii=False) + "\n")


def _listed() -> list[Ruling]:
    path = withhold_list()
    if not path.exists():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [from_record(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"the withhold list {path} cannot be read ({error}): mend it before restoring anything"
        ) from error


def restore(path: Path, target: str, *, replace: bool) -> tuple[Path | None, int]:
    """Restore a backup, obey what was withheld since, and prove it sound before it takes its place.

    Returns where the former file was kept, and how many withholdings were applied.
    """
    known = _listed()
    if replace:
        try:
            with open_ledger(target) as former, former.reading() as connection:
                known += rulings_held(connection)
        except LedgerError:
            pass  # A damaged ledger is what restoring is for; the list knows the same.
    applied = 0

    def checked(ledger: Ledger) -> None:
        nonlocal applied
        with ledger.reading() as connection:
            held = {ruling.id for ruling in rulings_held(connection)}
        missing = [r for r in withholdings(known) if r.id not in held]
        if missing:
            decide(ledger, missing)
            applied = len(missing)
            sweep(ledger)
        for check in verify(ledger, derive=derive, parser_version=parser_version()):
            if check.wrong is not None:
                raise LedgerError(
                    f"the backup is not sound ({check.name}: {check.wrong}): nothing was replaced"
                )

    return bring_back(path, target, replace=replace, checked=checked), applied
