"""How fast texts are read: `python -m benchmarks.reading [--check] [--scan FILE] [FOLDER ...]`.

Prints, measured in one run: a bare scan of the texts for numbers with a unit and reading them, both on one
core, their ratio, MB/s and peak memory; how time grows with the length of one text (the exponent: 1 is
linear); what two processes gain where `duixian run` uses them. Without a folder: the examples, repeated.

--scan: a Python file whose QUANTITY is the pattern to scan with. --check: exit status 1 where a ratio is
beyond its mark; seconds depend on the machine and are never judged.
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import runpy
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import linear_regression

from flows.inputs import Input, from_paths
from flows.readers import MUCH, processes, read_texts
from parsers.read import read
from parsers.reading import Declared
from parsers.refusal import Refused

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
REPEATED = 40
SLOWEST, STEEPEST, LEAST_GAIN = 40.0, 1.05, 1.7
"""Marks: reading against the scan, growth with length, gain of two processes."""
BARE = re.compile(
    r"(?:至少|超过|突破|达到|不低于|[约近超过])?(?:\d[\d,]*(?:\.\d+)?|[两一二三四五六七八九十百千]+)[余多]?"
    r"(?:[百千万]?亿|[百千万])?[余多]?"
    r"(?:个百分点|平方公里|平方米|公里|公顷|人次|[%％元亩吨个家件项处户人套所名栋条类座辆张场次台支片米天年])"
    r"(?:以上|以内|以下|左右)?"
)
"""The floor: what no reader can do without, one search for numbers with a unit."""
LENGTHS = (100_000, 1_000_000, 10_000_000)
"""Sizes of one long text, in bytes."""

Text = tuple[bytes, str, Declared]


def load(inputs: Sequence[Input]) -> list[Text]:
    """The texts with what is declared of them; those without a readable side file are left out."""
    found = []
    for text in inputs:
        try:
            found.append((text.content(), text.path.name, text.declared()))
        except Refused:
            continue
    return found


def read_all(texts: Sequence[Text]) -> int:
    """Read texts one after the other; how many statements they hold."""
    statements = 0
    for content, name, declared in texts:
        try:
            statements += len(read(content, name, declared, placed=False).statements)
        except Refused:
            continue
    return statements


def scan_all(texts: Sequence[str], pattern: re.Pattern[str]) -> int:
    """How many numbers with a unit a bare search finds."""
    return sum(1 for text in texts for _ in pattern.finditer(text))


def seconds(
    work: Callable[[], object], best_of: int = 1, clock: Callable[[], float] = time.process_time
) -> float:
    """The best time that a piece of work took: on its core, or by another clock."""
    times = []
    for _ in range(best_of):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def slope(text: bytes, sizes: Sequence[int]) -> float:
    """The exponent by which time grows with length, fitted over texts made of the same one repeated."""
    points: list[tuple[float, float]] = []
    for size in sizes:
        content = text * max(1, round(size / len(text)))
        long = [(content, "long.txt", Declared())]
        taken = seconds(lambda long=long: read_all(long), best_of=3 if size < sizes[-1] else 1)  # type: ignore[misc]
        points.append((math.log(len(content)), math.log(taken)))
    return linear_regression(*zip(*points, strict=True)).slope


def gain(inputs: Sequence[Input]) -> float:
    """How many times as fast two processes are, started and all, by the clock on the wall."""
    one = seconds(lambda: read_texts(inputs, None), clock=time.perf_counter)

    def shared_out() -> None:
        with processes(inputs) as pool:
            read_texts(inputs, pool)

    return one / seconds(shared_out, clock=time.perf_counter)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="benchmarks.reading", description="How fast texts are read.")
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--scan", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    pattern: re.Pattern[str] = runpy.run_path(str(asked.scan))["QUANTITY"] if asked.scan else BARE
    inputs = from_paths(asked.paths or [EXAMPLES], Declared()) * (1 if asked.paths else REPEATED)
    texts = load(inputs)
    size = sum(len(content) for content, _, _ in texts) / 1e6
    read_all(texts[:5])  # compile patterns, load word lists
    memory_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain = [content.decode("utf-8", "replace") for content, _, _ in texts]
    scan = seconds(lambda: scan_all(plain, pattern), best_of=3)
    plain.clear()
    start = time.process_time()
    statements = read_all(texts)
    taken = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = taken / scan
    print(f"{len(texts)} texts, {size:.1f} MB, {statements} statements")
    print(f"bare scan        {scan:8.3f} s  {size / scan:8.1f} MB/s")
    print(f"reading          {taken:8.3f} s  {size / taken:8.1f} MB/s  {ratio:.1f} times the scan")
    print(f"peak memory      {memory:8.0f} MB, {memory_before:.0f} MB before reading")
    longest = max((c for c, name, _ in texts if name.endswith((".txt", ".md"))), key=len, default=b"")
    growth = slope(longest, LENGTHS) if longest else 1.0
    print(
        f"growth           time goes with length to the power of {growth:.2f}, "
        f"up to {LENGTHS[-1] / 1e6:.0f} MB"
    )
    times = gain(inputs) if sum(text.size() for text in inputs) >= MUCH else None
    print(
        f"two processes    {f'{times:.2f} times as fast' if times else f'not used below {MUCH / 1e6:.0f} MB'}"
    )
    missed = ratio > SLOWEST or growth > STEEPEST or (times is not None and times < LEAST_GAIN)
    return 1 if asked.check and missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
