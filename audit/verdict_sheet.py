"""Verdicts that people wrote into the office ledger (台账), read back as reviews of entries.

Every id in the file is looked at before anything is believed: one that this ledger never gave means that
rows were mixed up, and then nothing in the file can be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from audit.filled_in import filled_in
from audit.targets import NoTarget
from storage.exports.cells import unguard
from storage.exports.office import FIRST_ROW, HEADER_ROW, LEDGER, LOG, SHEETS, Column, key_of, verdict_of
from storage.ledger import Ledger
from storage.models import Base, ChangeRow, CommitmentRow
from storage.queries.facts import standing
from storage.selecting import horizon
from storage.statement_rows import spans_of
from tracking.model import ACCUSATIONS
from tracking.rulings import Cited


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of an entry. body and evidence: those of the review that it becomes."""

    entry: str
    evidence: tuple[Cited, ...]
    body: dict[str, Any]
    remark: str


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    id: str
    verdict: str | None
    remark: str


def verdicts(ledger: Ledger, path: Path) -> list[Verdict]:
    """The verdicts of a file that are new here; NoTarget for a file that cannot be trusted."""
    sheets = _read(path)
    with ledger.reading() as connection:
        for name, model in (("log", ChangeRow), ("ledger", CommitmentRow)):
            _check(sheets.get(name, []), set(connection.execute(select(_column(model)).distinct()).scalars()))
        rows = connection.execute(standing(ChangeRow, horizon(connection, None))).all()
    entries = {row.id: row for row in rows}
    told: dict[str, _Row] = {}
    accusing: dict[str, list[str]] = {}
    for row in rows:
        if row.change in ACCUSATIONS:
            accusing.setdefault(row.commitment, []).append(row.id)
    for line in sheets.get("ledger", []):
        for name in accusing.get(line.id, ()) if line.verdict else ():
            told[name] = line
    # What is said of one entry goes before what is said of its commitment as a whole.
    told |= {line.id: line for line in sheets.get("log", []) if line.verdict}
    found = []
    for name in sorted(told.keys() & entries.keys()):
        row, body = entries[name], json.loads(entries[name].body)
        if body.get("reviewed") and told[name].verdict == "confirmed":
            continue
        facts = {"change": row.change, "edition_from": row.edition_from, "edition_to": row.edition_to}
        cited = sorted({(e["sha256"], spans_of(e["spans"])) for e in body["evidence"]})
        evidence = tuple(Cited(*one) for one in cited)
        found.append(Verdict(name, evidence, {**facts, "verdict": told[name].verdict}, told[name].remark))
    return found


def _column(model: type[Base]) -> Any:
    return model.__table__.c.id


def _check(lines: list[_Row], known: set[str]) -> None:
    seen: dict[str, _Row] = {}
    for line in lines:
        if line.id not in known:
            named = f"the id {line.id}, which this ledger never gave" if line.id else "no id"
            raise NoTarget(f"{line.where} has {named}: nothing was taken from the file; export it anew")
        other = seen.setdefault(line.id, line)
        if other.verdict != line.verdict:
            raise NoTarget(f"{other.where} and {line.where} have one id and two verdicts: keep one of them")


def _read(path: Path) -> dict[str, list[_Row]]:
    """Rows of the sheets that can hold verdicts, by the name of the sheet."""
    found = {}
    with filled_in(path) as book:
        for name, columns in (("ledger", LEDGER), ("log", LOG)):
            title = next((t for t in SHEETS[name].values() if t in book.sheetnames), None)
            if title is not None:
                found[name] = list(_rows(book[title], title, columns))
    if not found:
        names = " or ".join(SHEETS["ledger"].values())
        raise NoTarget(f"{path} has no sheet {names}: it is no ledger that `duixian export` wrote")
    return found


def _rows(sheet: Any, title: str, columns: tuple[Column, ...]) -> Iterator[_Row]:
    keys: list[str | None] = []
    for number, cells in enumerate(sheet.iter_rows(min_row=HEADER_ROW, values_only=True), HEADER_ROW):
        if number == HEADER_ROW:
            keys = [key_of(cell, columns) for cell in cells]
            if "id" not in keys or "verdict" not in keys:
                raise NoTarget(f"the sheet {title} lacks its column of ids or of verdicts: export it anew")
            continue
        if number < FIRST_ROW:
            continue
        told = {
            key: unguard(str(cell).strip()) for key, cell in zip(keys, cells, strict=False) if key and cell
        }
        if not told:
            continue
        where = f"row {number} of {title}"
        try:
            verdict = verdict_of(told.get("verdict"))
        except KeyError:
            raise NoTarget(f"{where} has the verdict {told['verdict']}: write 确认 or 不成立") from None
        yield _Row(where, told.get("id", ""), verdict, told.get("remark", ""))
