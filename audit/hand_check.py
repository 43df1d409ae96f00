"""How often the panel errs: sentences drawn by lot, read by a person who sees no answer of the ledger."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from audit.hand_sheet import plain
from audit.targets import NoTarget
from storage.exports.panel import Cell, panel
from storage.exports.rows import Source, source
from storage.ledger import Ledger
from storage.models import Commit
from tracking.rates import wilson

MEASURES = ("role", "year", "amount", "linked", "unlinked")
NAME = "hand-checks.jsonl"
_ID = 16
"""Hex digits of a statement's key in a sheet."""


def draw(ledger: Ledger, number: int, seed: int = 1, district: str | None = None) -> list[dict[str, str]]:
    """Rows of the sheet: sentences of the panel drawn by lot, each beside another one of the same place.

    Every second one has a sentence of its own commitment beside it, if there is one; the rest one of another.
    """
    with source(ledger, district=district) as held:
        cells = _by_statement(held)
        keys = sorted(cells, key=lambda key: _lot(seed, key))
        pairs = [(key, _other(cells, keys, key, at, seed)) for at, key in enumerate(keys[:number])]
        wanted = {key for pair in pairs for key in pair if key}
        said = held.statements_by_key(
            [{"key": key, "sha256": cells[key][0]["source_sha256"]} for key in sorted(wanted)]
        )
    rows = []
    for key, other in pairs:
        one = {"id": key[:_ID], "place": cells[key][0]["place"], **_shown(said[key], "quote", "")}
        if other is not None:
            one |= {"id": f"{key[:_ID]} {other[:_ID]}", **_shown(said[other], "other", "other_")}
        rows.append(one)
    return rows


def _lot(seed: int, *keys: str) -> str:
    return sha256(" ".join((str(seed), *keys)).encode()).hexdigest()


def _by_statement(held: Source) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in panel(held) if held.at is not None else ():
        if cell.get("statement") and cell["status"] in ("set", "reported"):
            found[cell["statement"]].append(cell)
    return dict(found)


def _threads(cells: Sequence[Cell]) -> set[str]:
    return {cell["commitment"] for cell in cells}


def _other(cells: Mapping[str, list[Cell]], keys: Sequence[str], key: str, at: int, seed: int) -> str | None:
    mine, place = _threads(cells[key]), cells[key][0]["place"]
    near = [other for other in keys if other != key and cells[other][0]["place"] == place]
    linked = [other for other in near if mine & _threads(cells[other])]
    apart = [other for other in near if not mine & _threads(cells[other])]
    choice = (linked or apart) if at % 2 == 0 else (apart or linked)
    return min(choice, key=lambda other: _lot(seed, key, other), default=None)


def _shown(s: Mapping[str, Any], words: str, side: str) -> dict[str, str]:
    source = s["document_title"] or s["document"]
    return {words: s["text"], f"{side}source": source, f"{side}date": s["published_on"] or ""}


def score(ledger: Ledger, answers: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What share of the answers differ from the panel, each with a 95 % interval.

    `linked`: pairs that the ledger links and a person does not; `unlinked`: the other way round. gone: rows
    whose sentence is not in the panel any more.
    """
    counts = {name: [0, 0] for name in MEASURES}
    gone = 0
    with source(ledger) as held:
        cells = {key[:_ID]: rows for key, rows in _by_statement(held).items()}
        readers = sorted({d["parser_version"] for d in held.documents()})
    if answers and not any(row.get("id", "").split(" ")[0] in cells for row in answers):
        raise NoTarget("none of these sentences is in this ledger: name the one that was sampled with --db")
    for row in answers:
        key, _, other = row.get("id", "").partition(" ")
        if key not in cells or (other and other not in cells):
            gone += 1
            continue
        for name in ("role", "year", "amount"):
            if name in row:
                right = any(row[name] == _read(cell, name) for cell in cells[key])
                counts[name][0] += not right
                counts[name][1] += 1
        if other and "same" in row:
            linked = bool(_threads(cells[key]) & _threads(cells[other]))
            name = "linked" if linked else "unlinked"
            counts[name][0] += linked != (row["same"] == "yes")
            counts[name][1] += 1
    rates = {name: _rate(wrong, asked) for name, (wrong, asked) in counts.items()}
    return {"rows": len(answers), "gone": gone, "parser_version": readers, "error_rates": rates}


def _read(cell: Cell, name: str) -> str:
    if name != "amount":
        return str(cell[name])
    told = cell.get("value_text")
    return "..".join(plain(part) for part in told.split("..")) if told else "none"


def _rate(wrong: int, asked: int) -> dict[str, Any]:
    if not asked:
        return {"asked": 0, "wrong": 0, "rate": None, "low": None, "high": None}
    low, high = wilson(wrong, asked)
    told = {"rate": wrong / asked, "low": low, "high": high}
    return {"asked": asked, "wrong": wrong, **{name: round(value, 4) for name, value in told.items()}}


def keep(ledger: Ledger, folder: Path, scored: Mapping[str, Any]) -> None:
    """Keep what was measured, for the description of later exports of this ledger."""
    line = json.dumps({"ledger": _name(ledger), **scored}, ensure_ascii=False, sort_keys=True)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(line + "\n")


def measured(ledger: Ledger, folder: Path) -> dict[str, Any] | None:
    """What was measured last of this ledger; None if nothing was."""
    path, name = folder / NAME, _name(ledger)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = [told for line in lines if (told := json.loads(line)).pop("ledger") == name]
    return found[-1] if found else None


def _name(ledger: Ledger) -> str | None:
    """The hash of its first commit: what a ledger keeps for life."""
    with ledger.reading() as connection:
        return connection.execute(select(Commit.hash).order_by(Commit.seq).limit(1)).scalar()
