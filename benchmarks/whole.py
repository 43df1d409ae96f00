"""The main job end to end: `python -m benchmarks.whole [PATH ...] [--stages]` (else the examples).

Prints, side by side: a bare scan of the texts, reading them, and `duixian run --direct` into a new ledger, as
seconds on the wall and of the processors of all processes; memory at most; the same run again, which has to
change nothing; what takes the room in the ledger, and how long SQLite takes to write the same rows once more
by itself (the floor for storing). --stages: where the run's time goes, step by step.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import Cost, cost
from benchmarks.reading import BARE, EXAMPLES
from flows.inputs import Input, from_paths
from flows.readers import processes, read_texts
from parsers.reading import Declared

LARGEST = 8
"""Tables and indexes of which the size is told."""


def read_only(texts: Sequence[Input]) -> None:
    """Read the texts as a run does, and throw the readings away."""
    with processes(texts) as pool:
        for start in range(0, len(texts), 50):
            read_texts(texts[start : start + 50], pool)


def run(paths: Sequence[Path], ledger: Path, *, stages: bool = False) -> Cost:
    """The command as a person types it, with a data folder of its own."""
    module = "benchmarks.stages" if stages else "flows.cli.app"
    command = [
        sys.executable,
        "-m",
        module,
        "run",
        "--direct",
        "--json",
        "--db",
        str(ledger),
        *map(str, paths),
    ]
    return cost(command, {"DUIXIAN_VAR": str(ledger.parent / "var")})


def times(one: Cost, other: float | None, what: str) -> str:
    """The ratio of processor times, in words."""
    return f"; {one.processors / other:.2f} times {what}" if one.processors and other else ""


def sizes(ledger: Path) -> list[tuple[str, int]]:
    """Bytes by table and index, the largest first; nothing where this SQLite cannot tell."""
    connection = sqlite3.connect(ledger)
    try:
        query = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"
        return [(str(name), int(size)) for name, size in connection.execute(query)]
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def written_once_more(ledger: Path) -> float:
    """Processor seconds that SQLite takes to write every row and index of a ledger into a new file."""
    connection = sqlite3.connect(ledger)
    began = time.process_time()
    connection.execute("VACUUM INTO ?", (str(ledger.with_suffix(".copy")),))
    connection.close()
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit status 1 where the second run changed something."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whole")
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--stages", action="store_true")
    asked = parser.parse_args(arguments)
    paths = asked.paths or [EXAMPLES]
    texts = from_paths(paths, Declared())
    size = sum(text.size() for text in texts)
    with tempfile.TemporaryDirectory(prefix="duixian-bench-") as name:
        ledger = Path(name) / "all.sqlite"
        began = time.process_time()
        for text in texts:
            BARE.findall(text.path.read_bytes().decode("utf-8", "replace"))
        scan = time.process_time() - began
        here = "from benchmarks.whole import *; read_only(from_paths(map(Path, sys.argv[1:]), Declared()))"
        reading = cost([sys.executable, "-c", here, *map(str, paths)])
        first = run(paths, ledger, stages=asked.stages)
        second = run(paths, ledger, stages=asked.stages)
        print(f"{len(texts)} texts, {size / 1e6:.2f} MB; load {os.getloadavg()[0]:.1f}")
        print(f"bare scan        {scan:.2f} s of one core")
        print(f"reading          {reading}{times(reading, scan, 'the scan')}")
        print(f"whole run        {first}{times(first, reading.processors, 'reading')}")
        print(f"the same again   {second}{times(second, first.processors, 'the run')}")
        held = ledger.stat().st_size
        largest = ", ".join(f"{what} {some / 1e6:.1f}" for what, some in sizes(ledger)[:LARGEST])
        print(f"ledger           {held / 1e6:.1f} MB, {held / size:.1f} times the texts: {largest}")
        print(
            f"its rows alone   {written_once_more(ledger):.2f} s of one core for SQLite to write them again"
        )
    told = [json.loads(one.said.splitlines()[-1]) for one in (first, second)]
    again = {"recorded", "withdrawn"}
    same = not any(told[1][name] for name in again) and all(
        told[0][name] == told[1][name] for name in ("documents", "statements", "commitments", "changes")
    )
    print("the second run changed nothing" if same else "THE SECOND RUN CHANGED SOMETHING")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
