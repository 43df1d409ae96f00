"""One process, two workers, a Dask cluster: `python -m benchmarks.workers FOLDER [--limit N]`.

Reads the texts of FOLDER into a new ledger in four ways, each with Prefect's server running beside, and
compares: the command without Prefect; the same as a flow (what Prefect costs); two flows at once on one
ledger, each with half of the places' folders; a backfill on a local Dask cluster. The current exports have to
be the same. Prints wall seconds, processor seconds of everything below this process, and ratios to the first.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import prefect_env, up
from flows.home import PACKAGE_ROOT
from flows.inputs import from_paths
from parsers.reading import Declared
from storage.export import export_current
from storage.ledger import open_ledger

FLOW = (
    "import json, sys; from flows.deployed.run import run_in_process as run; run(json.loads(sys.argv[1]), {})"
)
BACKFILL = "import json, sys; from flows.deployed.backfill import backfill; backfill(json.loads(sys.argv[1]))"


@dataclass(frozen=True)
class Took:
    """Seconds on the wall and of processors, and what the ledger then says (a hash of its current export)."""

    wall: float
    processors: float
    says: str


def timed(ledger: Path, commands: Sequence[Sequence[str]], **environment: str) -> Took:
    """Run commands at the same time on one ledger. Raises CalledProcessError for the first that fails."""
    used, began = _processors(), time.monotonic()
    env = {**os.environ, "DUIXIAN_DB": str(ledger), "PYTHONPATH": str(PACKAGE_ROOT), **environment}
    running = [
        subprocess.Popen(
            command, env=env, cwd=PACKAGE_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for command in commands
    ]
    for process in running:
        _, said = process.communicate()
        if process.returncode not in (0, 1):
            raise subprocess.CalledProcessError(process.returncode, process.args, stderr=said)
    wall = time.monotonic() - began
    with open_ledger(ledger) as opened, io.StringIO() as stream:
        export_current(opened, stream)
        says = hashlib.sha256(stream.getvalue().encode()).hexdigest()[:16]
    return Took(wall, _processors() - used, says)


def _processors() -> float:
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return below.ru_utime + below.ru_stime


def halves(texts: Sequence[Path]) -> list[list[str]]:
    """The texts in two, those of one folder together."""
    sizes: dict[Path, int] = {}
    for text in texts:
        sizes[text.parent] = sizes.get(text.parent, 0) + text.stat().st_size
    parts: list[list[str]] = [[], []]
    full = [0, 0]
    for folder in sorted(sizes, key=lambda one: (-sizes[one], one)):
        smaller = int(full[1] < full[0])
        full[smaller] += sizes[folder]
        parts[smaller] += [str(text) for text in texts if text.parent == folder]
    return parts


def main() -> int:
    """Print the table; exit status 1 where two ledgers say different things."""
    import json

    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="only so many texts")
    told = parser.parse_args()
    texts = [text.path for text in from_paths([told.folder], Declared())][: told.limit]
    every = [str(path) for path in texts]
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["PREFECT_HOME"] = str(folder / "prefect")
        os.environ["DUIXIAN_VAR"] = str(folder / "var")
        os.environ.pop("PREFECT_API_URL", None)
        prefect_env.prepare()
        with up.server(folder / "server.log"):
            direct = [python, "-m", "flows.cli.app", "run", "--direct", "--json", *every]
            ways = {
                "without Prefect": timed(folder / "direct.sqlite", [direct]),
                "as a flow": timed(folder / "flow.sqlite", [[python, "-c", FLOW, json.dumps(every)]]),
                "two flows at once": timed(
                    folder / "two.sqlite", [[python, "-c", FLOW, json.dumps(part)] for part in halves(texts)]
                ),
                "backfill on Dask": timed(
                    folder / "dask.sqlite",
                    [[python, "-c", BACKFILL, json.dumps(every)]],
                    DUIXIAN_DASK="local",
                ),
            }
    first = ways["without Prefect"]
    print(f"{len(texts)} texts; load {os.getloadavg()[0]:.1f}")
    for way, took in ways.items():
        ratio = f"{took.wall / first.wall:5.2f} {took.processors / first.processors:5.2f}"
        print(f"{way:<18} {took.wall:7.1f} s {took.processors:7.1f} s of processors  {ratio}  {took.says}")
    return int(len({took.says for took in ways.values()}) > 1)


if __name__ == "__main__":
    raise SystemExit(main())
