"""Nothing that is concluded or written depends on the order in which Python happens to keep sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import hashlib, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from flows.sidefile import declared_for
from parsers.read import read
from parsers.reading import Declared
from storage.export import export_current, export_full
from storage.exports.bundle import export
from storage.ledger import open_ledger
from storage.runs import start_run
from storage.write import Arrival, record
from tracking.derive import derive

folder, examples = Path(sys.argv[1]), Path(sys.argv[2])
at = datetime(2026, 1, 1, tzinfo=UTC)
with open_ledger(folder / "ledger.db", mode="demo", create=True, clock=lambda: at) as ledger:
    run = start_run(ledger, kind="run", parser_version="p1", run_id="first")
    for file in sorted(examples.glob("20[12][90]*")):
        if file.suffix in (".txt", ".md", ".html") and file.stem != "README":
            declared = declared_for(file, Declared())
            content = file.read_bytes()
            try:
                outcome = read(content, file.name, declared)
            except Exception as refused:
                outcome = refused
            record(ledger, run, [Arrival("file", file.name, content, at, outcome, declared)], derive)
    for name, write in (("current", export_current), ("full", export_full)):
        with (folder / name).open("w", encoding="utf-8") as stream:
            assert write(ledger, stream) > 100
    export(ledger, folder / "out", formats=["jsonl", "csv", "xlsx"],
           tell=lambda fields, lang: [f"{name}: {one}" for name, one in fields.items()])
(folder / "ledger.db").unlink()
for path in sorted(folder.rglob("*")):
    if path.is_file() and not path.name.startswith("ledger.db"):
        print(path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path, examples: Path) -> None:
    told = []
    for seed in ("1", "4711"):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(examples.parent)}
        command = [sys.executable, "-c", SCRIPT, str(folder), str(examples)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told.append(done.stdout.splitlines())
    assert len(told[0]) > 15
    assert told[0] == told[1]
