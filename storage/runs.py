"""Runs: each leaves a row when it begins and one when it ends."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, insert, select

from storage.canonical import canonical
from storage.code_version import code_version
from storage.ledger import Ledger
from storage.models import RunResult, RunRow

BACKFILL = "backfill"
"""Kind of a run that takes in an archive: nothing that it brings is news."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that began: its number in the ledger, its name for people, and what reads its texts."""

    seq: int
    id: str
    kind: str
    parser_version: str
    started_at: datetime


def start_run(ledger: Ledger, *, kind: str, parser_version: str, run_id: str | None = None) -> Run:
    """Note that a run begins. kind: run, backfill, ingest, add, reparse, review …"""
    now = ledger.clock()
    # The random tail keeps apart runs that start within one second on two machines.
    name = run_id or f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    with ledger.writing() as connection:
        seq = (connection.execute(select(func.max(RunRow.seq))).scalar() or 0) + 1
        run = Run(seq, name, kind, parser_version, now)
        connection.execute(
            insert(RunRow),
            {"seq": seq, "id": name, "kind": kind, "parser_version": parser_version, "started_at": now},
        )
    return run


def finish_run(
    ledger: Ledger,
    run: Run,
    *,
    status: Literal["completed", "failed"],
    counts: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Note how a run ended, and which version of the program did it; one that was cut off has no such row."""
    with ledger.writing() as connection:
        connection.execute(
            insert(RunResult),
            {
                "run_seq": run.seq,
                "status": status,
                "finished_at": ledger.clock(),
                "counts": canonical(dict(counts or {})),
                "note": f"{code_version()}; {note}" if note else code_version(),
            },
        )
