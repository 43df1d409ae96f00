"""What a command costs with every process that it starts: time, processor time and memory.

The system's own accounts leave out processes whose parent does not wait for them, as reading processes are;
so they are looked at while they live. Only Linux shows them (`/proc`); elsewhere only the clock is told.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.1
"""Seconds between two looks; what a process does after the last look at it is missed."""
MEMORY_EVERY = 5
"""Looks from one look at memory to the next, which the system has to count up page by page."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall and of processors; memory at most, in MiB: of each process as if it were alone, and
    with what they share counted once. None where the system does not tell."""

    wall: float
    processors: float | None
    resident: float | None
    shared_once: float | None
    said: str

    def __str__(self) -> str:
        """In one line."""
        if self.processors is None:
            return f"{self.wall:.1f} s"
        busy = self.processors / self.wall
        memory = f"{self.shared_once:.0f} MiB at most ({self.resident:.0f} with what is shared counted twice)"
        return f"{self.wall:.1f} s, {self.processors:.1f} s of processors ({busy:.2f} at a time), {memory}"


def cost(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    began = time.perf_counter()
    env = {**os.environ, **(environment or {})}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    looking = _Looking(process.pid)
    if PROC.is_dir():
        looking.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - began
    looking.over.set()
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    if not looking.is_alive() and not looking.seconds:
        return Cost(wall, None, None, None, said)
    looking.join()
    return Cost(wall, sum(looking.seconds.values()), looking.resident, looking.shared_once, said)


class _Looking(threading.Thread):
    """Looks at a process and all below it again and again."""

    def __init__(self, first: int) -> None:
        super().__init__(daemon=True)
        self.first = first
        self.over = threading.Event()
        self.seconds: dict[int, float] = {}
        self.resident = self.shared_once = 0.0

    def run(self) -> None:
        turn = 0
        while not self.over.wait(EVERY):
            pids = below(self.first)
            for pid in pids:
                self.seconds[pid] = max(processor_seconds(pid), self.seconds.get(pid, 0.0))
            if turn % MEMORY_EVERY == 0:
                used = [memory(pid) for pid in pids]
                self.resident = max(self.resident, sum(own for own, _ in used))
                self.shared_once = max(self.shared_once, sum(part for _, part in used))
            turn += 1


def below(first: int) -> list[int]:
    """A process and all that it started, directly or not."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [first]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def processor_seconds(pid: int) -> float:
    """Of a process so far, threads included; 0 where it is gone."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def memory(pid: int) -> tuple[float, float]:
    """MiB that a process holds: as if it were alone, and its part where it shares."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0, 0.0
    held = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines if len(line.split()) == 3}
    return held.get("Rss:", 0.0), held.get("Pss:", 0.0)


def _stat(pid: int) -> list[str]:
    """State, parent and further fields of a process; none where it is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
