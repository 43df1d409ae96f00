"""Datasette opens the exported SQLite with its metadata and shows the log with old and new words."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from storage.exports.bundle import export
from storage.ledger import open_ledger
from storage.runs import start_run
from storage.write import record


def test_datasette_shows_the_log_with_its_meanings(world, tmp_path: Path) -> None:
    from datasette.app import Datasette

    with open_ledger(tmp_path / "ledger.db", mode="demo", create=True) as ledger:
        run = start_run(ledger, kind="run", parser_version="p1")
        told = [world.arrival(f"{y}.txt", world.text(f"道路 {y}"), year=str(y)) for y in (2019, 2020)]
        record(ledger, run, told, world.derive)
        done = export(
            ledger, tmp_path / "out", formats=["sqlite"], audience="operator", lang="zh", tell=told_as
        )
    file = next(done.folder.glob("*.sqlite"))
    metadata = json.loads((done.folder / "datasette-metadata.json").read_text(encoding="utf-8"))

    async def asked() -> tuple[str, dict]:
        shown = Datasette([str(file)], metadata=metadata)
        await shown.invoke_startup()
        front = await shown.client.get("/duixian/changes")
        log = await shown.client.get("/duixian/change_log.json?_shape=objects")
        return front.text, log.json()

    front, log = asyncio.run(asked())
    assert "Demo: all texts" in front or "invented" in front
    assert {row["change"] for row in log["rows"]} == {"new", "changed"}
    [changed] = [row for row in log["rows"] if row["change"] == "changed"]
    assert {"道路 2019", "道路 2020"} <= {str(value) for value in changed.values()}


def told_as(fields: object, lang: str, **_: object) -> list[str]:
    return []
